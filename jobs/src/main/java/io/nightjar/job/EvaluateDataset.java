package io.nightjar.job;

import io.nightjar.backbone.TrunkModel;
import io.nightjar.dataset.Category;
import io.nightjar.dataset.MvtecAdLayout;
import io.nightjar.error.InvalidInputException;
import io.nightjar.report.Comparison;
import io.nightjar.report.EvaluationReport;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
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
 *         .trunk(TrunkModel.build(EmbeddingSpec.of(Architecture.RESNET50), weights))
 *         .out("s3a://factory/runs/2026-11-21")
 *         .execute();
 * }</pre>
 *
 * <p>The same data, trunk and options give bit-identical figures and maps on any number of
 * executors of one kind of processor.
 */
public final class EvaluateDataset implements DatasetAction<RunResult> {
  private final SparkSession session;
  private final JavaSparkContext spark;
  private final ConcurrentCategories categories;
  private String data;
  private List<String> only = List.of();
  private Supplier<TrunkModel> trunk;
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
  public EvaluateDataset trunk(TrunkModel model) {
    return trunk(() -> model);
  }

  /** The network that embeds the images, loaded once the data set is known to be sound. */
  public EvaluateDataset trunk(Supplier<TrunkModel> loader) {
    this.trunk = loader;
    return this;
  }

  /**
   * Stored banks to compare with, instead of such made of the normal images, which are then not
   * needed: a folder of banks by category, or one bank; {@code URI} or {@code URI@VERSION}.
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
    Objects.requireNonNull(trunk, "Name the trunk before execute()");
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
    TrunkModel model = trunk.get();
    banks.ifPresent(stored -> stored.requireUsable(model));
    new DeviceCheck(spark, options.device()).refuseIfUnusable();
    String linearAlgebra = LinearAlgebraCheck.inUse(spark);
    RunDirectory.prepare(out, overwrite, configuration);

    ExecutorSurvey executors = ExecutorSurvey.take(spark, options.device());
    TrainPatchesRule trainPatches = trainPatchesRule(executors, catalogue.size());
    Map<String, Object> subject = new LinkedHashMap<>(RunManifest.method(model, linearAlgebra));
    subject.put("devices", executors.devices());
    if (banks.isPresent()) {
      subject.put("banks", banks.get().describe());
    } else {
      subject.put("train_patches", trainPatches.describe(catalogue, model.layout()));
    }
    Map<String, Object> told = banks.isPresent() ? options.withoutFit() : options.asMap();
    RunManifest manifest = new RunManifest(session, data, subject, told, label);
    ConcurrentCategories.Outcomes<CategoryOutcome> outcomes =
        evaluate(catalogue, model, banks, trainPatches, configuration);
    EvaluationReport report = manifest.report(outcomes.evaluated(), outcomes.failed());
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

  private TrainPatchesRule trainPatchesRule(ExecutorSurvey executors, int categoryCount) {
    return new TrainPatchesRule(
        options.trainPatches(),
        executors.freeBytes(),
        ConcurrentCategories.atOnce(
            spark, categoryCount, options.measure().concurrentCategories()));
  }

  private ConcurrentCategories.Outcomes<CategoryOutcome> evaluate(
      List<Category> catalogue,
      TrunkModel model,
      Optional<CategoryBanks> banks,
      TrainPatchesRule trainPatches,
      Configuration configuration) {
    Broadcast<TrunkModel> sharedTrunk = spark.broadcast(model);
    Broadcast<SerializableConfiguration> sharedConfiguration =
        spark.broadcast(new SerializableConfiguration(configuration));
    try {
      List<CategoryEvaluation> evaluations =
          catalogue.stream()
              .map(
                  category ->
                      new CategoryEvaluation(
                          spark,
                          category,
                          sharedTrunk,
                          sharedConfiguration,
                          options,
                          banks.map(stored -> stored.of(category)),
                          trainPatches.decide(category, model.layout()).keep(),
                          progress,
                          notes(category, banks)))
              .toList();
      return categories.run(evaluations, options.measure().concurrentCategories(), progress);
    } finally {
      sharedTrunk.destroy();
      sharedConfiguration.destroy();
    }
  }

  private List<String> notes(Category category, Optional<CategoryBanks> banks) {
    // A category counts the images that its bank was made of, wherever they are.
    return banks
        .map(stored -> CategoryNotes.of(stored.withImages(category), label))
        .orElseGet(() -> CategoryNotes.of(category, label));
  }
}
