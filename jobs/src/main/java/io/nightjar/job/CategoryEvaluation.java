package io.nightjar.job;

import io.nightjar.backbone.TrunkModel;
import io.nightjar.bank.Detours;
import io.nightjar.bank.MemoryBank;
import io.nightjar.bank.approximate.SearchIndex;
import io.nightjar.bank.approximate.SearchMethod;
import io.nightjar.bank.coreset.Coreset;
import io.nightjar.bank.coreset.CoresetSelection;
import io.nightjar.bank.store.StoredBank;
import io.nightjar.dataset.Category;
import io.nightjar.dataset.ImageRef;
import io.nightjar.metric.CategoryMetrics;
import io.nightjar.pca.PrincipalComponents;
import io.nightjar.report.CategoryResult;
import io.nightjar.report.SearchQuality;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.util.LongAccumulator;
import org.apache.spark.util.SerializableConfiguration;

/** Evaluates one category: inspect, fit and build the bank or load a stored one, score, measure. */
final class CategoryEvaluation implements CategoryWork<CategoryOutcome> {
  private final JavaSparkContext spark;
  private final Category category;
  private final Broadcast<SerializableConfiguration> configuration;
  private final EvaluationOptions options;
  private final Optional<StoredBank> stored;
  private final boolean keepPatches;
  private final StageReport stages;
  private final MapMeasure measure;
  private final List<String> notes;
  private final CategoryPasses passes;
  private final StageClock clock = new StageClock();

  /**
   * An evaluation that has not begun.
   *
   * @param stored the bank to compare with; empty where the normal images make one
   * @param keepPatches whether the normal patches are kept between the two passes over them
   * @param notes what the result tells beside its figures
   */
  CategoryEvaluation(
      JavaSparkContext spark,
      Category category,
      Broadcast<TrunkModel> trunk,
      Broadcast<SerializableConfiguration> configuration,
      EvaluationOptions options,
      Optional<StoredBank> stored,
      boolean keepPatches,
      Progress progress,
      List<String> notes) {
    this.spark = spark;
    this.category = category;
    this.configuration = configuration;
    this.options = options;
    this.stored = stored;
    this.keepPatches = keepPatches;
    this.stages = new StageReport(spark, category.name(), progress);
    this.notes = new ArrayList<>(notes);
    this.measure = MapMeasure.of(options.measure(), trunk.value().spec().imageSize());
    this.passes = new CategoryPasses(spark, trunk, configuration, options, stages, images().size());
  }

  @Override
  public String category() {
    return category.name();
  }

  /** The images that are read; those that a stored bank was made of are not. */
  private List<ImageRef> images() {
    return stored.isPresent()
        ? category.test()
        : Stream.concat(category.train().stream(), category.test().stream()).toList();
  }

  @Override
  public CategoryOutcome run() {
    clock.time(
        "inspect",
        () -> {
          passes.inspect(images());
          return null;
        });
    Fitted fitted = stored.isPresent() ? clock.time("bank", () -> load(stored.get())) : fit();
    SearchIndex index = index(fitted.bank());
    ScoredPart scored;
    Optional<SearchQuality> quality;
    try (BroadcastBank bank =
        new BroadcastBank(spark, fitted.components(), fitted.bank(), index, options)) {
      scored = clock.time("score", () -> score(bank));
      quality = check(bank, scored.detours().total());
    }
    CategoryMetrics metrics = clock.time("measure", () -> measure(scored));
    return outcome(fitted, scored, metrics, quality);
  }

  @Override
  public String summary(CategoryOutcome outcome) {
    return outcome.summary();
  }

  /**
   * What test images are compared with.
   *
   * @param images that it was made of
   */
  private record Fitted(PrincipalComponents components, MemoryBank bank, int images) {}

  private Fitted load(StoredBank bank) {
    stages.begin("load the bank");
    return new Fitted(bank.components(), bank.memoryBank(), bank.manifest().images().size());
  }

  /** What is kept between the two passes is freed before the test images come. */
  private Fitted fit() {
    ChunkEmbedding embedding = passes.embedding();
    List<ImageRef> train = category.train();
    try (FitPasses over = passes.fitPasses(train, embedding, keepPatches)) {
      PrincipalComponents components =
          clock.time("fit", () -> passes.fit(over, embedding, train.size()));
      try (ReducedRows rows = over.reduced(components)) {
        return new Fitted(components, bank(rows), passes.sound(train).size());
      }
    }
  }

  private MemoryBank bank(ReducedRows rows) {
    stages.begin("build the bank");
    if (options.coreset().keepsAll()) {
      return clock.time("bank", rows::bank);
    }
    CoresetSelection selection = clock.time("bank", () -> rows.selection(options.coreset()));
    return clock.time("coreset", () -> coreset(rows, selection));
  }

  private MemoryBank coreset(ReducedRows rows, CoresetSelection selection) {
    LongAccumulator chosen = spark.sc().longAccumulator();
    stages.begin("choose rows for the coreset", selection.picks(), chosen);
    Coreset coreset = selection.select(chosen);
    notes.add(CategoryNotes.of(coreset));
    return rows.bank(coreset);
  }

  private SearchIndex index(MemoryBank bank) {
    SearchMethod method = options.search();
    if (method.isExact()) {
      return method.fit(SparkSession.active(), bank);
    }
    stages.begin("index the bank");
    return clock.time("index", () -> method.fit(SparkSession.active(), bank));
  }

  private ScoredPart score(BroadcastBank bank) {
    ChunkEmbedding embedding = passes.embedding();
    List<Chunk> chunks = Chunk.cut(passes.sound(category.test()), options.batchImages());
    ScoredPart scored = bank.score(chunks, new MapScoring(embedding, measure), stages);
    passes.enter(embedding);
    return scored;
  }

  /** Of an approximate search; none where there is no image to check it on. */
  private Optional<SearchQuality> check(BroadcastBank bank, Detours detours) {
    List<ImageRef> sample =
        SearchSample.draw(passes.sound(category.test()), options.searchCheckImages());
    if (options.search().isExact() || sample.isEmpty()) {
      return Optional.empty();
    }
    return Optional.of(
        clock.time(
            "check search",
            () ->
                bank.check(
                    Chunk.cut(sample, options.batchImages()),
                    new MapScoring(passes.embedding(), measure),
                    stages,
                    detours)));
  }

  private CategoryMetrics measure(ScoredPart scored) {
    return new SecondPass(spark, configuration, options.measure(), measure, SecondPass.RANGE_PIXELS)
        .metrics(scored, stages);
  }

  private CategoryOutcome outcome(
      Fitted fitted, ScoredPart scored, CategoryMetrics metrics, Optional<SearchQuality> quality) {
    Quarantine quarantine = passes.quarantine();
    CategoryResult result =
        new CategoryResult(
            category.name(),
            fitted.images(),
            scored.images().size(),
            quarantine.files(),
            fitted.components().count(),
            fitted.bank().rows(),
            metrics,
            options.measure().resolutionName(),
            clock.total(),
            clock.seconds(),
            Stream.concat(notes.stream(), quality.map(SearchQuality::describe).stream()).toList(),
            quality);
    return new CategoryOutcome(result, List.copyOf(scored.images()), quarantine.hashes());
  }
}
