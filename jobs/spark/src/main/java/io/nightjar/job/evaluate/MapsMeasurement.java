package io.nightjar.job.evaluate;

import io.nightjar.dataset.Category;
import io.nightjar.dataset.Split;
import io.nightjar.dataset.map.MapRef;
import io.nightjar.job.measure.MapMeasure;
import io.nightjar.job.measure.ScoredPart;
import io.nightjar.job.measure.SecondPass;
import io.nightjar.job.options.MeasureOptions;
import io.nightjar.job.output.CategoryOutcome;
import io.nightjar.job.run.CategoryWork;
import io.nightjar.job.run.FileOutcome;
import io.nightjar.job.run.Quarantine;
import io.nightjar.job.run.RunContext;
import io.nightjar.job.run.StageClock;
import io.nightjar.job.run.StageReport;
import io.nightjar.metric.result.CategoryMetrics;
import io.nightjar.report.CategoryResult;
import java.util.List;
import java.util.Map;
import org.apache.spark.util.CollectionAccumulator;
import org.apache.spark.util.LongAccumulator;

/** Measures the maps of one category that came as files. */
public final class MapsMeasurement implements CategoryWork<CategoryOutcome> {
  private final RunContext run;
  private final Category category;
  private final List<MapRef> maps;
  private final MeasureOptions options;
  private final MapMeasure measure;
  private final List<String> notes;
  private final StageReport stages;
  private final Quarantine quarantine;
  private final StageClock clock = new StageClock();

  /**
   * Creates a measurement; nothing runs before {@link #run}.
   *
   * @param maps of the category's test images, in their order
   * @param notes shown next to the category's metrics
   */
  public MapsMeasurement(
      RunContext run,
      Category category,
      List<MapRef> maps,
      MeasureOptions options,
      MapMeasure measure,
      List<String> notes) {
    this.run = run;
    this.category = category;
    this.maps = maps;
    this.options = options;
    this.measure = measure;
    this.notes = notes;
    this.stages = new StageReport(run, category.name());
    this.quarantine =
        Quarantine.of(
            category.name(),
            maps.size(),
            category.leftOut(Split.TEST),
            run.options().maxQuarantined());
  }

  @Override
  public String category() {
    return category.name();
  }

  @Override
  public CategoryOutcome run() {
    enterMissing();
    ScoredPart scored = clock.time("count", this::count);
    quarantine.requireTestImages(scored.images());
    CategoryMetrics metrics =
        clock.time(
            "measure",
            () ->
                new SecondPass(run, options, measure, SecondPass.RANGE_PIXELS)
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
    CollectionAccumulator<FileOutcome> outcomes = run.spark().sc().collectionAccumulator();
    LongAccumulator handled = stages.counter();
    stages.begin("count maps", found.size(), handled);
    ScoredPart scored =
        ScoredPart.gather(
            run.spark()
                .parallelize(found, run.partitionsOf(found.size()))
                .mapPartitions(new MapPass(measure, run.configuration(), outcomes, handled)));
    quarantine.enter(outcomes.value());
    quarantine.check();
    return scored;
  }
}
