package io.nightjar.job.watch;

import io.nightjar.backbone.ClassicSession;
import io.nightjar.backbone.engine.DeviceRequest;
import io.nightjar.bank.store.BankLocation;
import io.nightjar.error.InvalidInputException;
import io.nightjar.job.options.MapOptions;
import io.nightjar.job.options.RunOptions;
import io.nightjar.job.watch.ledger.Totals;
import io.nightjar.metric.decision.DecisionRates;
import io.nightjar.text.Addresses;
import io.nightjar.text.Text;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.sql.SparkSession;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Scores the images that arrive in a folder, by Spark's Structured Streaming: every version of a
 * file that can be read as an image gets one row, whatever happens to the process. A watch that was
 * stopped or killed goes on with the same folder for its results.
 *
 * <pre>{@code
 * new WatchImages(spark)
 *     .bank("s3a://factory/banks/bottle")
 *     .data("s3a://factory/line-3/in")
 *     .out("s3a://factory/line-3/scores")
 *     .trigger(Duration.ofSeconds(2))
 *     .execute();
 * }</pre>
 *
 * <p>Scores, maps and decisions are those of {@link io.nightjar.job.ScoreImages} with the same bank
 * and options, bit for bit. A new version of the bank is used from the next batch on.
 */
public final class WatchImages {
  /** The default time between two listings, in seconds. */
  public static final int DEFAULT_TRIGGER_SECONDS = 2;

  /** The default of the files of a batch. */
  public static final int DEFAULT_MOST_FILES = 256;

  /** The default of the images that drift is measured on. */
  public static final int DEFAULT_DRIFT_WINDOW = 200;

  private static final Logger LOG = LoggerFactory.getLogger(WatchImages.class);

  private final SparkSession session;
  private Optional<String> bank = Optional.empty();
  private Optional<String> data = Optional.empty();
  private Optional<String> out = Optional.empty();
  private WatchScoring scoring = WatchScoring.DEFAULT;
  private WatchPace pace =
      new WatchPace(false, Duration.ofSeconds(DEFAULT_TRIGGER_SECONDS), DEFAULT_MOST_FILES);
  private int driftWindow = DEFAULT_DRIFT_WINDOW;
  private double maxQuarantined = RunOptions.DEFAULT.maxQuarantined();
  private WatchListener listener = WatchListener.SILENT;
  private final StopRequest stop = new StopRequest();

  /**
   * What a watch did until it ended.
   *
   * @param report of the folder, over all watches of it
   * @param files of this watch alone, by what became of them; a file that was read again counts
   *     again
   * @param leftOut paths that should have a row and have none, as they were last seen by this watch
   * @param out the folder
   * @param complete whether no more files were left out than {@code --max-quarantined} allows
   */
  public record Result(
      WatchReport report, Totals files, long leftOut, String out, boolean complete) {

    /**
     * Files that got a row.
     *
     * @return at least 0
     */
    public long scored() {
      return files.scored();
    }
  }

  /**
   * Creates a watch with default options; nothing runs before {@link #execute}.
   *
   * @param session the Spark session that runs the batches
   */
  public WatchImages(SparkSession session) {
    this.session =
        ClassicSession.require(Objects.requireNonNull(session, "session"), "WatchImages");
  }

  /**
   * Sets the bank to score with.
   *
   * @param location the folder of one bank, whose current version is used, or {@code URI@VERSION}
   * @return this action
   */
  public WatchImages bank(String location) {
    this.bank = Optional.of(location);
    return this;
  }

  /**
   * Sets the folder that is watched, with all folders below it.
   *
   * @param folder on any Hadoop file system, which must exist
   * @return this action
   */
  public WatchImages data(String folder) {
    this.data = Optional.of(folder);
    return this;
  }

  /**
   * Sets the folder for the results, new or that of an earlier watch of the same data.
   *
   * @param folder on any Hadoop file system
   * @return this action
   */
  public WatchImages out(String folder) {
    this.out = Optional.of(folder);
    return this;
  }

  /**
   * Sets where the weights are that the bank was built with; without this, where the bank says that
   * they came from.
   *
   * @param location as {@link io.nightjar.table.BankScorer#open} takes it
   * @param sha256 the hash that the bank must have of them; empty for whatever it has
   * @return this action
   */
  public WatchImages weights(String location, Optional<String> sha256) {
    this.scoring = scoring.weights(location, sha256);
    return this;
  }

  /**
   * Sets the number of nearest rows whose mean distance is a patch's score.
   *
   * @param rows at least 1
   * @return this action
   */
  public WatchImages neighbours(int rows) {
    this.scoring = scoring.neighbours(rows);
    return this;
  }

