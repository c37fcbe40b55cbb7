package io.nightjar.job;

import io.nightjar.backbone.graph.BackboneModel;
import io.nightjar.bank.store.BankLocation;
import io.nightjar.bank.store.StoredBank;
import io.nightjar.dataset.Catalogue;
import io.nightjar.dataset.Category;
import io.nightjar.dataset.layout.UnlabelledImages;
import io.nightjar.error.InvalidInputException;
import io.nightjar.io.place.InputPlaces;
import io.nightjar.job.artifact.EvaluationKeys;
import io.nightjar.job.artifact.RunStore;
import io.nightjar.job.bank.CategoryBanks;
import io.nightjar.job.decision.Calibrations;
import io.nightjar.job.detection.RegionWriter;
import io.nightjar.job.evaluate.CategoryScoring;
import io.nightjar.job.folder.Request;
import io.nightjar.job.folder.RunFolder;
import io.nightjar.job.measure.MapMeasure;
import io.nightjar.job.options.EvaluationOptions;
import io.nightjar.job.options.MapOptions;
import io.nightjar.job.options.MeasureOptions;
import io.nightjar.job.options.RunLabel;
import io.nightjar.job.options.SearchOptions;
import io.nightjar.job.options.SubmissionOptions;
import io.nightjar.job.output.Reuse;
import io.nightjar.job.output.ScoreWriter;
import io.nightjar.job.output.ScoredCategory;
import io.nightjar.job.output.Submission;
import io.nightjar.job.reason.ReasonWriter;
import io.nightjar.job.result.SubmittedMaps;
import io.nightjar.job.run.ConcurrentCategories;
import io.nightjar.job.run.ExecutorSurvey;
import io.nightjar.job.run.RunContext;
import io.nightjar.job.run.RunInputs;
import io.nightjar.job.run.RunManifest;
import io.nightjar.metric.decision.DecisionRates;
import io.nightjar.metric.detection.RegionOptions;
import io.nightjar.report.CategoryScores;
import io.nightjar.report.ScoringReport;
import io.nightjar.report.reason.CategoryReasons;
import io.nightjar.report.reason.ReasonOptions;
import io.nightjar.report.reason.ReasonPlan;
import io.nightjar.text.Text;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.sql.SparkSession;

/**
 * Scores unlabelled images with stored banks, the categories concurrently on one cluster, and
 * writes tables, maps and visualizations of the images with the highest scores.
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
 * <p>The images are found as {@link UnlabelledImages} finds them. The categories named are scored;
 * for a folder or a manifest of images a category says what they are images of. Where none is named
 * and the bank is a single one, it is the bank's.
 *
 * <p>Maps and scores are those that {@link EvaluateDataset} makes of the same images with the same
 * bank, bit for bit.
 */
public final class ScoreImages extends ScoringAction<ScoreImages, ScoreImages.Result> {
  private static final String INCOMPLETE =
      "Name the images, the bank and the folder for the results.";

  private Optional<String> bank = Optional.empty();
  private Optional<String> reuse = Optional.empty();
  private boolean keepEmbeddings;
  private SearchOptions search = SearchOptions.DEFAULT;
  private MapOptions map = MapOptions.DEFAULT;
  private SubmissionOptions submission = SubmissionOptions.DEFAULT;
  private DecisionRates rates = DecisionRates.NONE;
  private RegionOptions regions = RegionOptions.NONE;
  private ReasonOptions reasons = ReasonOptions.NONE;

  /**
   * The scores of a run.
   *
   * @param report the scores of each category, and the categories that failed
   * @param out the folder that holds it
   * @param submitted what was written for an evaluation server; empty where that was not asked for
   */
  public record Result(ScoringReport report, String out, Optional<SubmittedMaps> submitted) {

    /**
     * Whether every category has scores.
     *
     * @return false if the report names a category that failed
     */
    public boolean complete() {
      return report.failed().isEmpty();
    }
  }

