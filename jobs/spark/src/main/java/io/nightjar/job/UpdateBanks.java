package io.nightjar.job;

import io.nightjar.backbone.graph.BackboneModel;
import io.nightjar.dataset.Category;
import io.nightjar.dataset.layout.NormalImages;
import io.nightjar.error.InvalidInputException;
import io.nightjar.job.options.EvaluationOptions;
import io.nightjar.job.options.Progress;
import io.nightjar.job.options.Refit;
import io.nightjar.job.result.UpdatedBank;
import io.nightjar.job.run.ConcurrentCategories;
import io.nightjar.job.run.ExecutorSurvey;
import io.nightjar.job.run.TrainPatchesRule;
import io.nightjar.job.update.BankUpdate;
import io.nightjar.job.update.SlidingWindow;
import io.nightjar.job.update.UpdateOptions;
import io.nightjar.job.update.UpdateTask;
import io.nightjar.report.FailedCategory;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.Set;
import java.util.function.Supplier;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.util.SerializableConfiguration;

/**
 * Adds normal images to stored banks and lets old ones go: a new version of each bank, which shares
 * all files with the version before that need not change. New images that are unlike the bank's own
 * are held back for a person to look at.
 *
 * <pre>{@code
 * UpdateBanks.Result result =
 *     new UpdateBanks(spark)
 *         .banks("s3a://factory/banks")
 *         .data("s3a://factory/2026-02-21")
 *         .backbone(BackboneModel.build(EmbeddingSpec.of(Architecture.RESNET50), weights))
 *         .keepLast(2000)
 *         .execute();
 * }</pre>
 *
 * <p>Whatever fails leaves the bank as it was.
 */
public final class UpdateBanks implements DatasetAction<UpdateBanks.Result> {
  private final SparkSession session;
  private final JavaSparkContext spark;
  private final ConcurrentCategories categories;
  private String banks;
  private Optional<String> data = Optional.empty();
  private List<String> only = List.of();
  private Supplier<BackboneModel> backbone;
  private Set<String> remove = Set.of();
  private Set<String> accept = Set.of();
  private OptionalInt keepLast = OptionalInt.empty();
  private Optional<Instant> newerThan = Optional.empty();
  private Refit refit = Refit.AUTO;
  private OptionalDouble guard = OptionalDouble.of(4);
  private Optional<String> review = Optional.empty();
  private EvaluationOptions options = EvaluationOptions.builder().build();
  private Progress progress = Progress.SILENT;

  /** What became of the banks, each list in the order of their names. */
  public record Result(List<UpdatedBank> updated, List<FailedCategory> failed) {

    /** Whether every bank was updated. */
    public boolean complete() {
      return failed.isEmpty();
    }
  }

  public UpdateBanks(SparkSession session) {
    this.session = Objects.requireNonNull(session, "session");
    this.spark = JavaSparkContext.fromSparkContext(session.sparkContext());
    this.categories = new ConcurrentCategories(spark);
  }

  /** A bank, or a folder of banks by category, on any Hadoop file system. */
  public UpdateBanks banks(String location) {
    this.banks = location;
    return this;
  }

  /** New normal images, as {@link NormalImages} finds them; without them old ones only go. */
  public UpdateBanks data(String location) {
    this.data = Optional.of(location);
    return this;
  }

  /** The categories whose banks are updated, all where none is named. */
  public UpdateBanks categories(List<String> names) {
    this.only = List.copyOf(names);
    return this;
  }

  /** The network that embedded the bank's images; needed where images are read. */
  public UpdateBanks backbone(BackboneModel model) {
    return backbone(() -> model);
  }

  /** The same, loaded once the images are known to be there. */
  public UpdateBanks backbone(Supplier<BackboneModel> loader) {
    this.backbone = loader;
    return this;
  }

  /** Names of images that leave the bank, as its manifest has them; for one bank. */
  public UpdateBanks remove(Collection<String> names) {
    this.remove = Set.copyOf(names);
    return this;
  }

  /** New images that are taken whatever the guard says, by their paths; for one bank. */
  public UpdateBanks accept(Collection<String> names) {
    this.accept = Set.copyOf(names);
    return this;
  }

