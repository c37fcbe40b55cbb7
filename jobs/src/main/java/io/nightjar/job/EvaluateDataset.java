package io.nightjar.job;

import io.nightjar.backbone.TrunkModel;
import io.nightjar.dataset.Category;
import io.nightjar.dataset.Census;
import io.nightjar.dataset.MvtecAdLayout;
import io.nightjar.error.InvalidInputException;
import io.nightjar.report.CategoryResult;
import io.nightjar.report.Comparison;
import io.nightjar.report.EvaluationReport;
import io.nightjar.report.FailedCategory;
import io.nightjar.report.PublishedResults;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Supplier;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.util.SerializableConfiguration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Evaluates every category of a data set in MVTec AD's layout, the categories concurrently on one
 * cluster, and writes tables, maps, pictures and a page.
 *
 * <pre>{@code
 * EvaluateDataset.Result result =
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
public final class EvaluateDataset {
  private static final Logger LOG = LoggerFactory.getLogger(EvaluateDataset.class);

  private final SparkSession session;
  private final JavaSparkContext spark;
  private String data;
  private List<String> only = List.of();
  private Supplier<TrunkModel> trunk;
  private String out;
  private boolean overwrite;
  private RunLabel label = RunLabel.pretrained();
  private EvaluationOptions options = EvaluationOptions.builder().build();
  private Progress progress = Progress.SILENT;

  public EvaluateDataset(SparkSession session) {
    this.session = Objects.requireNonNull(session, "session");
    this.spark = JavaSparkContext.fromSparkContext(session.sparkContext());
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

  public EvaluateDataset progress(Progress listener) {
    this.progress = listener;
    return this;
  }

  /**
   * What a run found.
   *
   * @param report every figure of the run
   * @param comparison what the figures may be held against
   * @param out the folder that holds it
   */
  public record Result(EvaluationReport report, Comparison comparison, String out) {
    /** Whether every category was evaluated. */
    public boolean complete() {
      return report.failed().isEmpty();
    }
  }

  /**
   * Runs the evaluation. A category that fails is reported in the result; the others go on.
   *
   * @throws InvalidInputException for what the user can mend, before any heavy work
   */
  public Result execute() {
    Objects.requireNonNull(trunk, "Name the trunk before execute()");
    if (data == null || out == null) {
      throw new InvalidInputException("Name the data set and the folder for the results.");
    }
    Configuration configuration = session.sessionState().newHadoopConf();
    List<Category> catalogue = MvtecAdLayout.list(data, only, configuration);
    TrunkModel model = trunk.get();
    new DeviceCheck(spark, options.device()).refuseIfUnusable();
    RunDirectory.prepare(out, overwrite, configuration);

    RunManifest manifest = new RunManifest(session, data, model, options, label);
    Outcomes outcomes = evaluate(catalogue, model, configuration);
    EvaluationReport report = manifest.report(outcomes.evaluated(), outcomes.failed());
    Comparison comparison = comparison();
    new RunWriter(session, out, model.spec().imageSize(), options)
        .write(report, comparison, outcomes.evaluated());
    return new Result(report, comparison, out);
  }

  /** A data set that is not meant to be MVTec AD is not held against its census. */
  private List<String> notes(Category category) {
    return label.comparable() ? Census.difference(category).stream().toList() : List.of();
  }

  private Comparison comparison() {
    return label.comparable()
        ? Comparison.with(PublishedResults.mvtecAdPixelAuprc())
        : Comparison.none(label.notComparable());
  }

  /** In catalogue order. */
  private record Outcomes(List<CategoryOutcome> evaluated, List<FailedCategory> failed) {}

  private Outcomes evaluate(
      List<Category> catalogue, TrunkModel model, Configuration configuration) {
    Broadcast<TrunkModel> sharedTrunk = spark.broadcast(model);
    Broadcast<SerializableConfiguration> sharedConfiguration =
        spark.broadcast(new SerializableConfiguration(configuration));
    ExecutorService pool = Executors.newFixedThreadPool(concurrency(catalogue.size()));
    try {
      Map<Category, Future<CategoryOutcome>> running = new LinkedHashMap<>();
      for (Category category : catalogue) {
        CategoryEvaluation evaluation =
            new CategoryEvaluation(
                spark,
                category,
                sharedTrunk,
                sharedConfiguration,
                options,
                progress,
                notes(category));
        running.put(category, pool.submit(() -> evaluate(category, evaluation)));
      }
      List<CategoryOutcome> evaluated = new ArrayList<>();
      List<FailedCategory> failed = new ArrayList<>();
      running.forEach((category, future) -> await(category, future, evaluated, failed));
      return new Outcomes(evaluated, failed);
    } finally {
      pool.shutdownNow();
      sharedTrunk.destroy();
      sharedConfiguration.destroy();
    }
  }

  private CategoryOutcome evaluate(Category category, CategoryEvaluation evaluation) {
    // Each category its own pool: a large one cannot starve the small ones.
    spark.setLocalProperty("spark.scheduler.pool", category.name());
    CategoryOutcome outcome = evaluation.evaluate();
    CategoryResult result = outcome.result();
    progress.finished(category.name(), summary(result));
    return outcome;
  }

  private void await(
      Category category,
      Future<CategoryOutcome> future,
      List<CategoryOutcome> evaluated,
      List<FailedCategory> failed) {
    try {
      evaluated.add(future.get());
    } catch (ExecutionException e) {
      FailedCategory failure = FailureReasons.describe(category.name(), e.getCause());
      LOG.error("Category {} failed", category.name(), e.getCause());
      progress.failed(category.name(), failure.reason());
      failed.add(failure);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("The evaluation was interrupted.", e);
    }
  }

  /** Enough categories to keep the cores busy while one of them is between two passes. */
  private int concurrency(int categories) {
    int natural = Math.max(2, spark.defaultParallelism() / 4);
    return Math.min(categories, options.concurrentCategories().orElse(natural));
  }

  private static String summary(CategoryResult result) {
    String auprc =
        result.pixelAuprc().isPresent()
            ? "AUPRC %.4f".formatted(result.pixelAuprc().get())
            : "no AUPRC: " + result.pixelAuprc().reason();
    return "%s, %d components, %.0f s".formatted(auprc, result.components(), result.seconds());
  }
}
