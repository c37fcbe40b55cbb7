package io.nightjar.job;

import io.nightjar.backbone.graph.BackboneModel;
import io.nightjar.bank.store.BankLocation;
import io.nightjar.bank.store.BankManifest;
import io.nightjar.bank.store.BankPublisher;
import io.nightjar.dataset.Catalogue;
import io.nightjar.dataset.Category;
import io.nightjar.dataset.layout.NormalImages;
import io.nightjar.dataset.ledger.Inputs;
import io.nightjar.error.InvalidInputException;
import io.nightjar.io.place.InputPlaces;
import io.nightjar.job.artifact.EvaluationKeys;
import io.nightjar.job.artifact.RunStore;
import io.nightjar.job.bank.BankBuilder;
import io.nightjar.job.bank.BankImages;
import io.nightjar.job.bank.CategoryImages;
import io.nightjar.job.bank.UnifiedImages;
import io.nightjar.job.bank.version.NextVersion;
import io.nightjar.job.fit.FitPlan;
import io.nightjar.job.options.BankOptions;
import io.nightjar.job.options.BankScope;
import io.nightjar.job.options.EvaluationOptions;
import io.nightjar.job.options.FitOptions;
import io.nightjar.job.result.BuiltBank;
import io.nightjar.job.run.ConcurrentCategories;
import io.nightjar.job.run.ExecutorSurvey;
import io.nightjar.job.run.RunContext;
import io.nightjar.job.run.RunInputs;
import io.nightjar.job.run.TrainPatchesRule;
import io.nightjar.report.FailedCategory;
import io.nightjar.text.Text;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.Stream;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.sql.SparkSession;

/**
 * Builds memory banks of normal images and stores them, a folder for each category, or one bank of
 * all ({@link BankOptions#scope}) in the folder {@code unified}. The executors write the rows; the
 * driver never holds any.
 *
 * <pre>{@code
 * BuildBanks.Result result =
 *     new BuildBanks(spark)
 *         .data("s3a://factory/mvtec_ad")
 *         .backbone(BackboneModel.build(EmbeddingSpec.of(Architecture.RESNET50), weights))
 *         .banks("s3a://factory/banks")
 *         .execute();
 * }</pre>
 *
 * <p>The images are found as {@link NormalImages} finds them. Banks of the categories named are
 * built; for a folder or a manifest of images a category is the bank's name.
 *
 * <p>The same images, backbone and options give bit-identical rows on any number of executors of
 * one kind of processor. A bank appears with its last step; what fails before leaves the bank as it
 * was.
 */
public final class BuildBanks extends EmbeddingAction<BuildBanks, BuildBanks.Result> {
  private static final String INCOMPLETE = "Name the images and the folder for the banks.";

  private Optional<String> banks = Optional.empty();
  private boolean overwrite;
  private Optional<String> reuse = Optional.empty();
  private boolean keepEmbeddings;
  private BankOptions bank = BankOptions.DEFAULT;
  private FitOptions fit = FitOptions.DEFAULT;

  /**
   * The banks that were built and the categories that failed.
   *
   * @param built in catalogue order
   * @param failed in catalogue order, with the reasons
   * @param inputs what became of every entry that was found
   */
  public record Result(List<BuiltBank> built, List<FailedCategory> failed, Inputs inputs) {

    /**
     * Whether every category has its bank.
     *
     * @return false if {@code failed} names a category
     */
    public boolean complete() {
      return failed.isEmpty();
    }
  }

  /**
   * What is built of what.
   *
   * @param found the images of each category
   * @param unified the same of all, where one bank is built of them
   * @param bankImages the images of each bank
   * @param next the version that each bank gets, by the bank's name
   */
  private record Plan(
      Catalogue found,
      Optional<UnifiedImages> unified,
      List<Category> bankImages,
      Map<String, NextVersion> next,
      BackboneModel model) {}

  /**
   * Creates a build with default options; nothing runs before {@link #execute}.
   *
   * @param session the Spark session that runs the jobs
   */
  public BuildBanks(SparkSession session) {
    super(session);
  }

