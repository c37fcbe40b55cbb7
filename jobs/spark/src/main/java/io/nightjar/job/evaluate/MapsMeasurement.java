package io.nightjar.job.evaluate;

import io.nightjar.dataset.Category;
import io.nightjar.dataset.map.MapRef;
import io.nightjar.job.measure.MapMeasure;
import io.nightjar.job.measure.ScoredPart;
import io.nightjar.job.measure.SecondPass;
import io.nightjar.job.options.MeasureOptions;
import io.nightjar.job.options.Progress;
import io.nightjar.job.output.CategoryOutcome;
import io.nightjar.job.run.CategoryWork;
import io.nightjar.job.run.FileOutcome;
import io.nightjar.job.run.Quarantine;
import io.nightjar.job.run.StageClock;
import io.nightjar.job.run.StageReport;
import io.nightjar.metric.result.CategoryMetrics;
import io.nightjar.report.CategoryResult;
import java.util.List;
import java.util.Map;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.util.CollectionAccumulator;
import org.apache.spark.util.LongAccumulator;
import org.apache.spark.util.SerializableConfiguration;

/** Measures the maps of one category that came as files. */
public final class MapsMeasurement implements CategoryWork<CategoryOutcome> {
  private final JavaSparkContext spark;
  private final Category category;
  private final List<MapRef> maps;
  private final Broadcast<SerializableConfiguration> configuration;
  private final MeasureOptions options;
  private final MapMeasure measure;
  private final StageReport stages;
  private final List<String> notes;
  private final Quarantine quarantine;
  private final StageClock clock = new StageClock();

  /**
   * A measurement that has not begun.
   *
   * @param maps of the category's test images, in their order
   * @param notes what the result tells beside its figures
   */
  public MapsMeasurement(
      JavaSparkContext spark,
      Category category,
      List<MapRef> maps,
      Broadcast<SerializableConfiguration> configuration,
      MeasureOptions options,
      MapMeasure measure,
      Progress progress,
      List<String> notes) {
    this.spark = spark;
    this.category = category;
    this.maps = maps;
    this.configuration = configuration;
    this.options = options;
    this.measure = measure;
    this.stages = new StageReport(spark, category.name(), progress);
    this.notes = notes;
    this.quarantine = new Quarantine(category.name(), maps.size(), options.maxQuarantined());
  }

  @Override
  public String category() {
    return category.name();
  }

  @Override
  public CategoryOutcome run() {
    enterMissing();
    ScoredPart scored = clock.time("count", this::count);
    CategoryMetrics metrics =
        clock.time(
            "measure",
            () ->
                new SecondPass(spark, configuration, options, measure, SecondPass.RANGE_PIXELS)
                    .metrics(scored, stages));
    CategoryResult result =
        new CategoryResult(
            category.name(),
            0,
            scored.images().size(),
            quarantine.files(),
            0,
            0,
            metrics,
            options.resolutionName(),
            clock.total(),
            clock.seconds(),
            notes);
    return new CategoryOutcome(result, Map.of(), List.copyOf(scored.images()), quarantine.hashes());
  }

  @Override
  public String summary(CategoryOutcome outcome) {
    return outcome.summary();
  }

  private void enterMissing() {
    quarantine.enter(
        maps.stream()
            .filter(map -> !map.isFound())
            .map(map -> new FileOutcome(map.image().relativePath(), "", map.fault()))
            .toList());
    quarantine.check();
  }

  private ScoredPart count() {
    List<MapRef> found = maps.stream().filter(MapRef::isFound).toList();
    CollectionAccumulator<FileOutcome> outcomes = spark.sc().collectionAccumulator();
    LongAccumulator handled = spark.sc().longAccumulator();
    stages.begin("count maps", found.size(), handled);
    int natural = Math.min(found.size(), 4 * spark.defaultParallelism());
    ScoredPart scored =
        ScoredPart.gather(
            spark
                .parallelize(found, Math.max(1, options.partitions().orElse(natural)))
                .mapPartitions(new MapPass(measure, configuration, outcomes, handled)));
    quarantine.enter(outcomes.value());
    quarantine.check();
    return scored;
  }
}
