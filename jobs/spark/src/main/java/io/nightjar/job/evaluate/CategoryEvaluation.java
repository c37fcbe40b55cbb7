package io.nightjar.job.evaluate;

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
import io.nightjar.job.output.CategoryOutcome;
import io.nightjar.job.run.CategoryWork;
import io.nightjar.job.run.Quarantine;
import io.nightjar.job.run.RunContext;
import io.nightjar.job.run.StageClock;
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

/** Evaluates one category: inspect, get the bank ready, score, measure. */
final class CategoryEvaluation implements CategoryWork<CategoryOutcome> {
  private final Category category;
  private final EvaluationOptions options;
  private final BankSource source;
  private final MapMeasure measure;
  private final List<String> notes;
  private final CategoryPasses passes;
  private final StageClock clock = new StageClock();

  /**
   * Creates an evaluation; nothing runs before {@link #run}.
   *
   * @param source of the bank to compare with
   * @param notes shown next to the category's metrics
   */
  CategoryEvaluation(
      RunContext run,
      Category category,
      EvaluationOptions options,
      BankSource source,
      List<String> notes) {
    this.category = category;
    this.options = options;
    this.source = source;
    this.notes = new ArrayList<>(notes);
    this.measure =
        MapMeasure.of(options.map(), options.measure(), run.backbone().value().spec().imageSize());
    this.passes =
        new CategoryPasses(
            run, category.name(), source.quarantine(category, options.run().maxQuarantined()));
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
    passes.quarantine().requireTestImages(passes.readable(category.test()));
    BankPlace place;
    ScoredPart scored;
    Optional<SearchQuality> quality;
    try (CategoryBank bank = bank()) {
      place = bank.place();
      scored = clock.time("score", () -> bank.score(passes, category.test(), measure));
      passes.quarantine().requireTestImages(scored.images());
      quality = check(bank, scored.fallbacks().total());
    }
    CategoryMetrics metrics = clock.time("measure", () -> measure(scored));
    return outcome(place, scored, metrics, quality);
  }

  @Override
  public String summary(CategoryOutcome outcome) {
    return outcome.summary();
  }

  private CategoryBank bank() {
    return source.bank(new BankFactory(passes, options.search(), clock, notes));
  }

  /** Of an approximate search; none where there is no image to check it on. */
  private Optional<SearchQuality> check(CategoryBank bank, Fallbacks fallbacks) {
    if (options.search().method().isExact()) {
      return Optional.empty();
    }
    List<ImageRef> sample =
        SearchSample.draw(passes.readable(category.test()), options.check().images());
    return clock.time(
        "check search",
        () ->
            bank.check(
                Chunk.cut(sample, options.embed().batchImages()),
                new MapScoring(passes.embedding(), measure),
                passes.stages(),
                fallbacks));
  }

  private CategoryMetrics measure(ScoredPart scored) {
    return new SecondPass(passes.run(), options.measure(), measure, SecondPass.RANGE_PIXELS)
        .metrics(scored, passes.stages());
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
                .flatMap(remarks -> remarks)
                .toList(),
            quality);
    return new CategoryOutcome(
        result, source.describe(place), List.copyOf(scored.images()), quarantine.hashes());
  }
}
