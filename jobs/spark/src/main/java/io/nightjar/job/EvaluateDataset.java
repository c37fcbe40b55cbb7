package io.nightjar.job;

import io.nightjar.backbone.graph.BackboneModel;
import io.nightjar.dataset.Catalogue;
import io.nightjar.dataset.Category;
import io.nightjar.dataset.layout.DataSets;
import io.nightjar.dataset.layout.Purpose;
import io.nightjar.error.InvalidInputException;
import io.nightjar.io.place.InputPlaces;
import io.nightjar.job.artifact.StoreRequest;
import io.nightjar.job.bank.CategoryBanks;
import io.nightjar.job.compare.Baseline;
import io.nightjar.job.compare.BaselineInWords;
import io.nightjar.job.decision.Calibrations;
import io.nightjar.job.evaluate.ConflictingOptions;
import io.nightjar.job.evaluate.EvaluationPlan;
import io.nightjar.job.evaluate.EvaluationReasons;
import io.nightjar.job.evaluate.EvaluationRun;
import io.nightjar.job.evaluate.OutcomeListener;
import io.nightjar.job.folder.Request;
import io.nightjar.job.folder.RunFolder;
import io.nightjar.job.options.BankOptions;
import io.nightjar.job.options.EvaluationOptions;
import io.nightjar.job.options.FitOptions;
import io.nightjar.job.options.RunLabel;
import io.nightjar.job.output.WrittenRun;
import io.nightjar.job.result.RunResult;
import io.nightjar.job.run.ExecutorSurvey;
import io.nightjar.job.run.RunContext;
import io.nightjar.metric.decision.DecisionRates;
import io.nightjar.report.comparison.ComparisonOptions;
import io.nightjar.report.comparison.Gate;
import io.nightjar.report.reason.ReasonOptions;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.sql.SparkSession;

