package io.nightjar.job;

import io.nightjar.dataset.Catalogue;
import io.nightjar.dataset.Category;
import io.nightjar.dataset.layout.DataSets;
import io.nightjar.dataset.layout.LayoutChoice;
import io.nightjar.dataset.layout.Purpose;
import io.nightjar.dataset.layout.known.KnownLayouts;
import io.nightjar.dataset.map.FoundMaps;
import io.nightjar.dataset.map.MapFolders;
import io.nightjar.dataset.map.NormalMaps;
import io.nightjar.error.InvalidInputException;
import io.nightjar.io.HadoopPaths;
import io.nightjar.io.place.InputPlaces;
import io.nightjar.job.evaluate.MapsRun;
import io.nightjar.job.evaluate.ScaleRule;
import io.nightjar.job.folder.Request;
import io.nightjar.job.folder.RunFolder;
import io.nightjar.job.options.MapOptions;
import io.nightjar.job.options.MeasureOptions;
import io.nightjar.job.options.OutputOptions;
import io.nightjar.job.options.RunLabel;
import io.nightjar.job.options.RunOptions;
import io.nightjar.job.output.WrittenRun;
import io.nightjar.job.result.RunResult;
import io.nightjar.job.run.RunContext;
import io.nightjar.text.Text;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.sql.SparkSession;

/**
 * Measures anomaly maps of another program against the masks of a data set in MVTec AD's layout,
 * and writes what {@link EvaluateDataset} writes. It needs neither weights nor images to learn
 * from. The maps are found as {@link MapFolders} finds them.
 *
 * <pre>{@code
 * RunResult result =
 *     new MeasureMaps(spark)
 *         .maps("s3a://factory/maps")
 *         .data("s3a://factory/mvtec_ad")
 *         .out("s3a://factory/runs/others")
 *         .execute();
 * }</pre>
 *
 * <p>The same files and options give bit-identical figures on any number of executors.
 */
public final class MeasureMaps extends SparkAction<MeasureMaps, RunResult> {
  private static final String INCOMPLETE =
      "Name the maps, the data set and the folder for the results.";

  /** The quantile of the scores of good images by which the maps of several methods are divided. */
  public static final double DEFAULT_SCALE_QUANTILE = 0.99;

  private static final RunLabel LABEL = RunLabel.maps();

  private List<String> maps = List.of();
  private ScaleRule rule = ScaleRule.of(DEFAULT_SCALE_QUANTILE);
  private Optional<String> data = Optional.empty();
  private LayoutChoice layout = KnownLayouts.choose(LayoutChoice.AUTO);
  private Optional<String> out = Optional.empty();
  private boolean overwrite;
  private MapOptions map = MapOptions.DEFAULT;
  private MeasureOptions measure = MeasureOptions.DEFAULT;
  private RunOptions run = RunOptions.DEFAULT;
  private OutputOptions output = OutputOptions.DEFAULT;

  /**
   * Creates a measurement with default options; nothing runs before {@link #execute}.
   *
   * @param session the Spark session that runs the jobs
   */
  public MeasureMaps(SparkSession session) {
    super(session);
  }

  /**
   * Sets the folder of the maps.
   *
   * @param root on any Hadoop file system
   * @return this action
   */
  public MeasureMaps maps(String root) {
    return maps(List.of(root));
  }

  /**
   * Sets the folders of the maps of several methods, which are averaged: the map of each method is
   * divided by the median over the good test images of the category of a high quantile of their
   * scores, and the mean of these is measured.
   *
   * @param roots at least one folder, on any Hadoop file system
   * @return this action
   */
  public MeasureMaps maps(List<String> roots) {
    this.maps = List.copyOf(roots);
    return this;
  }

  /**
   * Sets the quantile of the scores of a good image's map, at the map's own size, by which the maps
   * of several methods are divided; without effect on those of one.
   *
   * @param quantile above 0 and at most 1; {@value #DEFAULT_SCALE_QUANTILE} where it is not set
   * @return this action
   * @throws InvalidInputException if it is out of range
   */
  public MeasureMaps scaleQuantile(double quantile) {
    this.rule = rule.withQuantile(quantile);
    return this;
  }

  /**
   * Takes what the maps of several methods are divided by from maps of other normal images than the
   * good test images, such as those that were set aside when the methods learned.
   *
   * @param folder of these maps below the folder of each category, the same for all methods, such
   *     as {@code train/good}; every method must have maps of the same images in it
   * @return this action
   */
  public MeasureMaps normalMaps(String folder) {
    this.rule = rule.withFolder(folder);
    return this;
  }

  /**
   * Sets what the maps of several methods are divided by, in place of what normal images give.
   *
   * @param given one number above 0 for each folder of maps, in their order
   * @return this action
   */
  public MeasureMaps scales(List<Double> given) {
    this.rule = rule.withGiven(given);
    return this;
  }

