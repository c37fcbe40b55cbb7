package io.nightjar.job;

import io.nightjar.backbone.EmbeddingSpec;
import io.nightjar.backbone.TrunkModel;
import io.nightjar.dataset.Category;
import io.nightjar.dataset.ImageRef;
import io.nightjar.dataset.Inspection;
import io.nightjar.metric.CategoryMetrics;
import io.nightjar.pca.PrincipalComponents;
import io.nightjar.report.CategoryResult;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.util.CollectionAccumulator;
import org.apache.spark.util.LongAccumulator;
import org.apache.spark.util.SerializableConfiguration;

/** Evaluates one category: inspect, fit, build the bank, score, measure. */
final class CategoryEvaluation implements CategoryWork {
  private final JavaSparkContext spark;
  private final Category category;
  private final Broadcast<TrunkModel> trunk;
  private final Broadcast<SerializableConfiguration> configuration;
  private final EvaluationOptions options;
  private final boolean keepPatches;
  private final StageReport stages;
  private final MapMeasure measure;
  private final List<String> notes;
  private final EmbeddingSpec spec;
  private final Quarantine quarantine;
  private final StageClock clock = new StageClock();

  /**
   * An evaluation that has not begun.
   *
   * @param keepPatches whether the normal patches are kept between the two passes over them
   * @param notes what the result tells beside its figures
   */
  CategoryEvaluation(
      JavaSparkContext spark,
      Category category,
      Broadcast<TrunkModel> trunk,
      Broadcast<SerializableConfiguration> configuration,
      EvaluationOptions options,
      boolean keepPatches,
      Progress progress,
      List<String> notes) {
    this.spark = spark;
    this.category = category;
    this.trunk = trunk;
    this.configuration = configuration;
    this.options = options;
    this.keepPatches = keepPatches;
    this.stages = new StageReport(spark, category.name(), progress);
    this.notes = notes;
    this.spec = trunk.value().spec();
    this.measure = MapMeasure.of(options.measure(), spec.imageSize());
    this.quarantine =
        new Quarantine(
            category.name(),
            category.train().size() + category.test().size(),
            options.measure().maxQuarantined());
  }

  @Override
  public String category() {
    return category.name();
  }

  @Override
  public CategoryOutcome run() {
    clock.time("inspect", this::inspect);
    BankPlace place;
    ScoredPart scored;
    try (CategoryBank bank = fit()) {
      place = bank.place();
      scored = clock.time("score", () -> score(bank));
    }
    CategoryMetrics metrics = clock.time("measure", () -> measure(scored));
    return outcome(place, scored, metrics);
  }

  /** What is kept between the two passes is freed before the test images come. */
  private CategoryBank fit() {
    ChunkEmbedding embedding = embedding();
    try (FitPasses passes = fitPasses(embedding)) {
      PrincipalComponents components = clock.time("fit", () -> fit(passes, embedding));
      return clock.time("bank", () -> buildBank(passes, components));
    }
  }

  /** Reads headers only, so that what cannot be used is known before any heavy work. */
  private List<FileOutcome> inspect() {
    List<ImageRef> images =
        Stream.concat(category.train().stream(), category.test().stream()).toList();
    LongAccumulator done = spark.sc().longAccumulator();
    stages.begin("inspect", images.size(), done);
    Broadcast<SerializableConfiguration> shared = configuration;
    List<FileOutcome> outcomes =
        spark
            .parallelize(images, partitions(spark.defaultParallelism()))
            .map(
                image -> {
                  done.add(1);
                  return new FileOutcome(
                      image.relativePath(),
                      "",
                      Inspection.reasonToQuarantine(image, shared.value().value()).orElse(""));
                })
            .collect();
    quarantine.enter(outcomes);
    quarantine.check();
    return outcomes;
  }

  private FitPasses fitPasses(ChunkEmbedding embedding) {
    List<Chunk> chunks = Chunk.cut(sound(category.train()), options.chunkImages());
    if (chunks.isEmpty()) {
      throw new CategoryFailedException(
          "Category %s has no sound normal image to learn from.".formatted(category.name()),
          quarantine.files());
    }
    return new FitPasses(spark, chunks, partitions(chunks.size()), embedding, keepPatches);
  }

  private PrincipalComponents fit(FitPasses passes, ChunkEmbedding embedding) {
    stages.begin("embed normal images", category.train().size(), embedding.handled());
    PrincipalComponents components = passes.fit(options.variance(), options.pcaSolver());
    quarantine.enter(embedding.outcomes().value());
    quarantine.check();
    return components;
  }

  private CategoryBank buildBank(FitPasses passes, PrincipalComponents components) {
    stages.begin("build the bank");
    long rows = (long) sound(category.train()).size() * spec.patches();
    boolean whole =
        BankPlace.bytes(rows, components.count()) <= options.broadcastLimit()
            && rows <= Integer.MAX_VALUE;
    return whole
        ? new BroadcastBank(spark, components, passes.bank(components), options)
        : new ShardedCategoryBank(spark, components, passes::projected, options);
  }

  private ScoredPart score(CategoryBank bank) {
    ChunkEmbedding embedding = embedding();
    List<Chunk> chunks = Chunk.cut(sound(category.test()), options.batchImages());
    ScoredPart scored = bank.score(chunks, new MapScoring(embedding, measure), stages);
    quarantine.enter(embedding.outcomes().value());
    quarantine.check();
    return scored;
  }

  private CategoryMetrics measure(ScoredPart scored) {
    return new SecondPass(spark, configuration, options.measure(), measure, SecondPass.RANGE_PIXELS)
        .metrics(scored, stages);
  }

  private CategoryOutcome outcome(BankPlace place, ScoredPart scored, CategoryMetrics metrics) {
    CategoryResult result =
        new CategoryResult(
            category.name(),
            sound(category.train()).size(),
            scored.images().size(),
            quarantine.files(),
            place.dimension(),
            place.rows(),
            metrics,
            options.measure().resolutionName(),
            clock.total(),
            clock.seconds(),
            Stream.concat(notes.stream(), place.note().stream()).toList());
    return new CategoryOutcome(
        result, place.describe(), List.copyOf(scored.images()), quarantine.hashes());
  }

  private ChunkEmbedding embedding() {
    CollectionAccumulator<FileOutcome> outcomes = spark.sc().collectionAccumulator();
    return new ChunkEmbedding(
        trunk,
        configuration,
        options.device(),
        // One task, one share of the cores: concurrent tasks never fight for them.
        spark.getConf().getInt("spark.task.cpus", 1),
        options.batchImages(),
        outcomes,
        spark.sc().longAccumulator());
  }

  private int partitions(int natural) {
    return options.measure().partitions().orElse(natural);
  }

  private List<ImageRef> sound(List<ImageRef> images) {
    Set<String> bad = quarantine.paths();
    return images.stream().filter(image -> !bad.contains(image.relativePath())).toList();
  }
}