  /**
   * Sets the folder of the banks; the bank of each category is a folder below it.
   *
   * @param folder on any Hadoop file system, without a version
   * @return this action
   */
  public BuildBanks banks(String folder) {
    this.banks = Optional.of(folder);
    return this;
  }

  /**
   * Builds a new version of a bank that is already there; its older versions stay.
   *
   * @param replace whether to do so; otherwise the run is refused where a bank is already there
   * @return this action
   */
  public BuildBanks overwrite(boolean replace) {
    this.overwrite = replace;
    return this;
  }

  /**
   * Takes from a store the banks that an evaluation of the same images with the same options built,
   * or, of images that changed in part, what it keeps of the others. Without this, nothing is taken
   * or kept.
   *
   * @param folder on any Hadoop file system in which the store's own folder {@code .nightjar-store}
   *     is or will be, such as that of a run
   * @return this action
   */
  public BuildBanks reuse(String folder) {
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
  public BuildBanks keepEmbeddings(boolean keep) {
    this.keepEmbeddings = keep;
    return this;
  }

  /**
   * Which rows the banks have.
   *
   * @param options scope, explained variance ratio and coreset
   * @return this action
   */
  public BuildBanks options(BankOptions options) {
    this.bank = options;
    return this;
  }

  /**
   * How the banks are fitted.
   *
   * @param options size of chunks, reuse of patches and PCA solver
   * @return this action
   */
  public BuildBanks options(FitOptions options) {
    this.fit = options;
    return this;
  }

  @Override
  Result perform(Configuration configuration) {
    Plan plan = plan(configuration);
    try (RunContext run = run(plan.model())) {
      ExecutorSurvey executors = ExecutorSurvey.take(run, plan.model().spec());
      TrainPatchesRule trainPatches = trainPatches(plan, executors, run);
      Optional<RunStore> store =
          reuse.map(place -> store(place, plan.model(), executors, configuration));
      ConcurrentCategories.Outcomes<BuiltBank> outcomes =
          new ConcurrentCategories(run)
              .run(
                  plan.bankImages().stream()
                      .map(images -> builder(plan, images, trainPatches, run, store))
                      .toList());
      return result(plan, outcomes);
    }
  }

  /** Finds the images and the places of their banks, and refuses what cannot be built. */
  private Plan plan(Configuration configuration) {
    String images = data().orElseThrow(() -> new InvalidInputException(INCOMPLETE));
    BankLocation root = folder();
    requireNetwork();
    fit.requireRoomFor(embed());
    refuseKeeping();
    InputPlaces inputs = inputs(configuration);
    reuse.ifPresent(place -> inputs.requireApart("--reuse", place));
    Catalogue found = NormalImages.find(images, categories(), layout(), configuration);
    List<Category> catalogue = found.categories();
    Optional<UnifiedImages> unified =
        bank.scope() == BankScope.UNIFIED
            ? Optional.of(new UnifiedImages(catalogue, runOptions().maxQuarantined()))
            : Optional.empty();
    List<Category> bankImages =
        unified.isPresent() ? List.of(UnifiedImages.asOne(catalogue)) : catalogue;
    BankManifest.Source source = BankManifest.Source.of(images, found.layout(), configuration);
    Map<String, NextVersion> next = new LinkedHashMap<>();
    for (Category category : bankImages) {
      BankLocation place = root.category(category.name());
      inputs.requireApart("--bank", place.uri());
      next.put(category.name(), new NextVersion(place, parent(place, configuration), source));
    }
    BackboneModel model = load(configuration);
    bank.requireFits(model.spec());
    // It makes the folders of banks, so it comes after all that can be refused.
    next.values().forEach(version -> publisher(version.bank(), configuration).requireWritable());
    return new Plan(found, unified, bankImages, next, model);
  }

  private void refuseKeeping() {
    RunStore.requireFor(keepEmbeddings, reuse);
    if (reuse.isPresent() && bank.scope() == BankScope.UNIFIED) {
      throw new InvalidInputException(
          "Of the bank of --scope unified nothing is kept in a store, and nothing taken; leave"
              + " --reuse out.");
    }
  }

  private RunStore store(
      String place, BackboneModel model, ExecutorSurvey executors, Configuration configuration) {
    EvaluationOptions keyed =
        EvaluationOptions.builder().embed(embed()).bank(bank).fit(fit).run(runOptions()).build();
    return RunStore.share(
        place, new EvaluationKeys(model, keyed, executors), keepEmbeddings, configuration);
  }

  private BankLocation folder() {
    String folder = banks.orElseThrow(() -> new InvalidInputException(INCOMPLETE));
    BankLocation root = BankLocation.parse(folder);
    if (root.version().isPresent()) {
      throw new InvalidInputException(
          Text.format(
              "--bank %s names a version, but a new one is to be built; name the folder alone.",
              folder));
    }
    return root;
  }

  /** The present version of a bank. */
  private OptionalInt parent(BankLocation place, Configuration configuration) {
    OptionalInt current = publisher(place, configuration).currentVersion();
    if (current.isPresent() && !overwrite) {
      throw new InvalidInputException(
          Text.format(
                  "There is a bank in %s already, version %d; add --overwrite for a new version of"
                      + " it, or",
                  place.uri(), current.getAsInt())
              + " name another folder.");
    }
    return current;
  }

  private static BankPublisher publisher(BankLocation place, Configuration configuration) {
    return new BankPublisher(place.uri(), configuration);
  }

  private TrainPatchesRule trainPatches(Plan plan, ExecutorSurvey executors, RunContext run) {
    return new TrainPatchesRule(
        fit.trainPatches(),
        executors.freeBytes(),
        run.atOnce(plan.bankImages().size()),
        !embed().tiles().isNone());
  }

  private BankBuilder builder(
      Plan plan,
      Category category,
      TrainPatchesRule trainPatches,
      RunContext run,
      Optional<RunStore> store) {
    BankImages images =
        plan.unified().isPresent()
            ? plan.unified().get()
            : new CategoryImages(category, runOptions().maxQuarantined());
    boolean keepPatches = trainPatches.decide(category, plan.model().layout()).keep();
    BankBuilder builder =
        new BankBuilder(
            run, images, plan.next().get(category.name()), new FitPlan(bank, fit, keepPatches));
    return store.map(shared -> builder.reusing(shared, category)).orElse(builder);
  }

  private static Result result(Plan plan, ConcurrentCategories.Outcomes<BuiltBank> outcomes) {
    List<FailedCategory> failed =
        Stream.concat(
                plan.unified().stream().flatMap(images -> images.failures().stream()),
                outcomes.failed().stream())
            .toList();
    RunInputs inputs = new RunInputs();
    failed.forEach(category -> inputs.leftOut(category.category(), category.quarantined()));
    outcomes
        .evaluated()
        .forEach(bank -> inputs.leftOut(bank.manifest().category(), bank.quarantined()));
    plan.unified()
        .ifPresent(
            images ->
                plan.found()
                    .categories()
                    .forEach(
                        category -> inputs.leftOut(category.name(), images.leftOut(category))));
    return new Result(outcomes.evaluated(), failed, inputs.of(plan.found()));
  }

  @Override
  void describe(Map<String, Object> given) {
    super.describe(given);
    banks.ifPresent(folder -> given.put("bank", folder));
    given.put("overwrite", overwrite);
    reuse.ifPresent(place -> given.put("reuse", place));
    if (keepEmbeddings) {
      given.put("keep_embeddings", true);
    }
    given.putAll(bank.asMap());
    given.putAll(fit.asMap());
  }

  @Override
  String outcome(Result result) {
    return Text.format(
        "%s built, %d failed",
        Text.counted(result.built().size(), "bank", "banks"), result.failed().size());
  }

  @Override
  BuildBanks self() {
    return this;
  }
}
