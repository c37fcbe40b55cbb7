package io.nightjar.cli;

import io.nightjar.cli.dataset.LayoutArguments;
import io.nightjar.cli.options.SparkOptions;
import io.nightjar.cli.outcome.ExitCodes;
import io.nightjar.dataset.Category;
import io.nightjar.dataset.ImageRef;
import io.nightjar.job.DescribeDataset;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import org.apache.spark.sql.SparkSession;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/**
 * Writes the manifest of a data set.
 *
 * <p>Input: a data set in any known layout, on any Hadoop file system. Output: a CSV file with the
 * columns {@code uri}, {@code category}, {@code split}, {@code label}, {@code mask}, {@code group}
 * and {@code name}, which a person can edit and which {@code --layout manifest} reads.
 *
 * <pre>{@code
 * nightjar convert --data KolektorSDD --out ksdd.csv
 * }</pre>
 */
@Command(
    name = "convert",
    description =
        "Writes the manifest of a data set: a table of its images, to be edited and read.",
    sortOptions = false)
final class ConvertCommand extends ActionCommand<DescribeDataset.Result> {
  @Option(
      names = "--data",
      required = true,
      paramLabel = "URI",
      description = "The data set's folder: a local path, hdfs:// or s3a://.")
  private String data;

  @Option(
      names = "--out",
      required = true,
      paramLabel = "URI",
      description = "The file for the manifest, such as manifest.csv.")
  private String out;

  @Option(names = "--overwrite", description = "Replace a file that is there already.")
  private boolean overwrite;

  @Option(
      names = "--category",
      paramLabel = "NAME",
      split = ",",
      description = "A category of the data set; may be given more than once (default: all).")
  private List<String> categories = new ArrayList<>();

  @Mixin private LayoutArguments arrangement;
  @Mixin private SparkOptions spark;

  @Override
  Function<SparkSession, DescribeDataset> action() {
    String layout = arrangement.layout();
    return session ->
        new DescribeDataset(session)
            .data(data)
            .layout(layout)
            .out(out)
            .overwrite(overwrite)
            .categories(categories);
  }

  @Override
  String application() {
    return "Nightjar convert " + data;
  }

  @Override
  SparkOptions spark() {
    return spark;
  }

  @Override
  int print(DescribeDataset.Result result) {
    PrintWriter console = out();
    console.printf(
        Locale.ROOT,
        "%n%-20s %9s %9s %9s %9s%n",
        "category",
        "training",
        "good",
        "defective",
        "left out");
    result.categories().forEach(category -> print(category, console));
    console.println();
    console.println(result.inputs().describe());
    console.println("Manifest: " + result.out());
    console.println("  to be read with --data " + result.out() + " --layout manifest");
    console.flush();
    return ExitCodes.OK;
  }

  private static void print(Category category, PrintWriter console) {
    long defective = category.test().stream().filter(ImageRef::isDefective).count();
    console.printf(
        Locale.ROOT,
        "%-20s %9d %9d %9d %9d%n",
        category.name(),
        category.train().size(),
        category.test().size() - defective,
        defective,
        category.leftOut().size());
    category
        .leftOut()
        .forEach(
            image ->
                console.printf(
                    Locale.ROOT, "  left out %s: %s%n", image.relativePath(), image.reason()));
  }
}
