package io.nightjar.job;

import io.nightjar.dataset.Category;
import io.nightjar.dataset.layout.MvtecAdLayout;
import io.nightjar.dataset.map.MapLayout;
import io.nightjar.dataset.map.MapRef;
import io.nightjar.error.InvalidInputException;
import io.nightjar.job.evaluate.CategoryNotes;
import io.nightjar.job.evaluate.MapsMeasurement;
import io.nightjar.job.measure.MapMeasure;
import io.nightjar.job.options.MeasureOptions;
import io.nightjar.job.options.Progress;
import io.nightjar.job.options.RunLabel;
import io.nightjar.job.output.CategoryOutcome;
import io.nightjar.job.output.EvaluationReports;
import io.nightjar.job.output.RunWriter;
import io.nightjar.job.result.RunResult;
import io.nightjar.job.run.ConcurrentCategories;
import io.nightjar.job.run.RunDirectory;
import io.nightjar.job.run.RunManifest;
import io.nightjar.report.EvaluationReport;
import io.nightjar.report.published.Comparison;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.util.SerializableConfiguration;

/**
 * Measures anomaly maps that another program made against the masks of a data set in MVTec AD's
 * layout, and writes what {@link EvaluateDataset} writes. It needs neither weights nor images to
 * learn from.
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
public final class MeasureMaps implements DatasetAction<RunResult> {
  /** The input that the smoothing is told in pixels of: that of the method as published. */
  private static final int IMAGE_SIZE = 224;

  private final SparkSession session;
  private final JavaSparkContext spark;
  private final ConcurrentCategories categories;
  private String maps;
  private String data;
  private List<String> only = List.of();
  private String out;
  private boolean overwrite;
  private MeasureOptions options = MeasureOptions.builder().build();
  private Progress progress = Progress.SILENT;

  public MeasureMaps(SparkSession session) {
    this.session = Objects.requireNonNull(session, "session");
    this.spark = JavaSparkContext.fromSparkContext(session.sparkContext());
    this.categories = new ConcurrentCategories(spark);
  }

  /** The folder of the maps, on any Hadoop file system; its layout is {@link MapLayout}'s. */
  public MeasureMaps maps(String root) {
    this.maps = root;
    return this;
  }

  /** The data set's folder, on any Hadoop file system. */
  public MeasureMaps data(String root) {
    this.data = root;
    return this;
  }

  /** The categories to measure; all where none is named. */
  public MeasureMaps categories(List<String> names) {
    this.only = List.copyOf(names);
    return this;
  }

  /** The folder for the results, on any Hadoop file system. */
  public MeasureMaps out(String folder) {
    this.out = folder;
    return this;
  }

  /** Replaces the results of a run that {@code out} already holds. */
  public MeasureMaps overwrite(boolean replace) {
    this.overwrite = replace;
    return this;
  }

  /** How to measure; a smoothing is told in pixels of a picture of 224 x 224. */
  public MeasureMaps options(MeasureOptions measureOptions) {
    this.options = measureOptions;
    return this;
  }

  @Override
  public MeasureMaps progress(Progress listener) {
    this.progress = listener;
    return this;
  }

  @Override
  public RunResult execute() {
    if (maps == null || data == null || out == null) {
      throw new InvalidInputException(
          "Name the maps, the data set and the folder for the results.");
    }
    Configuration configuration = session.sessionState().newHadoopConf();
    List<Category> catalogue = MvtecAdLayout.listForTest(data, only, configuration);
    Map<String, List<MapRef>> found = MapLayout.list(maps, catalogue, configuration);
    RunDirectory.prepare(out, overwrite, configuration);

    RunLabel label = RunLabel.maps();
    RunManifest manifest =
        new RunManifest(
            session, data, Map.of("maps", Map.of("root", maps)), options.asMap(), label);
    MapMeasure measure = MapMeasure.of(options, IMAGE_SIZE);
    ConcurrentCategories.Outcomes<CategoryOutcome> outcomes =
        measure(catalogue, found, measure, label, configuration);
    EvaluationReport report =
        new EvaluationReports(manifest).report(outcomes.evaluated(), outcomes.failed());
    Comparison comparison = label.comparison();
    new RunWriter(session, out, options.pictures(), measure)
        .write(report, comparison, outcomes.evaluated());
    return new RunResult(report, comparison, out);
  }

  @Override
  public void cancel() {
    categories.cancel();
  }

  private ConcurrentCategories.Outcomes<CategoryOutcome> measure(
      List<Category> catalogue,
      Map<String, List<MapRef>> found,
      MapMeasure measure,
      RunLabel label,
      Configuration configuration) {
    Broadcast<SerializableConfiguration> shared =
        spark.broadcast(new SerializableConfiguration(configuration));
    try {
      List<MapsMeasurement> work =
          catalogue.stream()
              .map(
                  category ->
                      new MapsMeasurement(
                          spark,
                          category,
                          found.get(category.name()),
                          shared,
                          options,
                          measure,
                          progress,
                          CategoryNotes.of(category, label)))
              .toList();
      return categories.run(work, options.concurrentCategories(), progress);
    } finally {
      shared.destroy();
    }
  }
}
