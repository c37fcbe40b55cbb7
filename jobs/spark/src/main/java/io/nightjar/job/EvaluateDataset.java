package io.nightjar.job;

import io.nightjar.backbone.graph.BackboneModel;
import io.nightjar.dataset.Category;
import io.nightjar.dataset.layout.MvtecAdLayout;
import io.nightjar.error.InvalidInputException;
import io.nightjar.job.bank.BankSource;
import io.nightjar.job.bank.CategoryBanks;
import io.nightjar.job.bank.ImagesSource;
import io.nightjar.job.bank.SharedSource;
import io.nightjar.job.bank.StoredSource;
import io.nightjar.job.bank.UnifiedImages;
import io.nightjar.job.bank.UnifiedSource;
import io.nightjar.job.evaluate.CategoryEvaluations;
import io.nightjar.job.evaluate.CategoryNotes;
import io.nightjar.job.measure.MapMeasure;
import io.nightjar.job.options.BankScope;
import io.nightjar.job.options.EvaluationOptions;
import io.nightjar.job.options.Progress;
import io.nightjar.job.options.RunLabel;
import io.nightjar.job.output.EvaluationReports;
import io.nightjar.job.output.RunWriter;
import io.nightjar.job.result.RunResult;
import io.nightjar.job.run.ConcurrentCategories;
import io.nightjar.job.run.ExecutorSurvey;
import io.nightjar.job.run.RunDirectory;
import io.nightjar.job.run.RunManifest;
import io.nightjar.job.run.TrainPatchesRule;
import io.nightjar.report.EvaluationReport;
import io.nightjar.report.published.Comparison;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.util.SerializableConfiguration;

/**
 * Evaluates every category of a data set in MVTec AD's layout, the categories concurrently on one
 * cluster, and writes tables, maps, pictures and a page.
 *
 * <pre>{@code
 * RunResult result =
 *     new EvaluateDataset(spark)
 *         .data("s3a://factory/mvtec_ad")
 *         .backbone(BackboneModel.build(EmbeddingSpec.of(Architecture.RESNET50), weights))
 *         .out("s3a://factory/runs/2026-11-21")
 *         .execute();
 * }</pre>
 *
 * <p>The same data, backbone and options give bit-identical figures and maps on any number of
 * executors of one kind of processor.
 */
public final class EvaluateDataset implements DatasetAction<RunResult> {
  private final SparkSession session;
  private final JavaSparkContext spark;
  private final ConcurrentCategories categories;
  private String data;
  private List<String> only = List.of();
  private Supplier<BackboneModel> backbone;
  private Optional<String> bank = Optional.empty();
  private String out;
  private boolean overwrite;
  private RunLabel label = RunLabel.pretrained();
  private EvaluationOptions options = EvaluationOptions.builder().build();
  private Progress progress = Progress.SILENT;

  public EvaluateDataset(SparkSession session) {
    this.session = Objects.requireNonNull(session, "session");
    this.spark = JavaSparkContext.fromSparkContext(session.sparkContext());
    this.categories = new ConcurrentCategories(spark);
  }

  /** The data set's folder, on any Hadoop file system. */
  public EvaluateDataset data(String root) {
    this.data = root;
    return this;
  }

  /** The categories to evaluate; all where none is named. */
  public EvaluateDataset categories(List<String> names) {
    this.only = List.copyOf(names);
    return this;
  }

  /** The network that embeds the images. */
  public EvaluateDataset backbone(BackboneModel model) {
    return backbone(() -> model);
  }

  /** The network that embeds the images, loaded once the data set is known to be sound. */
  public EvaluateDataset backbone(Supplier<BackboneModel> loader) {
    this.backbone = loader;
    return this;
  }

  /**
   * Stored banks to compare with, instead of such made of the normal images, which are then not
   * needed: a folder of banks by category, or one bank, of a category or of all; {@code URI} or
   * {@code URI@VERSION}.
   */
  public EvaluateDataset bank(String location) {
    this.bank = Optional.of(location);
    return this;
  }

  /** The folder for the results, on any Hadoop file system. */
  public EvaluateDataset out(String folder) {
    this.out = folder;
    return this;
  }

  /** Replaces the results of a run that {@code out} already holds. */
  public EvaluateDataset overwrite(boolean replace) {
    this.overwrite = replace;
    return this;
  }

  /** What the figures stand for: pretrained weights on real data, or a demonstration. */
  public EvaluateDataset label(RunLabel runLabel) {
    this.label = runLabel;
    return this;
  }

  public EvaluateDataset options(EvaluationOptions evaluationOptions) {
    this.options = evaluationOptions;
    return this;
  }

  @Override
  public EvaluateDataset progress(Progress listener) {
    this.progress = listener;
    return this;
  }