  /** Images of each category with the bank that they are compared with. */
  private record Plan(
      Catalogue found,
      CategoryBanks banks,
      BackboneModel model,
      Optional<Submission> submission,
      Optional<Calibrations> calibrations) {}

  /**
   * Creates a scoring with default options; nothing runs before {@link #execute}.
   *
   * @param session the Spark session that runs the jobs
   */
  public ScoreImages(SparkSession session) {
    super(session);
  }

  /**
   * Sets the banks to score with.
   *
   * @param location a folder of banks by category, or one bank; {@code URI} or {@code URI@VERSION}
   * @return this action
   */
  public ScoreImages bank(String location) {
    this.bank = Optional.of(location);
    return this;
  }

  /**
   * Takes the patch distances of images that a run with the same bank, network and options compared
   * before from a store, and keeps those of the others there. Without this, nothing is kept or
   * taken.
   *
   * @param folder on any Hadoop file system in which the store's own folder {@code .nightjar-store}
   *     is or will be, such as {@link #out} or that of an evaluation
   * @return this action
   */
  public ScoreImages reuse(String folder) {
    this.reuse = Optional.of(folder);
    return this;
  }

  /**
   * Also keeps the patch embeddings of images in the store, so that they are not embedded again
   * where the bank is another. They take 3.2 MB an image with the default layers of ResNet-50.
   *
   * @param keep whether they are kept; needs {@link #reuse}
   * @return this action
   */
  public ScoreImages keepEmbeddings(boolean keep) {
    this.keepEmbeddings = keep;
    return this;
  }

  /**
   * How images are compared with the banks.
   *
   * @param options neighbours, broadcast limit and search method
   * @return this action
   */
  public ScoreImages options(SearchOptions options) {
    this.search = options;
    return this;
  }

  /**
   * How distances become maps.
   *
   * @param options smoothing, in pixels of the network's input
   * @return this action
   */
  public ScoreImages options(MapOptions options) {
    this.map = options;
    return this;
  }

  /**
   * Whether maps are written as an evaluation server takes them.
   *
   * @param options the server, and where thresholds come from
   * @return this action
   */
  public ScoreImages options(SubmissionOptions options) {
    this.submission = options;
    return this;
  }

  /**
   * Decides on each image by the scores that the banks keep of their own images.
   *
   * @param stated how often normal images may be taken for anomalous; nothing is decided by default
   * @return this action
   */
  public ScoreImages options(DecisionRates stated) {
    this.rates = stated;
    return this;
  }

  /**
   * Finds the regions of images that lie above a threshold.
   *
   * @param options whether they are found, the threshold, and what counts as one region
   * @return this action
   */
  public ScoreImages options(RegionOptions options) {
    this.regions = options;
    return this;
  }

  /**
   * Gives reasons for the scores of the highest patches of images: the nearest normal patch of
   * each, and what the distance consists of.
   *
   * @param options how many patches of each image; none by default
   * @return this action
   */
  public ScoreImages options(ReasonOptions options) {
    this.reasons = options;
    return this;
  }

