package io.nightjar.job.evaluate;

import io.nightjar.backbone.graph.BackboneModel;
import io.nightjar.bank.search.Fallbacks;
import io.nightjar.dataset.Category;
import io.nightjar.dataset.ImageRef;
import io.nightjar.job.bank.BankFactory;
import io.nightjar.job.bank.BankSource;
import io.nightjar.job.embed.Chunk;
import io.nightjar.job.fit.CategoryPasses;
import io.nightjar.job.measure.MapMeasure;
import io.nightjar.job.measure.MapScoring;
import io.nightjar.job.measure.ScoredPart;
import io.nightjar.job.measure.SecondPass;
import io.nightjar.job.options.EvaluationOptions;
import io.nightjar.job.options.Progress;
import io.nightjar.job.output.CategoryOutcome;
import io.nightjar.job.run.CategoryWork;
import io.nightjar.job.run.Quarantine;
import io.nightjar.job.run.StageClock;
import io.nightjar.job.run.StageReport;
import io.nightjar.job.search.BankPlace;
import io.nightjar.job.search.CategoryBank;
import io.nightjar.job.search.SearchSample;
import io.nightjar.metric.result.CategoryMetrics;
import io.nightjar.report.CategoryResult;
import io.nightjar.report.SearchQuality;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.util.SerializableConfiguration;

/** Evaluates one category: inspect, get the bank ready, score, measure. */
final class CategoryEvaluation implements CategoryWork<CategoryOutcome> {
  private final JavaSparkContext spark;
  private final Category category;
  private final Broadcast<SerializableConfiguration> configuration;
  private final EvaluationOptions options;
  private final BankSource source;
  private final StageReport stages;
  private final MapMeasure measure;
  private final List<String> notes;
  private final CategoryPasses passes;
  private final StageClock clock = new StageClock();

  /**
   * An evaluation that has not begun.
   *
   * @param source of the bank to compare with
   * @param notes what the result tells beside its figures
   */
  CategoryEvaluation(
      JavaSparkContext spark,
      Category category,
      Broadcast<BackboneModel> backbone,
      Broadcast<SerializableConfiguration> configuration,
      EvaluationOptions options,
      BankSource source,
      Progress progress,
      List<String> notes) {
    this.spark = spark;
    this.category = category;
    this.configuration = configuration;
    this.options = options;
    this.source = source;
    this.stages = new StageReport(spark, category.name(), progress);
    this.notes = new ArrayList<>(notes);
    this.measure = MapMeasure.of(options.measure(), backbone.value().spec().imageSize());
    this.passes =
        new CategoryPasses(
            spark,
            backbone,
            configuration,
            options,
            stages,
            source.quarantine(category, options.measure().maxQuarantined()));
  }

  @Override
  public String category() {
    return category.name();
  }

  @Override
  public CategoryOutcome run() {
    clock.time(
        "inspect",
        () -> {
          passes.inspect(Stream.concat(source.reads().stream(), category.test().stream()).toList());
          return null;
        });
    BankPlace place;
    ScoredPart scored;
    Optional<SearchQuality> quality;
    try (CategoryBank bank = bank()) {
      place = bank.place();
      scored = clock.time("score", () -> bank.score(passes, category.test(), measure, stages));
      quality = check(bank, scored.detours().total());
    }
    CategoryMetrics metrics = clock.time("measure", () -> measure(scored));
    return outcome(place, scored, metrics, quality);
  }

  @Override
  public String summary(CategoryOutcome outcome) {
    return outcome.summary();
  }

  private CategoryBank bank() {
    return source.bank(
        new BankFactory(spark, configuration, options, passes, stages, clock, notes));
  }

  /** Of an approximate search; none where there is no image to check it on. */
  private Optional<SearchQuality> check(CategoryBank bank, Fallbacks detours) {
    List<ImageRef> sample =
        SearchSample.draw(passes.sound(category.test()), options.searchCheckImages());
    return options.search().isExact()
        ? Optional.empty()
        : clock.time(
            "check search",
            () ->
                bank.check(
                    Chunk.cut(sample, options.batchImages()),
                    new MapScoring(passes.embedding(), measure),
                    stages,
                    detours));
  }

  private CategoryMetrics measure(ScoredPart scored) {
    return new SecondPass(spark, configuration, options.measure(), measure, SecondPass.RANGE_PIXELS)
        .metrics(scored, stages);
  }

  private CategoryOutcome outcome(
      BankPlace place,
      ScoredPart scored,
      CategoryMetrics metrics,
      Optional<SearchQuality> quality) {
    Quarantine quarantine = passes.quarantine();
    CategoryResult result =
        new CategoryResult(
            category.name(),
            source.images(passes),
            scored.images().size(),
            quarantine.files(),
            place.dimension(),
            place.rows(),
            source.categories(),
            metrics,
            options.measure().resolutionName(),
            clock.total(),
            clock.seconds(),
            Stream.of(
                    notes.stream(),
                    place.note().stream(),
                    quality.map(SearchQuality::describe).stream())
                .flatMap(told -> told)
                .toList(),
            quality);
    return new CategoryOutcome(
        result, source.describe(place), List.copyOf(scored.images()), quarantine.hashes());
  }
}
