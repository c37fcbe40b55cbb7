package io.nightjar.job;

import io.nightjar.dataset.Catalogue;
import io.nightjar.dataset.Category;
import io.nightjar.dataset.layout.DataSets;
import io.nightjar.dataset.layout.LayoutChoice;
import io.nightjar.dataset.layout.Purpose;
import io.nightjar.dataset.layout.known.KnownLayouts;
import io.nightjar.dataset.ledger.Inputs;
import io.nightjar.error.InvalidInputException;
import io.nightjar.job.output.ManifestFile;
import io.nightjar.job.run.RunInputs;
import io.nightjar.text.Text;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.sql.SparkSession;

/**
 * Writes the manifest of a data set: a CSV table with a row for each image, which a person can edit
 * and which is read with the layout {@code manifest} as the same categories. No image is read, but
 * for data sets whose masks alone say what is defective.
 *
 * <pre>{@code
 * new DescribeDataset(spark).data("s3a://factory/KolektorSDD").out("ksdd.csv").execute();
 * }</pre>
 */
public final class DescribeDataset extends SparkAction<DescribeDataset, DescribeDataset.Result> {
  private static final String INCOMPLETE = "Name the data set and the file for its manifest.";

  private Optional<String> data = Optional.empty();
  private Optional<String> out = Optional.empty();
  private LayoutChoice layout = KnownLayouts.choose(LayoutChoice.AUTO);
  private boolean overwrite;

  /**
   * What was written.
   *
   * @param categories of the data set, with the images that were left out
   * @param inputs what became of every entry that was found
   * @param out the manifest
   */
  public record Result(List<Category> categories, Inputs inputs, String out) {
    /**
     * Copies the categories.
     *
     * @param categories of the data set, with the images that were left out
     * @param inputs what became of every entry that was found
     * @param out the manifest
     */
    public Result {
      categories = List.copyOf(categories);
    }
  }

  /**
   * Creates a description; nothing runs before {@link #execute}.
   *
   * @param session the Spark session whose configuration names the file systems
   */
  public DescribeDataset(SparkSession session) {
    super(session);
  }

  /**
   * Sets the data set's folder.
   *
   * @param root on any Hadoop file system
   * @return this action
   */
  public DescribeDataset data(String root) {
    this.data = Optional.of(root);
    return this;
  }

  /**
   * How the data set's files are arranged; by default whichever known layout they are in.
   *
   * @param id one of {@link KnownLayouts#ids}
   * @return this action
   * @throws InvalidInputException if there is no such layout
   */
  public DescribeDataset layout(String id) {
    this.layout = KnownLayouts.choose(id);
    return this;
  }

  /**
   * Sets the file for the manifest.
   *
   * @param file on any Hadoop file system
   * @return this action
   */
  public DescribeDataset out(String file) {
    this.out = Optional.of(file);
    return this;
  }

  /**
   * Replaces a file that is there already.
   *
   * @param replace whether to replace it
   * @return this action
   */
  public DescribeDataset overwrite(boolean replace) {
    this.overwrite = replace;
    return this;
  }

  @Override
  Result perform(Configuration configuration) {
    String root = require(data);
    ManifestFile manifest = new ManifestFile(require(out), configuration);
    manifest.requireFree(overwrite);
    Catalogue found = DataSets.list(root, categories(), Purpose.DESCRIBE, layout, configuration);
    manifest.write(found);
    return new Result(found.categories(), new RunInputs().of(found), require(out));
  }

  private static String require(Optional<String> place) {
    return place.orElseThrow(() -> new InvalidInputException(INCOMPLETE));
  }

  @Override
  void describe(Map<String, Object> given) {
    super.describe(given);
    data.ifPresent(root -> given.put("data", root));
    given.put("layout", layout.id());
    out.ifPresent(file -> given.put("out", file));
    given.put("overwrite", overwrite);
  }

  @Override
  String outcome(Result result) {
    return Text.counted(result.categories().size(), "category", "categories") + " described";
  }

  @Override
  DescribeDataset self() {
    return this;
  }
}
