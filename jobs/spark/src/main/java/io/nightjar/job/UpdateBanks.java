package io.nightjar.job;

import io.nightjar.backbone.graph.BackboneModel;
import io.nightjar.dataset.layout.NormalImages;
import io.nightjar.dataset.ledger.Ledger;
import io.nightjar.error.InvalidInputException;
import io.nightjar.io.place.InputPlaces;
import io.nightjar.job.artifact.EvaluationKeys;
import io.nightjar.job.artifact.RunStore;
import io.nightjar.job.options.EvaluationOptions;
import io.nightjar.job.options.FitOptions;
import io.nightjar.job.options.Refit;
import io.nightjar.job.result.UpdatedBank;
import io.nightjar.job.run.ConcurrentCategories;
import io.nightjar.job.run.ExecutorSurvey;
import io.nightjar.job.run.RunContext;
import io.nightjar.job.run.TrainPatchesRule;
import io.nightjar.job.update.BankUpdate;
import io.nightjar.job.update.SlidingWindow;
import io.nightjar.job.update.UpdateOptions;
import io.nightjar.job.update.UpdateTask;
import io.nightjar.report.FailedCategory;
import io.nightjar.text.Text;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.Set;
import java.util.TreeSet;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.sql.SparkSession;

/**
 * Adds normal images to stored banks and removes old ones: a new version of each bank, which shares
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
 * <p>New images are found as {@link NormalImages} finds them; where no place of them is named, old
 * ones are only removed, and no network is needed. What a bank consists of besides its images,
 * variance and scope, is its own.
 *
 * <p>Whatever fails leaves the bank as it was.
 */
public final class UpdateBanks extends EmbeddingAction<UpdateBanks, UpdateBanks.Result> {
  /** Robust standard deviations that an image may lie above the median. */
  public static final double DEFAULT_GUARD = 4;

  /** When the components are fitted again. */
  public static final Refit DEFAULT_REFIT = Refit.AUTO;

  private Optional<String> banks = Optional.empty();
  private Set<String> remove = Set.of();
  private Set<String> accept = Set.of();
  private OptionalInt keepLast = OptionalInt.empty();
  private Optional<Instant> newerThan = Optional.empty();
  private Refit refit = DEFAULT_REFIT;
  private OptionalDouble guard = OptionalDouble.of(DEFAULT_GUARD);
  private Optional<String> review = Optional.empty();
  private FitOptions fit = FitOptions.DEFAULT;
  private Optional<String> reuse = Optional.empty();
  private boolean keepEmbeddings;

  /**
   * The banks that were updated and those that failed.
   *
   * @param updated in the order of their names
   * @param failed in the order of their names, with the reasons
   */
  public record Result(List<UpdatedBank> updated, List<FailedCategory> failed) {

    /**
     * What became of every entry that was found for the banks that were updated.
     *
     * @return the sum of their ledgers
     */
    public Ledger inputs() {
      return Ledger.sum(updated.stream().map(UpdatedBank::inputs).toList());
    }

    /**
     * Whether every bank was updated.
     *
     * @return false if {@code failed} names a bank
     */
    public boolean complete() {
      return failed.isEmpty();
    }
  }

  /**
   * Creates an update with default options; nothing runs before {@link #execute}.
   *
   * @param session the Spark session that runs the jobs
   */
  public UpdateBanks(SparkSession session) {
    super(session);
  }

  /**
   * Sets the banks to update.
   *
   * @param location a bank, or a folder of banks by category, on any Hadoop file system
   * @return this action
   */
  public UpdateBanks banks(String location) {
    this.banks = Optional.of(location);
    return this;
  }

  /**
   * Removes images from one bank; refused where several are to be updated.
   *
   * @param names of its images, as its manifest has them
   * @return this action
   */
  public UpdateBanks remove(Collection<String> names) {
    this.remove = Set.copyOf(names);
    return this;
  }

  /**
   * Adds new images to one bank whatever the guard says; refused where several are to be updated.
   *
   * @param names paths of the images, or their names in the list of images held back
   * @return this action
   */
  public UpdateBanks accept(Collection<String> names) {
    this.accept = Set.copyOf(names);
    return this;
  }