  /**
   * Sets the folder of the data set, whose masks are compared with.
   *
   * @param root in the layout of MVTec AD, on any Hadoop file system
   * @return this action
   */
  public MeasureMaps data(String root) {
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
  public MeasureMaps layout(String id) {
    this.layout = KnownLayouts.choose(id);
    return this;
  }

  /**
   * Sets the folder for the results.
   *
   * @param folder on any Hadoop file system
   * @return this action
   */
  public MeasureMaps out(String folder) {
    this.out = Optional.of(folder);
    return this;
  }

  /**
   * Replaces the results of a run that {@code out} already holds.
   *
   * @param replace whether to replace them; otherwise a run into such a folder is refused
   * @return this action
   */
  public MeasureMaps overwrite(boolean replace) {
    this.overwrite = replace;
    return this;
  }

  /**
   * How the maps are smoothed, in pixels of an image of 224 x 224.
   *
   * @param options Gaussian sigma in those pixels; 0 for no smoothing
   * @return this action
   */
  public MeasureMaps options(MapOptions options) {
    this.map = options;
    return this;
  }

  /**
   * How the maps are compared with masks.
   *
   * @param options resolution, and exact or binned metrics
   * @return this action
   */
  public MeasureMaps options(MeasureOptions options) {
    this.measure = options;
    return this;
  }

  /**
   * How the cluster is used.
   *
   * @param options partitions, concurrent categories and accepted unreadable files
   * @return this action
   */
  public MeasureMaps options(RunOptions options) {
    this.run = options;
    return this;
  }

  /**
   * What is drawn.
   *
   * @param options number of visualizations
   * @return this action
   */
  public MeasureMaps options(OutputOptions options) {
    this.output = options;
    return this;
  }

  /**
   * How many images to draw for a category, of each kind that is drawn.
   *
   * @param images at least 0; 0 for none
   * @return this action
   * @throws InvalidInputException if it is negative
   */
  public MeasureMaps visualizations(int images) {
    return options(new OutputOptions(images));
  }

  @Override
  RunResult perform(Configuration configuration) {
    List<String> roots = requireMaps(configuration);
    rule.requireFits(roots.size());
    String place = require(out);
    InputPlaces inputs = new InputPlaces(configuration).folder("--data", data);
    roots.forEach(root -> inputs.folder("--maps", root));
    inputs.requireApart("--out", place);
    Catalogue listed =
        DataSets.list(require(data), categories(), Purpose.MAPS, layout, configuration)
            .requireTestImages(require(data));
    RunLabel label = LABEL.of(listed);
    List<Category> catalogue = listed.categories();
    FoundMaps found = MapFolders.find(roots, catalogue, configuration);
    Map<String, List<List<String>>> normal =
        rule.folder()
            .map(folder -> NormalMaps.find(roots, catalogue, folder, configuration))
            .orElse(Map.of());
    MapsRun planned =
        new MapsRun(
            session(),
            require(data),
            listed,
            roots,
            found,
            normal,
            rule,
            map,
            measure,
            output,
            label);
    List<String> files = planned.files();
    EmbeddingAction.found(inputs, catalogue).found("--maps", files);
    Request request =
        request(
            Map.of(),
            Stream.concat(EmbeddingAction.files(catalogue).stream(), files.stream()).toList());
    try (RunFolder folder = RunFolder.claim(place, overwrite, request, inputs, configuration);
        RunContext context = run().options(run).build()) {
      claimed();
      WrittenRun written = planned.into(folder, request, recorded(), context);
      return new RunResult(written.report(), written.comparison(), place);
    }
  }

  private List<String> requireMaps(Configuration configuration) {
    if (maps.isEmpty()) {
      throw new InvalidInputException(INCOMPLETE);
    }
    Set<String> named = new HashSet<>();
    for (String root : maps) {
      if (!named.add(HadoopPaths.qualified(root, configuration))) {
        throw new InvalidInputException(
            Text.format("--maps %s is given twice; name each folder of maps once.", root));
      }
    }
    return maps;
  }

  private static String require(Optional<String> place) {
    return place.orElseThrow(() -> new InvalidInputException(INCOMPLETE));
  }

  private Map<String, Object> recorded() {
    Map<String, Object> recorded = new LinkedHashMap<>(map.asMap());
    recorded.putAll(measure.asMap());
    recorded.putAll(run.asMap());
    recorded.putAll(output.asMap());
    return recorded;
  }

  @Override
  void describe(Map<String, Object> given) {
    super.describe(given);
    if (maps.size() == 1) {
      given.put("maps", maps.get(0));
    } else if (!maps.isEmpty()) {
      given.put("maps", maps);
      given.putAll(rule.asMap());
    }
    data.ifPresent(root -> given.put("data", root));
    given.put("layout", layout.id());
    out.ifPresent(folder -> given.put("out", folder));
    given.put("overwrite", overwrite);
    given.putAll(recorded());
  }

  @Override
  String outcome(RunResult result) {
    return result.summary();
  }

  @Override
  MeasureMaps self() {
    return this;
  }
}
