package io.nightjar.job;

import io.nightjar.backbone.graph.BackboneModel;
import io.nightjar.bank.store.BankLocation;
import io.nightjar.bank.store.StoredBank;
import io.nightjar.dataset.Category;
import io.nightjar.dataset.layout.UnlabelledImages;
import io.nightjar.error.InvalidInputException;
import io.nightjar.job.bank.CategoryBanks;
import io.nightjar.job.evaluate.CategoryScoring;
import io.nightjar.job.measure.MapMeasure;
import io.nightjar.job.options.EvaluationOptions;
import io.nightjar.job.options.Progress;
import io.nightjar.job.options.RunLabel;
import io.nightjar.job.output.ScoreWriter;
import io.nightjar.job.output.ScoredCategory;
import io.nightjar.job.run.ConcurrentCategories;
import io.nightjar.job.run.ExecutorSurvey;
import io.nightjar.job.run.RunDirectory;
import io.nightjar.job.run.RunManifest;
import io.nightjar.report.ScoringReport;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Supplier;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.util.SerializableConfiguration;

/**
 * Scores images that nothing is known of with stored banks, the categories concurrently on one
 * cluster, and writes scores, maps and pictures.
 *
 * <pre>{@code
 * ScoreImages.Result result =
 *     new ScoreImages(spark)
 *         .bank("s3a://factory/banks")
 *         .data("s3a://factory/line-3/2026-11-22")
 *         .categories(List.of("bottle"))
 *         .backbone(BackboneModel.build(EmbeddingSpec.of(Architecture.RESNET50), weights))
 *         .out("s3a://factory/scores/2026-11-22")
 *         .execute();
 * }</pre>
 *
 * <p>Maps and scores are those that {@link EvaluateDataset} makes of the same images with the same
 * bank, bit for bit.
 */
public final class ScoreImages implements DatasetAction<ScoreImages.Result> {
  private final SparkSession session;
  private final JavaSparkContext spark;
  private final ConcurrentCategories categories;
  private String data;
  private List<String> only = List.of();
  private Supplier<BackboneModel> backbone;
  private String bank;
  private String out;
  private boolean overwrite;
  private EvaluationOptions options = EvaluationOptions.builder().build();
  private Progress progress = Progress.SILENT;

  /**
   * What was found.
   *
   * @param out the folder that holds it
   */
  public record Result(ScoringReport report, String out) {

    /** Whether every category has scores. */
    public boolean complete() {
      return report.failed().isEmpty();
    }
  }

  public ScoreImages(SparkSession session) {
    this.session = Objects.requireNonNull(session, "session");
    this.spark = JavaSparkContext.fromSparkContext(session.sparkContext());
    this.categories = new ConcurrentCategories(spark);
  }

  /** The images, as {@link UnlabelledImages} finds them, on any Hadoop file system. */
  public ScoreImages data(String location) {
    this.data = location;
    return this;
  }

  /**
   * The categories to score, all where none is named; or the category that the images of a folder
   * or a manifest are of. Where none is named and {@link #bank} is one bank, it is the bank's.
   */
  public ScoreImages categories(List<String> names) {
    this.only = List.copyOf(names);
    return this;
  }

  /** The network that embeds the images. */
  public ScoreImages backbone(BackboneModel model) {
    return backbone(() -> model);
  }

  /** The network that embeds the images, loaded once images and banks are known to be there. */
  public ScoreImages backbone(Supplier<BackboneModel> loader) {
    this.backbone = loader;
    return this;
  }

  /** A folder of banks by category, or one bank; {@code URI} or {@code URI@VERSION}. */
  public ScoreImages bank(String location) {
    this.bank = location;
    return this;
  }

  /** The folder for the results, on any Hadoop file system. */
  public ScoreImages out(String folder) {
    this.out = folder;
    return this;
  }

  /** Replaces the results of a run that {@code out} already holds. */
  public ScoreImages overwrite(boolean replace) {
    this.overwrite = replace;
    return this;
  }

  /**
   * How to score; what concerns the making of banks and the measuring of maps has no say here. The
   * pictures are those of the highest scores.
   */
  public ScoreImages options(EvaluationOptions scoreOptions) {
    this.options = scoreOptions;
    return this;
  }

  @Override
  public ScoreImages progress(Progress listener) {
    this.progress = listener;
    return this;
  }

  @Override
  public Result execute() {
    Objects.requireNonNull(backbone, "Name the backbone before execute()");
    if (data == null || bank == null || out == null) {
      throw new InvalidInputException("Name the images, the bank and the folder for the results.");
    }
    Configuration configuration = session.sessionState().newHadoopConf();
    List<Category> catalogue = catalogue(configuration);
    CategoryBanks banks = CategoryBanks.open(bank, catalogue, configuration);
    BackboneModel model = backbone.get();
    banks.requireUsable(model);
    ExecutorSurvey executors = ExecutorSurvey.take(spark, options.device(), model.spec());
    RunDirectory.prepare(out, overwrite, configuration);

    Map<String, Object> subject = new LinkedHashMap<>(RunManifest.method(model));
    executors.describe(subject);
    subject.put(RunManifest.BANKS, banks.describe());
    RunManifest manifest =
        new RunManifest(session, data, subject, options.withoutTruth(), RunLabel.scores());
    // Without a mask there is no size to meet but the image's own.
    MapMeasure measure = new MapMeasure(0, options.measure().smoothing(), model.spec().imageSize());
    ConcurrentCategories.Outcomes<ScoredCategory> outcomes =
        score(catalogue, model, banks, measure, configuration);
    Map<String, Map<String, String>> hashes = new LinkedHashMap<>();
    outcomes.evaluated().forEach(scored -> hashes.put(scored.scores().category(), scored.hashes()));
    ScoringReport report =
        new ScoringReport(
            manifest.started(),
            manifest.info(hashes, Map.of()),
            outcomes.evaluated().stream().map(ScoredCategory::scores).toList(),
            outcomes.failed());
    new ScoreWriter(session, out, options.measure().pictures(), measure)
        .write(report, outcomes.evaluated());
    return new Result(report, out);
  }

  @Override
  public void cancel() {
    categories.cancel();
  }

  /** One bank says itself what it is a bank of. */
  private List<Category> catalogue(Configuration configuration) {
    BankLocation location = BankLocation.parse(bank);
    if (only.isEmpty() && StoredBank.exists(location.uri(), configuration)) {
      String category = StoredBank.open(location, configuration).manifest().category();
      return List.of(UnlabelledImages.listOne(data, category, configuration));
    }
    return UnlabelledImages.list(data, only, configuration);
  }

  private ConcurrentCategories.Outcomes<ScoredCategory> score(
      List<Category> catalogue,
      BackboneModel model,
      CategoryBanks banks,
      MapMeasure measure,
      Configuration configuration) {
    Broadcast<BackboneModel> sharedBackbone = spark.broadcast(model);
    Broadcast<SerializableConfiguration> sharedConfiguration =
        spark.broadcast(new SerializableConfiguration(configuration));
    try {
      List<CategoryScoring> scorings =
          catalogue.stream()
              .map(
                  category ->
                      new CategoryScoring(
                          spark,
                          category,
                          banks.of(category),
                          sharedBackbone,
                          sharedConfiguration,
                          options,
                          measure,
                          progress))
              .toList();
      return categories.run(scorings, options.measure().concurrentCategories(), progress);
    } finally {
      sharedBackbone.destroy();
      sharedConfiguration.destroy();
    }
  }
}