/**
 * Evaluates every category of a data set in MVTec AD's layout, the categories concurrently on one
 * cluster, and writes tables, maps, visualizations and a page.
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
public final class EvaluateDataset extends ScoringAction<EvaluateDataset, RunResult> {
  private static final String INCOMPLETE = "Name the data set and the folder for the results.";

  private Optional<String> bank = Optional.empty();
  private StoreRequest store = StoreRequest.NONE;
  private Optional<Baseline> baseline = Optional.empty();
  private RunLabel label = RunLabel.pretrained();
  private OutcomeListener listener = OutcomeListener.NONE;
  private EvaluationOptions options = EvaluationOptions.DEFAULT;
  private DecisionRates rates = DecisionRates.NONE;
  private ReasonOptions reasons = ReasonOptions.NONE;

  /**
   * Creates an evaluation with default options; nothing runs before {@link #execute}.
   *
   * @param session the Spark session that runs the jobs
   */
  public EvaluateDataset(SparkSession session) {
    super(session);
  }

  /**
   * Sets stored banks to compare with; the normal images are then not needed. What a stored bank
   * consists of is its own: {@link BankOptions} and {@link FitOptions} other than the defaults are
   * refused by {@link #execute}.
   *
   * @param location a folder of banks by category, or one bank, of a category or of all; {@code
   *     URI} or {@code URI@VERSION}
   * @return this action
   */
  public EvaluateDataset bank(String location) {
    this.bank = Optional.of(location);
    return this;
  }

  /**
   * Decides on the test images by the scores that stored banks keep of their own images, and
   * compares the decisions with the labels; needs {@link #bank}.
   *
   * @param stated how often normal images may be taken for anomalous; nothing is decided by default
   * @return this action
   */
  public EvaluateDataset options(DecisionRates stated) {
    this.rates = stated;
    return this;
  }

  /**
   * Gives reasons for the scores of the highest patches of each test image: the nearest normal
   * patch of each, and what the distance consists of. They are read from the files of the banks, so
   * that banks which the run builds need a store, see {@link #reuse}.
   *
   * @param explained how many patches of each image; none by default
   * @return this action
   */
  public EvaluateDataset options(ReasonOptions explained) {
    this.reasons = explained;
    return this;
  }

  /**
   * Keeps what each category consists of in a store, at once and verified, and takes from it what
   * an earlier run kept and nothing has changed of. Without this, nothing is kept or taken.
   *
   * @param folder on any Hadoop file system in which the store's own folder {@code .nightjar-store}
   *     is or will be, such as {@link #out} or that of another run
   * @return this action
   */
  public EvaluateDataset reuse(String folder) {
    this.store = store.in(folder);
    return this;
  }

  /**
   * Compares the evaluation with an earlier run when it has ended; the files of the comparison are
   * written next to the results. A baseline that cannot be read is refused before any work.
   *
   * @param location the folder of a run, or {@code FOLDER/latest} for the newest run in a folder of
   *     runs
   * @param comparison how the runs are compared
   * @param gate what the evaluation must not be
   * @return this action
   */
  public EvaluateDataset baseline(String location, ComparisonOptions comparison, Gate gate) {
    this.baseline = Optional.of(new Baseline(location, comparison, gate));
    return this;
  }

  /**
   * Also keeps the patch embeddings of normal images in the store, so that a bank of mostly the
   * same images is built without embedding them again. They take 3.2 MB an image with the default
   * layers of ResNet-50.
   *
   * @param keep whether they are kept; needs {@link #reuse}
   * @return this action
   */
  public EvaluateDataset keepEmbeddings(boolean keep) {
    this.store = store.withEmbeddings(keep);
    return this;
  }

  /**
   * Also keeps, with an exact search, the distances for other numbers of neighbours in the store,
   * so that evaluations with these search nothing. They come out of the same search, and change no
   * figure.
   *
   * @param numbers of neighbours, each at least 1; those of more than a bank has rows are left out
   * @return this action
   */
  public EvaluateDataset alsoKeepNeighbours(List<Integer> numbers) {
    this.store = store.withOtherNeighbours(numbers);
    return this;
  }

  /**
   * Whether the store also keeps what each batch of test images was counted as, and the run takes
   * it. It serves evaluations that are killed, and later ones of almost the same test images in
   * this configuration; evaluations of one data set in many configurations are faster without.
   *
   * @param keep false to keep and take none; without {@link #reuse} it has no effect
   * @return this action
   */
  public EvaluateDataset keepCounts(boolean keep) {
    this.store = store.withCounts(keep);
    return this;
  }

  /**
   * What the figures mean: those of pretrained weights on real data, or of a demonstration.
   *
   * @param runLabel title, warnings and whether published results are comparable
   * @return this action
   */
  public EvaluateDataset label(RunLabel runLabel) {
    this.label = runLabel;
    return this;
  }

  /**
   * Sets all options of an evaluation, in place of all that were set before.
   *
   * @param evaluationOptions the options by concern
   * @return this action
   */
  public EvaluateDataset options(EvaluationOptions evaluationOptions) {
    this.options = evaluationOptions;
    return options(evaluationOptions.embed())
        .options(evaluationOptions.run())
        .options(evaluationOptions.output());
  }

  /**
   * Loads the network for a member of an ensemble, and refuses what cannot be evaluated.
   *
   * @param catalogue of the data set
   */
  BackboneModel prepare(List<Category> catalogue, Configuration configuration) {
    requireNetwork();
    conflicts().refuse();
    conflicts().refuseOfMembers(reasons);
    BackboneModel model = plan(catalogue, configuration).model();
    backbone(model);
    return model;
  }

  /** Makes the evaluation the member of an ensemble of a name. */
  EvaluateDataset part(String member) {
    this.store = store.ofPart(member);
    return this;
  }

  /** Hands the outcomes of the categories over. */
  void listener(OutcomeListener receiver) {
    this.listener = receiver;
  }

  /** Whether stored banks are compared with. */
  boolean hasStoredBanks() {
    return bank.isPresent();
  }

  /** The options by concern. */
  EvaluationOptions evaluationOptions() {
    return allOptions();
  }

  /** What the figures mean. */
  RunLabel runLabel() {
    return label;
  }

  @Override
  RunResult perform(Configuration configuration) {
    String out = requireOut(INCOMPLETE);
    String data = requireData();
    requireNetwork();
    conflicts().refuse();
    if (reasons.asked() && bank.isEmpty()) {
      EvaluationReasons.requireFiles(allOptions(), store.folder().isPresent());
    }
    InputPlaces inputs = inputs(configuration).folder("--bank", bank.map(EvaluateDataset::folder));
    Optional<Baseline.Opened> before =
        baseline.map(choice -> choice.open(out, data, configuration));
    before.ifPresent(opened -> opened.addTo(inputs));
    inputs.requireApart("--out", out);
    store.folder().ifPresent(folder -> inputs.requireApart("--reuse", folder));
    Catalogue found =
        DataSets.list(
                data,
                categories(),
                bank.isPresent() ? Purpose.TEST : Purpose.EVALUATE,
                layout(),
                configuration)
            .requireTestImages(data);
    EvaluationPlan plan = plan(found.categories(), configuration);
    Optional<Calibrations> calibrations = calibrations(plan, configuration);
    try (RunContext run = run(plan.model())) {
      ExecutorSurvey executors = ExecutorSurvey.take(run, plan.model().spec());
      Request request = request(plan.subject(), files(plan.catalogue()));
      found(inputs, plan.catalogue());
      try (RunFolder folder = RunFolder.claim(out, overwrite(), request, inputs, configuration)) {
        claimed();
        WrittenRun written =
            new EvaluationRun(
                    session(),
                    data,
                    found,
                    plan,
                    label,
                    rates,
                    calibrations,
                    store,
                    reasons,
                    listener)
                .into(folder, request, run, executors, before.map(BaselineInWords::pending));
        return Baseline.compared(before, written, out, configuration);
      }
    }
  }

  /** Finds what is compared with what, and refuses what cannot be. */
  private EvaluationPlan plan(List<Category> catalogue, Configuration configuration) {
    Optional<CategoryBanks> banks =
        bank.map(location -> CategoryBanks.open(location, catalogue, configuration));
    banks.ifPresent(stored -> stored.requireWhiteLevel(embed().whiteLevel()));
    banks.ifPresent(stored -> stored.requireTiles(embed().tiles()));
    if (reasons.asked()) {
      banks.ifPresent(stored -> stored.requireWholeImages("--reasons"));
    }
    BackboneModel model =
        banks.map(stored -> load(stored, configuration)).orElseGet(() -> load(configuration));
    return EvaluationPlan.of(catalogue, model, banks, allOptions());
  }

  private Optional<Calibrations> calibrations(EvaluationPlan plan, Configuration configuration) {
    conflicts().refuse(rates);
    return plan.banks()
        .flatMap(
            banks ->
                Calibrations.find(
                    banks,
                    plan.catalogue(),
                    rates,
                    options.map().imageScore(),
                    options.search(),
                    configuration));
  }

  private String requireData() {
    return data().orElseThrow(() -> new InvalidInputException(INCOMPLETE));
  }

  private ConflictingOptions conflicts() {
    return new ConflictingOptions(options, bank, store);
  }

  private EvaluationOptions allOptions() {
    return EvaluationOptions.builder()
        .embed(embed())
        .bank(options.bank())
        .fit(options.fit())
        .search(options.search())
        .check(options.check())
        .map(options.map())
        .measure(options.measure())
        .run(runOptions())
        .output(output())
        .build();
  }

  @Override
  void describe(Map<String, Object> given) {
    super.describe(given);
    bank.ifPresent(location -> given.put("bank", location));
    store.folder().ifPresent(folder -> given.put("reuse", folder));
    baseline.ifPresent(choice -> given.putAll(choice.asMap()));
    if (store.embeddings()) {
      given.put("keep_embeddings", true);
    }
    given.putAll(rates.asMap());
    given.putAll(reasons.asMap());
    given.putAll(bank.isPresent() ? allOptions().withStoredBanks() : allOptions().asMap());
  }

  @Override
  String outcome(RunResult result) {
    return result.summary();
  }

  @Override
  EvaluateDataset self() {
    return this;
  }
}