  /** Keeps so many images, those added last. */
  public UpdateBanks keepLast(int images) {
    this.keepLast = OptionalInt.of(images);
    return this;
  }

  /**
   * Keeps the images that were added at this time or later. An image is added when the first
   * version that has it is made.
   */
  public UpdateBanks newerThan(Instant time) {
    this.newerThan = Optional.of(time);
    return this;
  }

  /** Whether the banks' principal components are kept. */
  public UpdateBanks refit(Refit rule) {
    this.refit = rule;
    return this;
  }

  /**
   * How many robust standard deviations above the median of the bank's own leave-one-image-out
   * scores an image may lie; empty to take all.
   */
  public UpdateBanks guard(OptionalDouble deviations) {
    this.guard = deviations;
    return this;
  }

  /** The folder for the lists of images held back; without one they lie in each bank's folder. */
  public UpdateBanks review(String folder) {
    this.review = Optional.of(folder);
    return this;
  }

  /** How to embed; the share of the variance is each bank's own. */
  public UpdateBanks options(EvaluationOptions embedding) {
    this.options = embedding;
    return this;
  }

  @Override
  public UpdateBanks progress(Progress listener) {
    this.progress = listener;
    return this;
  }

  @Override
  public Result execute() {
    UpdateOptions update =
        new UpdateOptions(
            remove, new SlidingWindow(keepLast, newerThan), refit, guard, accept, review);
    requireSomethingToDo(update);
    Configuration configuration = session.sessionState().newHadoopConf();
    List<UpdateTask> tasks = UpdateTask.list(banks, data, only, configuration);
    tasks.forEach(task -> task.requireUsable(update, tasks.size(), configuration));
    Optional<BackboneModel> model =
        data.isPresent() || refit == Refit.ALWAYS
            ? Optional.of(
                Objects.requireNonNull(backbone, "Name the backbone before execute()").get())
            : Optional.empty();
    if (model.isPresent()) {
      tasks.forEach(task -> task.bank().requireFits(model.get()));
    }
    return run(tasks, model, update, configuration);
  }

  private Result run(
      List<UpdateTask> tasks,
      Optional<BackboneModel> model,
      UpdateOptions update,
      Configuration configuration) {
    TrainPatchesRule trainPatches =
        new TrainPatchesRule(
            options.trainPatches(),
            // Without a network nothing is embedded, and so nothing is kept.
            model
                .map(
                    network ->
                        ExecutorSurvey.take(spark, options.device(), network.spec()).freeBytes())
                .orElse(0L),
            ConcurrentCategories.atOnce(
                spark, tasks.size(), options.measure().concurrentCategories()));
    Optional<Broadcast<BackboneModel>> sharedBackbone = model.map(spark::broadcast);
    Broadcast<SerializableConfiguration> sharedConfiguration =
        spark.broadcast(new SerializableConfiguration(configuration));
    try {
      List<BankUpdate> updates = new ArrayList<>();
      for (UpdateTask task : tasks) {
        String name = task.bank().manifest().category();
        Category category = new Category(name, task.images(), List.of());
        updates.add(
            new BankUpdate(
                spark,
                task.bank(),
                task.images(),
                data,
                sharedBackbone.orElse(null),
                sharedConfiguration,
                options,
                update,
                model
                    .map(
                        backboneModel ->
                            trainPatches.decide(category, backboneModel.layout()).keep())
                    .orElse(false),
                progress));
      }
      ConcurrentCategories.Outcomes<UpdatedBank> outcomes =
          categories.run(updates, options.measure().concurrentCategories(), progress);
      return new Result(outcomes.evaluated(), outcomes.failed());
    } finally {
      sharedBackbone.ifPresent(Broadcast::destroy);
      sharedConfiguration.destroy();
    }
  }

  @Override
  public void cancel() {
    categories.cancel();
  }

  private void requireSomethingToDo(UpdateOptions update) {
    if (banks == null) {
      throw new InvalidInputException("Name the bank, or the folder of the banks.");
    }
    if (data.isEmpty() && remove.isEmpty() && update.window().isOpen() && refit != Refit.ALWAYS) {
      throw new InvalidInputException(
          "There is nothing to do: name new images with --data, or what leaves the bank with"
              + " --remove, --keep-last or --newer-than.");
    }
  }
}