  /**
   * Sets how distances become maps, and which score of an image counts.
   *
   * @param options smoothing and kind of image score
   * @return this action
   */
  public WatchImages options(MapOptions options) {
    this.scoring = scoring.map(options);
    return this;
  }

  /**
   * Decides on each image by the scores that the bank keeps of its own images.
   *
   * @param rates how often normal images may be taken for anomalous; nothing is decided by default
   * @return this action
   */
  public WatchImages options(DecisionRates rates) {
    this.scoring = scoring.rates(rates);
    return this;
  }

  /**
   * Sets what computes.
   *
   * @param device where the network runs
   * @param batchImages images in one pass through it, 1 to 1024
   * @return this action
   */
  public WatchImages device(DeviceRequest device, int batchImages) {
    this.scoring = scoring.device(device, batchImages);
    return this;
  }

  /**
   * Ends the watch when the files are scored that are there when it begins.
   *
   * @param only whether it does
   * @return this action
   */
  public WatchImages once(boolean only) {
    this.pace = pace.once(only);
    return this;
  }

  /**
   * Sets the time between two listings.
   *
   * @param interval at least 100 ms
   * @return this action
   * @throws InvalidInputException if it is shorter
   */
  public WatchImages trigger(Duration interval) {
    this.pace = pace.trigger(interval);
    return this;
  }

  /**
   * Sets the largest number of files in a batch.
   *
   * @param files at least 1
   * @return this action
   * @throws InvalidInputException if it is less
   */
  public WatchImages mostFiles(int files) {
    this.pace = pace.mostFiles(files);
    return this;
  }

  /**
   * Sets on how many of the last images drift and recent scores are measured.
   *
   * @param images at least 1
   * @return this action
   * @throws InvalidInputException if it is less
   */
  public WatchImages driftWindow(int images) {
    this.driftWindow = WatchPace.requirePositive("drift-window", images);
    return this;
  }

  /**
   * Sets the fraction of the files that may be left out before the watch counts as incomplete.
   *
   * @param fraction in [0, 1]
   * @return this action
   * @throws InvalidInputException if it is out of range
   */
  public WatchImages maxQuarantined(double fraction) {
    if (!(fraction >= 0 && fraction <= 1)) {
      throw new InvalidInputException(
          Text.format("The option --max-quarantined is %s; it must be 0 to 1.", fraction));
    }
    this.maxQuarantined = fraction;
    return this;
  }

  /**
   * Follows the watch.
   *
   * @param follower called while the watch runs
   * @return this action
   */
  public WatchImages listener(WatchListener follower) {
    this.listener = Objects.requireNonNull(follower, "listener");
    return this;
  }

  /** Ends {@link #execute} after the batch that is running; from any thread. */
  public void stop() {
    stop.ask();
  }

  /**
   * Watches until {@link #stop}, or until all is scored that was there, and blocks until then.
   *
   * @return what was done
   * @throws InvalidInputException for what the user can mend: nothing that was not shown is lost
   */
  public Result execute() {
    String folder = require(out);
    LOG.info("WatchImages begins: {}", Addresses.redacted(describe().toString()));
    Configuration configuration = session.sessionState().newHadoopConf();
    return new WatchRun(
            session,
            BankLocation.parse(require(bank)),
            require(data),
            folder,
            scoring,
            pace,
            driftWindow,
            listener,
            stop,
            describe())
        .toEnd(configuration, watch -> result(watch, folder));
  }

  private Result result(Watch watch, String folder) {
    WatchReport report = watch.report();
    Totals own = watch.own();
    // Those that wait would be left out by a run that ends, such as score.
    long left = (long) watch.leftOut() + (pace.once() ? report.waitingFiles() : 0);
    long all = left + own.scored() + own.repeated();
    LOG.info("WatchImages ended: {}", own.byOutcome());
    return new Result(report, own, left, folder, left <= maxQuarantined * all);
  }

  /**
   * All that the watch was given, by the names of the command line's options.
   *
   * @return values by name, in a fixed order; the caller may change the map
   */
  public Map<String, Object> describe() {
    Map<String, Object> given = new LinkedHashMap<>();
    bank.ifPresent(location -> given.put("bank", location));
    data.ifPresent(location -> given.put("data", location));
    out.ifPresent(location -> given.put("out", location));
    given.putAll(pace.asMap());
    given.putAll(scoring.asMap());
    given.put("max_quarantined", maxQuarantined);
    given.put("drift_window", driftWindow);
    return given;
  }

  private static String require(Optional<String> place) {
    return place.orElseThrow(
        () ->
            new InvalidInputException(
                "Name the folder to watch, the bank and the folder for the results."));
  }
}
