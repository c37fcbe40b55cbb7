package io.nightjar.job;

import io.nightjar.backbone.graph.BackboneModel;
import io.nightjar.bank.store.BankLocation;
import io.nightjar.bank.store.StoredBank;
import io.nightjar.error.InvalidInputException;
import io.nightjar.io.place.InputPlaces;
import io.nightjar.job.drift.ScoreRun;
import io.nightjar.job.drift.ScoreRuns;
import io.nightjar.job.result.Suggestions;
import io.nightjar.job.run.RunContext;
import io.nightjar.job.suggest.SuggestFiles;
import io.nightjar.job.suggest.SuggestedImages;
import io.nightjar.text.Text;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.sql.SparkSession;

/**
 * Suggests which of the images of finished runs of {@link ScoreImages} a person should look at, so
 * that normal ones can be added to the bank that scored them: novel images, each unlike those
 * before it.
 *
 * <pre>{@code
 * Suggestions found =
 *     new SuggestImages(spark)
 *         .bank("s3a://factory/banks/bottle")
 *         .runs(List.of("s3a://factory/scores"))
 *         .budget(20)
 *         .out("s3a://factory/review/2026-12-01")
 *         .execute();
 * }</pre>
 *
 * <p>Images are read where the runs read them. The network is the bank's.
 */
public final class SuggestImages extends EmbeddingAction<SuggestImages, Suggestions> {
  private static final String INCOMPLETE =
      "Name the bank, the runs, how many images to suggest, and the folder for the list.";

  private Optional<String> bank = Optional.empty();
  private List<String> runs = List.of();
  private Optional<Integer> budget = Optional.empty();
  private double guard = UpdateBanks.DEFAULT_GUARD;
  private Optional<String> weights = Optional.empty();
  private Optional<String> weightsSha256 = Optional.empty();
  private Optional<String> out = Optional.empty();
  private boolean overwrite;

  /**
   * Creates a suggestion; nothing runs before {@link #execute}.
   *
   * @param session the Spark session that runs the jobs
   */
  public SuggestImages(SparkSession session) {
    super(session);
  }

  /**
   * Sets the bank that the images were scored with.
   *
   * @param location one bank, {@code URI} or {@code URI@VERSION}
   * @return this action
   */
  public SuggestImages bank(String location) {
    this.bank = Optional.of(location);
    return this;
  }

  /**
   * Sets the runs whose images may be suggested.
   *
   * @param locations each the folder of a run, or a folder of such
   * @return this action
   */
  public SuggestImages runs(List<String> locations) {
    this.runs = List.copyOf(locations);
    return this;
  }

  /**
   * Sets how many images a person can look at.
   *
   * @param images at least 1; checked by {@link #execute}
   * @return this action
   */
  public SuggestImages budget(int images) {
    this.budget = Optional.of(images);
    return this;
  }

  /**
   * Sets where images end that are worth adding.
   *
   * @param deviations robust standard deviations above the median of the bank's own scores, above
   *     0, as of {@link UpdateBanks#guard}; checked by {@link #execute}
   * @return this action
   */
  public SuggestImages guard(double deviations) {
    this.guard = deviations;
    return this;
  }

  /**
   * Sets where the weights of the bank's network are; by default where the bank says.
   *
   * @param location as of the command line's {@code --weights}
   * @param sha256 that they must have; empty for that of the bank
   * @return this action
   */
  public SuggestImages weights(String location, Optional<String> sha256) {
    this.weights = Optional.of(location);
    this.weightsSha256 = sha256;
    return this;
  }

  /**
   * Sets the folder for {@code suggest.csv} and {@code suggest.json}.
   *
   * @param folder on any Hadoop file system
   * @return this action
   */
  public SuggestImages out(String folder) {
    this.out = Optional.of(folder);
    return this;
  }

  /**
   * Replaces the two files where they are there already.
   *
   * @param replace whether to replace them
   * @return this action
   */
  public SuggestImages overwrite(boolean replace) {
    this.overwrite = replace;
    return this;
  }

  @Override
  Suggestions perform(Configuration configuration) {
    if (bank.isEmpty() || runs.isEmpty() || budget.isEmpty() || out.isEmpty()) {
      throw new InvalidInputException(INCOMPLETE);
    }
    if (budget.get() < 1) {
      throw new InvalidInputException(
          Text.format("The option --budget is %d; it must be 1 or more.", budget.get()));
    }
    if (!(guard > 0 && guard < Double.POSITIVE_INFINITY)) {
      throw new InvalidInputException(
          Text.format("The option --guard is %s; it must be above 0 and finite.", guard));
    }
    SuggestFiles files = new SuggestFiles(out.get(), configuration);
    files.requireFree(overwrite);
    StoredBank stored = StoredBank.open(BankLocation.parse(bank.get()), configuration);
    stored.requireWholeImages("suggest");
    SuggestedImages.limit(stored, guard, configuration);
    List<ScoreRun> found = new ScoreRuns(configuration).find(runs);
    InputPlaces inputs =
        new InputPlaces(configuration).folder("--bank", BankLocation.parse(bank.get()).uri());
    found.forEach(run -> inputs.folder("--runs", run.uri()));
    inputs.requireApart("--out", out.get());
    BackboneModel model =
        BankNetwork.load(stored.manifest().backbone(), weights, weightsSha256, configuration);
    stored.requireFits(model, embed().aspect());
    try (RunContext run = run(model)) {
      Suggestions suggested = new SuggestedImages(run, stored, guard, budget.get()).of(found);
      files.write(suggested);
      return suggested;
    }
  }

  @Override
  void describe(Map<String, Object> given) {
    super.describe(given);
    bank.ifPresent(location -> given.put("bank", location));
    given.put("runs", runs);
    budget.ifPresent(images -> given.put("budget", images));
    given.put("guard", guard);
    weights.ifPresent(location -> given.put("weights", location));
    weightsSha256.ifPresent(hash -> given.put("weights_sha256", hash));
    out.ifPresent(folder -> given.put("out", folder));
    given.put("overwrite", overwrite);
  }

  @Override
  String outcome(Suggestions result) {
    return result.sentence();
  }

  @Override
  SuggestImages self() {
    return this;
  }
}