  @Override
  Result perform(Configuration configuration) {
    String out = requireOut(INCOMPLETE);
    regions.requireThreshold(rates);
    InputPlaces inputs =
        inputs(configuration)
            .folder("--bank", bank.map(ScoreImages::folder))
            .folder("--submission-thresholds", submission.thresholds());
    inputs.requireApart("--out", out);
    RunStore.requireFor(keepEmbeddings, reuse);
    reuse.ifPresent(folder -> inputs.requireApart("--reuse", folder));
    Plan plan = plan(configuration);
    try (RunContext run = run(plan.model())) {
      ExecutorSurvey executors = ExecutorSurvey.take(run, plan.model().spec());
      Request request = request(subject(plan), files(plan.found().categories()));
      found(inputs, plan.found().categories());
      try (RunFolder folder = RunFolder.claim(out, overwrite(), request, inputs, configuration)) {
        claimed();
        RunManifest manifest = manifest(plan, executors).request(Request.FIELD, request.sha256());
        // Without a mask there is no size to meet but the image's own.
        MapMeasure measure =
            MapMeasure.of(map, MeasureOptions.DEFAULT, plan.model().spec().imageSize());
        Optional<RunStore> store =
            reuse.map(place -> store(place, plan.model(), executors, configuration));
        ConcurrentCategories.Outcomes<ScoredCategory> outcomes = score(plan, measure, run, store);
        ScoringReport report = report(manifest, outcomes, plan, run, store);
        if (regions.asked()) {
          report =
              report.withRegions(
                  new RegionWriter(
                          run,
                          folder.location(),
                          regions,
                          measure,
                          (category, score) -> pValue(plan, category, score))
                      .write(outcomes.evaluated(), report.categories()));
        }
        if (reasons.asked()) {
          Map<String, CategoryReasons> explained = new LinkedHashMap<>();
          outcomes
              .evaluated()
              .forEach(scored -> explained.put(scored.scores().category(), scored.reasons()));
          new ReasonWriter(run, folder.location())
              .write(
                  RunManifest.place(session(), data().orElseThrow()),
                  plan.model().spec(),
                  explained);
        }
        AtomicReference<SubmittedMaps> submitted = new AtomicReference<>();
        new ScoreWriter(run, folder.location(), output().visualizations(), measure, regions.rules())
            .write(
                report,
                outcomes.evaluated(),
                () ->
                    plan.submission()
                        .ifPresent(
                            maps ->
                                submitted.set(
                                    maps.write(
                                        outcomes.evaluated(),
                                        plan.found(),
                                        measure,
                                        folder.location(),
                                        run))));
        folder.publish();
        return new Result(report, out, Optional.ofNullable(submitted.get()));
      }
    }
  }

  private static Double pValue(Plan plan, String category, float score) {
    return plan.calibrations().map(own -> own.pValueOfHighest(category, score)).orElse(null);
  }

  /** Finds the images and their banks, and refuses what does not fit. */
  private Plan plan(Configuration configuration) {
    String images = data().orElseThrow(() -> new InvalidInputException(INCOMPLETE));
    String location = bank.orElseThrow(() -> new InvalidInputException(INCOMPLETE));
    requireNetwork();
    BankLocation root = BankLocation.parse(location);
    // Opened once, for what it is a bank of and for its rows.
    Optional<StoredBank> single = StoredBank.find(root, configuration);
    Catalogue found = catalogue(images, single, configuration);
    Optional<Submission> maps =
        submission
            .format()
            .map(format -> Submission.prepare(submission, found, images, configuration));
    List<Category> catalogue = found.categories();
    CategoryBanks banks =
        single
            .map(stored -> CategoryBanks.of(stored, catalogue))
            .orElseGet(() -> CategoryBanks.inFolder(root, catalogue, configuration));
    banks.requireWhiteLevel(embed().whiteLevel());
    banks.requireTiles(embed().tiles());
    if (reasons.asked()) {
      banks.requireWholeImages("--reasons");
    }
    Optional<Calibrations> calibrations =
        Calibrations.find(banks, catalogue, rates, map.imageScore(), search, configuration);
    BackboneModel model = load(banks, configuration);
    search.requireRoomForARow(banks.mostValues());
    return new Plan(found, banks, model, maps, calibrations);
  }

  /** One bank says itself what it is a bank of. */
  private Catalogue catalogue(
      String images, Optional<StoredBank> single, Configuration configuration) {
    return categories().isEmpty() && single.isPresent()
        ? UnlabelledImages.findOne(
            images, single.get().manifest().category(), layout(), configuration)
        : UnlabelledImages.find(images, categories(), layout(), configuration);
  }

  private static Map<String, Object> subject(Plan plan) {
    Map<String, Object> subject = new LinkedHashMap<>(RunManifest.method(plan.model()));
    subject.put(RunManifest.BANKS, plan.banks().describe());
    return subject;
  }