  /**
   * Keeps only the images that were added last.
   *
   * @param images how many, at least 1
   * @return this action
   */
  public UpdateBanks keepLast(int images) {
    this.keepLast = OptionalInt.of(images);
    return this;
  }

  /**
   * Keeps only the images that were added at a time or later. An image is added when the first
   * version that has it is built.
   *
   * @param time the earliest that is kept
   * @return this action
   */
  public UpdateBanks newerThan(Instant time) {
    this.newerThan = Optional.of(time);
    return this;
  }

  /**
   * Whether the banks' principal components are kept.
   *
   * @param rule when they are fitted again
   * @return this action
   */
  public UpdateBanks refit(Refit rule) {
    this.refit = rule;
    return this;
  }

  /**
   * How many robust standard deviations above the median of the bank's own leave-one-image-out
   * scores an image may lie; empty to add all.
   *
   * @param deviations above 0; checked by {@link #execute}
   * @return this action
   */
  public UpdateBanks guard(OptionalDouble deviations) {
    this.guard = deviations;
    return this;
  }

  /**
   * Sets the folder for the lists of images held back; without one they are in the folder of each
   * bank.
   *
   * @param folder on any Hadoop file system
   * @return this action
   */
  public UpdateBanks review(String folder) {
    this.review = Optional.of(folder);
    return this;
  }

  /**
   * Takes from a store what it has of the images: where the components are fitted again, the bank
   * of all of them that an evaluation with the same options built; with {@link #keepEmbeddings},
   * embeddings and covariances. Without this, nothing is taken or kept. An update that reads no
   * image takes nothing.
   *
   * @param folder on any Hadoop file system in which the store's own folder {@code .nightjar-store}
   *     is or will be, such as that of a run
   * @return this action
   */
  public UpdateBanks reuse(String folder) {
    this.reuse = Optional.of(folder);
    return this;
  }

  /**
   * Keeps the patch embeddings of the images in the store. They take 3.2 MB an image with the
   * default layers of ResNet-50.
   *
   * @param keep whether they are kept; needs {@link #reuse}
   * @return this action
   */
  public UpdateBanks keepEmbeddings(boolean keep) {
    this.keepEmbeddings = keep;
    return this;
  }

  /**
   * How passes over normal images are carried out.
   *
   * @param options size of chunks, reuse of patches and PCA solver
   * @return this action
   */
  public UpdateBanks options(FitOptions options) {
    this.fit = options;
    return this;
  }

  @Override
  Result perform(Configuration configuration) {
    UpdateOptions update = update();
    List<UpdateTask> tasks = tasks(update, configuration);
    Optional<BackboneModel> model = model(tasks, configuration);
    try (RunContext run =
        model.map(this::run).orElseGet(() -> run().options(runOptions()).build())) {
      Optional<ExecutorSurvey> executors =
          model.map(network -> ExecutorSurvey.take(run, network.spec()));
      Optional<TrainPatchesRule> trainPatches =
          executors.map(survey -> trainPatches(survey, tasks.size(), run));
      Optional<RunStore> store =
          executors.flatMap(survey -> store(tasks, model.orElseThrow(), survey, configuration));
      ConcurrentCategories.Outcomes<UpdatedBank> outcomes =
          new ConcurrentCategories(run)
              .run(
                  tasks.stream()
                      .map(
                          task ->
                              new BankUpdate(
                                  run,
                                  task,
                                  data(),
                                  update,
                                  fit,
                                  keepsPatches(task, model, trainPatches),
                                  store.map(
                                      shared ->
                                          shared.with(keys(task, model.orElseThrow(), executors)))))
                      .toList());
      return new Result(outcomes.evaluated(), outcomes.failed());
    }
  }

