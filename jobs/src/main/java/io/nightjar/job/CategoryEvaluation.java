package io.nightjar.job;

import io.nightjar.backbone.TrunkModel;
import io.nightjar.bank.MemoryBank;
import io.nightjar.bank.store.StoredBank;
import io.nightjar.dataset.Category;
import io.nightjar.dataset.ImageRef;
import io.nightjar.metric.CategoryMetrics;
import io.nightjar.pca.PrincipalComponents;
import io.nightjar.report.CategoryResult;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.broadcast.Broadcast;
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
    this.notes = notes;
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
    ScoredPart scored = clock.time("score", () -> score(fitted));
    CategoryMetrics metrics = clock.time("measure", () -> measure(scored));
    return outcome(fitted, scored, metrics);
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
      MemoryBank bank =
          clock.time(
              "bank",
              () -> {
                stages.begin("build the bank");
                return over.bank(components);
              });
      return new Fitted(components, bank, passes.sound(train).size());
    }
  }

  private ScoredPart score(Fitted fitted) {
    try (BroadcastBank bank =
        new BroadcastBank(spark, fitted.components(), fitted.bank(), options.neighbours())) {
      return passes.score(bank, category.test(), measure);
    }
  }

  private CategoryMetrics measure(ScoredPart scored) {
    return new SecondPass(spark, configuration, options.measure(), measure, SecondPass.RANGE_PIXELS)
        .metrics(scored, stages);
  }

  private CategoryOutcome outcome(Fitted fitted, ScoredPart scored, CategoryMetrics metrics) {
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
            notes);
    return new CategoryOutcome(result, List.copyOf(scored.images()), quarantine.hashes());
  }
}