  private RunManifest manifest(Plan plan, ExecutorSurvey executors) {
    Map<String, Object> subject = new LinkedHashMap<>(RunManifest.method(plan.model()));
    executors.describe(subject);
    subject.putAll(subject(plan));
    return new RunManifest(
            session(), data().orElseThrow(), subject, recordedOptions(), RunLabel.scores())
        .of(plan.found());
  }

  private Map<String, Object> recordedOptions() {
    Map<String, Object> recorded = new LinkedHashMap<>(embed().asMap());
    recorded.putAll(search.asMap());
    recorded.putAll(map.asMap());
    recorded.putAll(runOptions().asMap());
    recorded.putAll(output().asMap());
    recorded.putAll(submission.asMap());
    recorded.putAll(rates.asMap());
    recorded.putAll(regions.asMap());
    recorded.putAll(reasons.asMap());
    recorded.computeIfPresent(
        SubmissionOptions.THRESHOLDS, (name, run) -> RunManifest.place(session(), run.toString()));
    return recorded;
  }

  private RunStore store(
      String folder, BackboneModel model, ExecutorSurvey executors, Configuration configuration) {
    EvaluationOptions keyed =
        EvaluationOptions.builder()
            .embed(embed())
            .search(search)
            .map(map)
            .run(runOptions())
            .build();
    return RunStore.share(
        folder, new EvaluationKeys(model, keyed, executors), keepEmbeddings, configuration);
  }

  private ConcurrentCategories.Outcomes<ScoredCategory> score(
      Plan plan, MapMeasure measure, RunContext run, Optional<RunStore> store) {
    ReasonPlan explained = reasons.plan(plan.found().categories().size());
    return new ConcurrentCategories(run)
        .run(
            plan.found().categories().stream()
                .map(
                    category ->
                        new CategoryScoring(
                            run,
                            category,
                            plan.banks().of(category),
                            search,
                            measure,
                            explained,
                            store))
                .toList());
  }

  private static ScoringReport report(
      RunManifest manifest,
      ConcurrentCategories.Outcomes<ScoredCategory> outcomes,
      Plan plan,
      RunContext run,
      Optional<RunStore> store) {
    Map<String, Reuse> reused = new LinkedHashMap<>();
    outcomes.evaluated().forEach(scored -> reused.put(scored.scores().category(), scored.reuse()));
    Map<String, Map<String, String>> hashes = new LinkedHashMap<>();
    outcomes.evaluated().forEach(scored -> hashes.put(scored.scores().category(), scored.hashes()));
    List<CategoryScores> scores =
        outcomes.evaluated().stream().map(ScoredCategory::scores).toList();
    RunInputs inputs = new RunInputs();
    outcomes
        .evaluated()
        .forEach(
            scored -> inputs.leftOut(scored.scores().category(), scored.scores().quarantined()));
    outcomes
        .failed()
        .forEach(category -> inputs.leftOut(category.category(), category.quarantined()));
    return new ScoringReport(
        manifest.started(),
        run.withResources(
            manifest.info(
                hashes, Map.of(), Reuse.describe(store.map(kept -> kept.store().uri()), reused))),
        plan.calibrations().map(own -> own.decide(scores)).orElse(scores),
        outcomes.failed(),
        inputs.of(plan.found()));
  }

  @Override
  void describe(Map<String, Object> given) {
    super.describe(given);
    bank.ifPresent(location -> given.put("bank", location));
    reuse.ifPresent(folder -> given.put("reuse", folder));
    if (keepEmbeddings) {
      given.put("keep_embeddings", true);
    }
    given.putAll(recordedOptions());
  }

  @Override
  String outcome(Result result) {
    return Text.format(
        "%s scored, %d failed",
        Text.counted(result.report().categories().size(), "category", "categories"),
        result.report().failed().size());
  }

  @Override
  ScoreImages self() {
    return this;
  }
}