  private UpdateOptions update() {
    if (banks.isEmpty()) {
      throw new InvalidInputException("Name the bank, or the folder of the banks.");
    }
    UpdateOptions update =
        new UpdateOptions(
            remove, new SlidingWindow(keepLast, newerThan), refit, guard, accept, review);
    if (data().isEmpty() && remove.isEmpty() && update.window().isOpen() && !readsImages()) {
      throw new InvalidInputException(
          "There is nothing to do: name new images with --data, or the images to remove with"
              + " --remove, --keep-last or --newer-than.");
    }
    return update;
  }

  private boolean readsImages() {
    return data().isPresent() || refit == Refit.ALWAYS;
  }

  private List<UpdateTask> tasks(UpdateOptions update, Configuration configuration) {
    if (readsImages()) {
      requireNetwork();
      fit.requireRoomFor(embed());
    }
    List<UpdateTask> tasks =
        UpdateTask.list(banks.orElseThrow(), data(), layout(), categories(), configuration);
    InputPlaces inputs = inputs(configuration);
    review.ifPresent(folder -> inputs.requireApart("--review", folder));
    RunStore.requireFor(keepEmbeddings, reuse);
    reuse.ifPresent(folder -> inputs.requireApart("--reuse", folder));
    for (UpdateTask task : tasks) {
      inputs.requireApart("--bank", task.bank().location().uri());
      task.requireUsable(update, tasks.size(), configuration);
      task.bank().requireWhiteLevel(embed().whiteLevel());
      task.bank().requireTiles(embed().tiles());
    }
    return tasks;
  }

  /** The network; none where no image is read. */
  private Optional<BackboneModel> model(List<UpdateTask> tasks, Configuration configuration) {
    Optional<BackboneModel> model =
        readsImages() ? Optional.of(load(configuration)) : Optional.empty();
    model.ifPresent(
        network -> tasks.forEach(task -> task.bank().requireFits(network, embed().aspect())));
    return model;
  }

  private TrainPatchesRule trainPatches(ExecutorSurvey executors, int banks, RunContext run) {
    return new TrainPatchesRule(
        fit.trainPatches(), executors.freeBytes(), run.atOnce(banks), !embed().tiles().isNone());
  }

  /** The store that is shared, with the keys of the first bank; each has keys of its own. */
  private Optional<RunStore> store(
      List<UpdateTask> tasks,
      BackboneModel model,
      ExecutorSurvey executors,
      Configuration configuration) {
    return reuse.map(
        place ->
            RunStore.share(
                place,
                keys(tasks.get(0), model, Optional.of(executors)),
                keepEmbeddings,
                configuration));
  }

  private EvaluationKeys keys(
      UpdateTask task, BackboneModel model, Optional<ExecutorSurvey> executors) {
    EvaluationOptions keyed =
        EvaluationOptions.builder()
            .embed(embed())
            .bank(task.bankOptions())
            .fit(fit)
            .run(runOptions())
            .build();
    return new EvaluationKeys(model, keyed, executors.orElseThrow());
  }

  /** Without a network nothing is embedded, and so nothing is kept. */
  private static boolean keepsPatches(
      UpdateTask task, Optional<BackboneModel> model, Optional<TrainPatchesRule> trainPatches) {
    return model.isPresent()
        && trainPatches.orElseThrow().decide(task.added(), model.get().layout()).keep();
  }

  @Override
  void describe(Map<String, Object> given) {
    super.describe(given);
    banks.ifPresent(location -> given.put("bank", location));
    given.put("remove", new TreeSet<>(remove));
    given.put("accept", new TreeSet<>(accept));
    keepLast.ifPresent(images -> given.put("keep_last", images));
    newerThan.ifPresent(time -> given.put("newer_than", time));
    given.put("refit", refit.id());
    given.put("guard", guard.isPresent() ? guard.getAsDouble() : "off");
    review.ifPresent(folder -> given.put("review", folder));
    reuse.ifPresent(folder -> given.put("reuse", folder));
    if (keepEmbeddings) {
      given.put("keep_embeddings", true);
    }
    given.putAll(fit.asMap());
  }

  @Override
  String outcome(Result result) {
    return Text.format(
        "%s updated, %d failed",
        Text.counted(result.updated().size(), "bank", "banks"), result.failed().size());
  }

  @Override
  UpdateBanks self() {
    return this;
  }
}