  @Override
  public RunResult execute() {
    Objects.requireNonNull(backbone, "Name the backbone before execute()");
    if (data == null || out == null) {
      throw new InvalidInputException("Name the data set and the folder for the results.");
    }
    Configuration configuration = session.sessionState().newHadoopConf();
    List<Category> catalogue =
        bank.isPresent()
            ? MvtecAdLayout.listForTest(data, only, configuration)
            : MvtecAdLayout.list(data, only, configuration);
    Optional<CategoryBanks> banks =
        bank.map(location -> CategoryBanks.open(location, catalogue, configuration));
    BackboneModel model = backbone.get();
    banks.ifPresent(stored -> stored.requireUsable(model));
    // What banks are made of: every category, or all as one.
    Optional<UnifiedImages> unified = unified(banks, catalogue);
    List<Category> bankImages =
        unified.isPresent() ? List.of(UnifiedImages.asOne(catalogue)) : catalogue;
    if (banks.isEmpty()) {
      requireRows(bankImages, model.layout().patches());
    }
    options.requireRoomForARow(model.spec().channels());
    ExecutorSurvey executors = ExecutorSurvey.take(spark, options.device(), model.spec());
    RunDirectory.prepare(out, overwrite, configuration);

    TrainPatchesRule trainPatches = trainPatchesRule(executors, bankImages.size());
    Map<String, Object> subject = new LinkedHashMap<>(RunManifest.method(model));
    executors.describe(subject);
    if (banks.isPresent()) {
      subject.put(RunManifest.BANKS, banks.get().describe());
    } else {
      subject.put("train_patches", trainPatches.describe(bankImages, model.layout()));
    }
    Map<String, Object> told = banks.isPresent() ? options.withoutFit() : options.asMap();
    // Of a stored bank, it is the bank's that counts.
    told.put("scope", banks.map(CategoryBanks::scope).orElse(options.scope()).id());
    RunManifest manifest = new RunManifest(session, data, subject, told, label);
    CategoryEvaluations.Evaluated outcomes =
        evaluate(catalogue, model, banks, unified, trainPatches, configuration);
    EvaluationReport report =
        new EvaluationReports(manifest)
            .report(outcomes.evaluated(), outcomes.failed(), outcomes.sharedBank());
    Comparison comparison = label.comparison();
    MapMeasure measure = MapMeasure.of(options.measure(), model.spec().imageSize());
    new RunWriter(session, out, options.measure().pictures(), measure)
        .write(report, comparison, outcomes.evaluated());
    return new RunResult(report, comparison, out);
  }

  @Override
  public void cancel() {
    categories.cancel();
  }

  private Optional<UnifiedImages> unified(Optional<CategoryBanks> banks, List<Category> catalogue) {
    return banks.isEmpty() && options.scope() == BankScope.UNIFIED
        ? Optional.of(new UnifiedImages(catalogue, options.measure().maxQuarantined()))
        : Optional.empty();
  }

  /** No bank may be left without a row. */
  private void requireRows(List<Category> bankImages, int patches) {
    for (Category category : bankImages) {
      options.coreset().size(Math.multiplyExact(category.train().size(), patches));
    }
  }

  private TrainPatchesRule trainPatchesRule(ExecutorSurvey executors, int banks) {
    return new TrainPatchesRule(
        options.trainPatches(),
        executors.freeBytes(),
        ConcurrentCategories.atOnce(spark, banks, options.measure().concurrentCategories()));
  }

  private CategoryEvaluations.Evaluated evaluate(
      List<Category> catalogue,
      BackboneModel model,
      Optional<CategoryBanks> banks,
      Optional<UnifiedImages> unified,
      TrainPatchesRule trainPatches,
      Configuration configuration) {
    Broadcast<BackboneModel> sharedBackbone = spark.broadcast(model);
    Broadcast<SerializableConfiguration> sharedConfiguration =
        spark.broadcast(new SerializableConfiguration(configuration));
    try {
      CategoryEvaluations evaluations =
          new CategoryEvaluations(
              spark,
              categories,
              sharedBackbone,
              sharedConfiguration,
              options,
              progress,
              catalogue,
              category -> notes(category, banks));
      Predicate<Category> keep = bank -> trainPatches.decide(bank, model.layout()).keep();
      Optional<SharedSource> one = shared(catalogue, banks, unified, model, keep);
      return one.isPresent()
          ? evaluations.allWithOne(one.get())
          : evaluations.eachWithItsOwn(category -> own(category, banks, model, keep));
    } finally {
      sharedBackbone.destroy();
      sharedConfiguration.destroy();
    }
  }

  private static Optional<SharedSource> shared(
      List<Category> catalogue,
      Optional<CategoryBanks> banks,
      Optional<UnifiedImages> unified,
      BackboneModel model,
      Predicate<Category> keep) {
    return banks
        .flatMap(CategoryBanks::shared)
        .or(
            () ->
                unified.map(
                    images ->
                        new UnifiedSource(
                            images,
                            model.layout().patches(),
                            keep.test(UnifiedImages.asOne(catalogue)))));
  }

  private static BankSource own(
      Category category,
      Optional<CategoryBanks> banks,
      BackboneModel model,
      Predicate<Category> keep) {
    return banks.isPresent()
        ? new StoredSource(banks.get().of(category), 1)
        : new ImagesSource(category.train(), model.layout().patches(), keep.test(category));
  }

  private List<String> notes(Category category, Optional<CategoryBanks> banks) {
    // A category counts the images that its bank was made of, wherever they are.
    return banks
        .map(stored -> CategoryNotes.of(stored.withImages(category), label))
        .orElseGet(() -> CategoryNotes.of(category, label));
  }
}
