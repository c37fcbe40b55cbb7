package io.nightjar.job.evaluate;

import io.nightjar.dataset.Category;
import io.nightjar.dataset.ImageRef;
import io.nightjar.dataset.Inspection;
import io.nightjar.dataset.MaskSummary;
import io.nightjar.dataset.Split;
import io.nightjar.dataset.map.MapRef;
import io.nightjar.dataset.map.ScoreRounding;
import io.nightjar.job.measure.ChangedMapsException;
import io.nightjar.job.measure.MapMeasure;
import io.nightjar.job.measure.Measurement;
import io.nightjar.job.measure.ScoredPart;
import io.nightjar.job.measure.SecondPass;
import io.nightjar.job.options.MeasureOptions;
import io.nightjar.job.options.StageWork.Counted;
import io.nightjar.job.output.CategoryOutcome;
import io.nightjar.job.output.Reuse;
import io.nightjar.job.run.CategoryWork;
import io.nightjar.job.run.FileOutcome;
import io.nightjar.job.run.Quarantine;
import io.nightjar.job.run.RunContext;
import io.nightjar.job.run.StageClock;
import io.nightjar.job.run.StageReport;
import io.nightjar.metric.result.CategoryMetrics;
import io.nightjar.report.CategoryResult;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.util.CollectionAccumulator;
import org.apache.spark.util.LongAccumulator;
import org.apache.spark.util.SerializableConfiguration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Measures the maps of one category that came as files. */
public final class MapsMeasurement implements CategoryWork<CategoryOutcome> {
  private static final Logger LOG = LoggerFactory.getLogger(MapsMeasurement.class);

  private final RunContext run;
  private final Category category;
  private final List<MapRef> maps;
  private final MeasureOptions options;
  private final MapMeasure asked;
  private final MapScales scaling;
  private final List<String> notes;
  private final StageReport stages;
  private final Quarantine quarantine;
  private final StageClock clock = new StageClock();
  private final Map<String, Object> foundScales;
  private double[] scales = {};

  /**
   * Creates a measurement; nothing runs before {@link #run}.
   *
   * @param maps of the category's test images, in their order
   * @param roots folders of the maps, one for each method; the maps of several are averaged
   * @param rule what the maps of several methods are divided by
   * @param normal the maps of each normal image, one of each method, where the rule asks for them
   * @param scales receives what the maps of several methods were divided by, under the category's
   *     name
   * @param notes shown next to the category's metrics
   */
  public MapsMeasurement(
      RunContext run,
      Category category,
      List<MapRef> maps,
      MeasureOptions options,
      MapMeasure measure,
      List<String> roots,
      ScaleRule rule,
      List<List<String>> normal,
      Map<String, Object> scales,
      List<String> notes) {
    this.run = run;
    this.category = category;
    this.maps = GroupLimit.applied(maps);
    this.options = options;
    this.asked = measure;
    this.scaling = new MapScales(roots, rule, normal);
    this.foundScales = scales;
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
  public int images() {
    return Math.max(1, category.test().size());
  }

  @Override
  public CategoryOutcome run() {
    enterMissing();
    MaskRule rule = MaskRule.of(options.maskValues(), category.saturation());
    MaskSummary masks =
        rule.asksMasks() ? clock.time("masks", () -> masks(found())) : MaskSummary.NONE;
    MapMeasure measure =
        asked.withMaskValues(rule.resolve(masks)).withSaturation(category.saturation());
    if (category.saturation().isKnown()) {
      quarantine.enter(List.of(FileOutcome.of(category.saturation())));
    }
    Optional<String> averaged =
        scaling.isNeeded() ? Optional.of(clock.time("scale", this::scale)) : Optional.empty();
    CountedMaps counted;
    Optional<Measurement> measured;
    do {
      counted = count(measure);
      quarantine.requireTestImages(counted.scored().images());
      measured = metrics(counted.scored(), measure);
    } while (measured.isEmpty());
    ScoredPart scored = counted.scored();
    ScoreRounding left = scored.rounding().total();
    CategoryMetrics metrics = measured.get().metrics();
    if (left.isLossy()) {
      metrics = metrics.withoutExact();
    }
    List<String> all = new ArrayList<>(notes);
    averaged.ifPresent(all::add);
    all.addAll(rule.notes(masks));
    all.addAll(CategoryNotes.ofRounding(counted.rounding(), counted.origin(), left));
    stages.storageNote().ifPresent(all::add);
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
            all);
    return CategoryOutcome.of(result, Map.of(), scored, measured.get(), quarantine, Reuse.NONE);
  }

