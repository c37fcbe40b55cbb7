package io.nightjar.job;

import io.nightjar.backbone.graph.BackboneModel;
import io.nightjar.dataset.Catalogue;
import io.nightjar.dataset.Category;
import io.nightjar.dataset.layout.DataSets;
import io.nightjar.dataset.layout.Purpose;
import io.nightjar.error.InvalidInputException;
import io.nightjar.io.place.InputPlaces;
import io.nightjar.job.artifact.EvaluationKeys;
import io.nightjar.job.artifact.RunStore;
import io.nightjar.job.bank.CategoryBanks;
import io.nightjar.job.compare.Baseline;
import io.nightjar.job.compare.BaselineInWords;
import io.nightjar.job.decision.Calibrations;
import io.nightjar.job.decision.MeasuredDecisions;
import io.nightjar.job.evaluate.CategoryEvaluations;
import io.nightjar.job.evaluate.EvaluationPlan;
import io.nightjar.job.evaluate.EvaluationReasons;
import io.nightjar.job.evaluate.OutcomeListener;
import io.nightjar.job.folder.Request;
import io.nightjar.job.folder.RunFolder;
import io.nightjar.job.measure.MapMeasure;
import io.nightjar.job.options.BankOptions;
import io.nightjar.job.options.BankScope;
import io.nightjar.job.options.EvaluationOptions;
import io.nightjar.job.options.FitOptions;
import io.nightjar.job.options.RunLabel;
import io.nightjar.job.output.EvaluationReports;
import io.nightjar.job.output.RunWriter;
import io.nightjar.job.output.WrittenRun;
import io.nightjar.job.result.BaselineOutcome;
import io.nightjar.job.result.RunResult;
import io.nightjar.job.run.ExecutorSurvey;
import io.nightjar.job.run.RunContext;
import io.nightjar.job.run.RunInputs;
import io.nightjar.job.run.RunManifest;
import io.nightjar.job.run.TrainPatchesRule;
import io.nightjar.metric.decision.DecisionRates;
import io.nightjar.report.EvaluationReport;
import io.nightjar.report.comparison.ComparisonOptions;
import io.nightjar.report.comparison.Gate;
import io.nightjar.report.page.BaselineSummary;
import io.nightjar.report.published.Comparison;
import io.nightjar.report.reason.ReasonOptions;
import io.nightjar.text.Text;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
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
  private Optional<String> reuse = Optional.empty();
  private Optional<Baseline> baseline = Optional.empty();
  private boolean keepEmbeddings;
  private List<Integer> otherNeighbours = List.of();
  private boolean keepCounts = true;
  private String part = "";
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
    this.reuse = Optional.of(folder);
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
    this.keepEmbeddings = keep;
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
    this.otherNeighbours = List.copyOf(numbers);
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
    this.keepCounts = keep;
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
    refuseBuildOptions();
    refuseKeeping();
    if (reasons.asked()) {
      throw new InvalidInputException(
          "The option --reasons explains scores by one bank, and an ensemble averages the maps of"
              + " several; leave it out, or evaluate the member by itself.");
    }
    BackboneModel model = plan(catalogue, configuration).model();
    backbone(model);
    return model;
  }

  /** Makes the evaluation the member of an ensemble of a name. */
  EvaluateDataset part(String member) {
    this.part = member;
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
    refuseBuildOptions();
    refuseKeeping();
    if (reasons.asked() && bank.isEmpty()) {
      EvaluationReasons.requireFiles(allOptions(), reuse.isPresent());
    }
    InputPlaces inputs = inputs(configuration).folder("--bank", bank.map(EvaluateDataset::folder));
    Optional<Baseline.Opened> before =
        baseline.map(choice -> choice.open(out, data, configuration));
    before.ifPresent(opened -> opened.addTo(inputs));
    inputs.requireApart("--out", out);
    reuse.ifPresent(folder -> inputs.requireApart("--reuse", folder));
    Catalogue found =
        DataSets.list(
                data,
                categories(),
                bank.isPresent() ? Purpose.TEST : Purpose.EVALUATE,
                layout(),
                configuration)
            .requireTestImages(data);
    RunLabel meaning = label.of(found);
    EvaluationPlan plan = plan(found.categories(), configuration);
    Optional<Calibrations> calibrations = calibrations(plan, configuration);
    try (RunContext run = run(plan.model())) {
      ExecutorSurvey executors = ExecutorSurvey.take(run, plan.model().spec());
      Request request = request(subject(plan), files(plan.catalogue()));
      found(inputs, plan.catalogue());
      try (RunFolder folder = RunFolder.claim(out, overwrite(), request, inputs, configuration)) {
        claimed();
        TrainPatchesRule trainPatches = trainPatches(plan, executors, run);
        RunManifest manifest =
            manifest(plan, found, executors, trainPatches).request(Request.FIELD, request.sha256());
        Optional<RunStore> store = reuse.map(place -> store(place, plan, executors, configuration));
        EvaluationReasons explained = new EvaluationReasons(reasons.plan(plan.catalogue().size()));
        CategoryEvaluations.Evaluated outcomes =
            plan.evaluate(
                run, trainPatches, meaning, store, reasons.asked() ? explained : listener);
        EvaluationReport report =
            new EvaluationReports(manifest, store.map(kept -> kept.store().uri()))
                .report(outcomes.evaluated(), outcomes.failed(), outcomes.sharedBank());
        EvaluationReport decided =
            calibrations
                .map(own -> MeasuredDecisions.addTo(report, outcomes.evaluated(), own, rates))
                .orElse(report);
        EvaluationReport complete =
            withInputs(decided, found).withRun(run.withResources(report.run()));
        WrittenRun written =
            write(
                plan,
                complete,
                meaning.comparison(),
                outcomes,
                explained,
                run,
                folder,
                before.map(BaselineInWords::pending));
        RunResult result = new RunResult(written.report(), written.comparison(), out);
        return before
            .map(opened -> result.comparedWith(compare(opened, written, configuration)))
            .orElse(result);
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
    if (rates.isAsked() && plan.banks().isEmpty()) {
      throw new InvalidInputException(
          Text.format(
              "The option --%s needs the scores that a stored bank has of its own images; name one"
                  + " with --bank, or leave it out.",
              DecisionRates.FALSE_ALARMS));
    }
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

  /** A stored bank was built with options of its own. */
  private void refuseBuildOptions() {
    List<String> refused =
        Stream.concat(
                changed(options.bank().asMap(), BankOptions.DEFAULT.asMap()),
                changed(options.fit().asMap(), FitOptions.DEFAULT.asMap()))
            .toList();
    if (bank.isPresent() && !refused.isEmpty()) {
      throw new InvalidInputException(
          Text.format(
              "The options %s say how a bank is built, but %s is a bank that is stored; leave one"
                  + " out.",
              String.join(", ", refused), bank.get()));
    }
  }

  /** Embeddings are kept in a store, and only those that a bank is built of. */
  private void refuseKeeping() {
    if (keepEmbeddings && reuse.isEmpty()) {
      throw new InvalidInputException(
          "--keep-embeddings keeps them in the store, and --reuse none says that there is none;"
              + " leave one out.");
    }
    if (keepEmbeddings && options.bank().scope() == BankScope.UNIFIED) {
      throw new InvalidInputException(
          "--keep-embeddings keeps those of each category's own bank, and of the bank of --scope"
              + " unified nothing is kept; leave one out.");
    }
    if (keepEmbeddings && bank.isPresent()) {
      throw new InvalidInputException(
          Text.format(
              "--keep-embeddings keeps what a bank is built of, and %s is a bank that is stored;"
                  + " leave one out.",
              bank.get()));
    }
  }

  private static Stream<String> changed(Map<String, Object> given, Map<String, Object> defaults) {
    return given.entrySet().stream()
        .filter(option -> !option.getValue().equals(defaults.get(option.getKey())))
        .map(option -> option.getKey() + " = " + option.getValue());
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

  private RunStore store(
      String folder, EvaluationPlan plan, ExecutorSurvey executors, Configuration configuration) {
    return RunStore.open(
        folder,
        part,
        new EvaluationKeys(plan.model(), plan.options(), executors),
        keepEmbeddings,
        otherNeighbours.stream()
            .filter(other -> other != plan.options().search().neighbours())
            .toList(),
        keepCounts,
        configuration);
  }

  private static TrainPatchesRule trainPatches(
      EvaluationPlan plan, ExecutorSurvey executors, RunContext run) {
    return new TrainPatchesRule(
        plan.options().fit().trainPatches(),
        executors.freeBytes(),
        run.atOnce(plan.bankImages().size()),
        !plan.options().embed().tiles().isNone());
  }

  /** The network, and the banks where they are stored ones. */
  private static Map<String, Object> subject(EvaluationPlan plan) {
    Map<String, Object> subject = new LinkedHashMap<>(RunManifest.method(plan.model()));
    plan.banks().ifPresent(banks -> subject.put(RunManifest.BANKS, banks.describe()));
    return subject;
  }

  private RunManifest manifest(
      EvaluationPlan plan,
      Catalogue found,
      ExecutorSurvey executors,
      TrainPatchesRule trainPatches) {
    Map<String, Object> subject = new LinkedHashMap<>(RunManifest.method(plan.model()));
    executors.describe(subject);
    subject.putAll(subject(plan));
    if (plan.banks().isEmpty()) {
      subject.put("train_patches", trainPatches.describe(plan.bankImages(), plan.model().layout()));
    }
    return new RunManifest(session(), requireData(), subject, recorded(plan), label).of(found);
  }

  private Map<String, Object> recorded(EvaluationPlan plan) {
    Map<String, Object> recorded = new LinkedHashMap<>(plan.recordedOptions());
    recorded.putAll(rates.asMap());
    recorded.putAll(reasons.asMap());
    return recorded;
  }

  private static EvaluationReport withInputs(EvaluationReport report, Catalogue found) {
    RunInputs inputs = new RunInputs();
    report.quarantines().forEach(left -> inputs.leftOut(left.category(), left.files()));
    return report.withInputs(inputs.of(found));
  }

  private WrittenRun write(
      EvaluationPlan plan,
      EvaluationReport report,
      Comparison comparison,
      CategoryEvaluations.Evaluated outcomes,
      EvaluationReasons explained,
      RunContext run,
      RunFolder folder,
      Optional<BaselineSummary> baseline) {
    MapMeasure measure =
        MapMeasure.of(options.map(), options.measure(), plan.model().spec().imageSize());
    WrittenRun written =
        explained
            .addTo(
                new RunWriter(run, folder.location(), output().visualizations(), measure),
                RunManifest.place(session(), requireData()),
                plan.model().spec(),
                outcomes.evaluated())
            .write(report, comparison, outcomes.evaluated(), baseline);
    folder.publish();
    return written;
  }

  private BaselineOutcome compare(
      Baseline.Opened baseline, WrittenRun written, Configuration configuration) {
    String out = requireOut(INCOMPLETE);
    BaselineOutcome outcome = baseline.compare(out, configuration);
    written.addToPage(BaselineInWords.of(outcome), out, configuration);
    return outcome;
  }

  @Override
  void describe(Map<String, Object> given) {
    super.describe(given);
    bank.ifPresent(location -> given.put("bank", location));
    reuse.ifPresent(folder -> given.put("reuse", folder));
    baseline.ifPresent(choice -> given.putAll(choice.asMap()));
    if (keepEmbeddings) {
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