  @Override
  public String summary(CategoryOutcome outcome) {
    return outcome.summary();
  }

  /** Finds what the maps of each method are divided by; says so in a sentence. */
  private String scale() {
    MapScales.OfCategory of = scaling.of(found(), run, stages);
    scales = of.values();
    foundScales.put(category.name(), scaling.describe(of));
    return scaling.note(of);
  }

  private void enterMissing() {
    quarantine.enter(
        maps.stream()
            .filter(map -> !map.isFound())
            .map(map -> new FileOutcome(map.image().relativePath(), "", map.fault()))
            .toList());
    run.progress().leftOut(category.name(), quarantine.files().size());
    quarantine.check();
  }

  /** What the masks hold together. */
  private MaskSummary masks(List<MapRef> found) {
    List<ImageRef> masked =
        found.stream()
            .map(MapRef::image)
            .filter(image -> image.isDefective() && image.hasMask())
            .toList();
    if (masked.isEmpty()) {
      return MaskSummary.NONE;
    }
    LongAccumulator handled = stages.counter();
    stages.begin("look at masks", Counted.MASKS, masked.size(), handled);
    Broadcast<SerializableConfiguration> shared = run.configuration();
    return run.spark()
        .parallelize(masked, run.partitionsOf(masked.size()))
        .map(
            image -> {
              SecondPass.endIfCancelled();
              handled.add(1);
              return Inspection.mask(image, shared.value().value());
            })
        .reduce(MaskSummary::plus);
  }

  /** The figures; empty where maps changed since they were counted, which are then left out. */
  private Optional<Measurement> metrics(ScoredPart scored, MapMeasure measure) {
    try {
      return Optional.of(
          clock.time(
              "measure",
              () ->
                  new SecondPass(run, options, measure, SecondPass.RANGE_PIXELS)
                      .measure(scored, stages)));
    } catch (ChangedMapsException e) {
      LOG.warn("{}: counted again without maps that changed", category.name(), e);
      quarantine.enter(e.images());
      run.progress().leftOut(category.name(), quarantine.files().size());
      quarantine.check();
      return Optional.empty();
    }
  }

  /**
   * Maps as they were counted.
   *
   * @param rounding of their scores where they are counted from 0
   * @param origin from which they are counted
   */
  private record CountedMaps(ScoredPart scored, ScoreRounding rounding, double origin) {}

  private CountedMaps count(MapMeasure measure) {
    ScoredPart fromZero = clock.time("count", () -> count(measure, 0));
    ScoreRounding rounding = fromZero.rounding().total();
    double origin =
        rounding.isCoarse()
            ? clock.time("origin", () -> ScoreOrigin.of(found(), rounding, run))
            : 0;
    ScoredPart scored = origin == 0 ? fromZero : clock.time("count", () -> count(measure, origin));
    return new CountedMaps(scored, rounding, origin);
  }

  private ScoredPart count(MapMeasure measure, double origin) {
    while (true) {
      CollectionAccumulator<FileOutcome> outcomes = run.spark().sc().collectionAccumulator();
      ScoredPart scored = count(measure, origin, outcomes);
      boolean isChanged = quarantine.enter(outcomes.value());
      run.progress().leftOut(category.name(), quarantine.files().size());
      quarantine.check();
      if (!isChanged) {
        return scored;
      }
    }
  }

  private ScoredPart count(
      MapMeasure measure, double origin, CollectionAccumulator<FileOutcome> outcomes) {
    List<MapRef> found = found();
    LongAccumulator handled = stages.counter();
    stages.begin("count maps", Counted.MAPS, found.size(), handled);
    return ScoredPart.gather(
        run.spark()
            .parallelize(found, run.partitionsOf(found.size()))
            .mapPartitions(
                new MapPass(
                    measure,
                    origin,
                    scales,
                    run.configuration(),
                    outcomes,
                    handled,
                    stages.watch())));
  }

  /** The maps that can be used, as far as is known. */
  private List<MapRef> found() {
    Set<String> bad = quarantine.paths();
    return maps.stream()
        .filter(map -> map.isFound() && !bad.contains(map.image().relativePath()))
        .toList();
  }
}
