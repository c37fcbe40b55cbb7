package io.nightjar.job.watch;

import io.nightjar.backbone.ClassicSession;
import io.nightjar.backbone.engine.DeviceRequest;
import io.nightjar.bank.store.BankLocation;
import io.nightjar.error.InvalidInputException;
import io.nightjar.io.HadoopPaths;
import io.nightjar.io.place.InputPlaces;
import io.nightjar.job.options.MapOptions;
import io.nightjar.job.options.RunOptions;
import io.nightjar.job.watch.ledger.Ledger;
import io.nightjar.job.watch.ledger.Totals;
import io.nightjar.job.watch.source.FilesSource;
import io.nightjar.job.watch.source.FolderLister;
import io.nightjar.job.watch.source.WatchedFolder;
import io.nightjar.metric.decision.DecisionRates;
import io.nightjar.text.Addresses;
import io.nightjar.text.Durations;
import io.nightjar.text.Text;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.streaming.Trigger;
import org.apache.spark.util.SerializableConfiguration;
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
  private static final Duration SHORTEST_TRIGGER = Duration.ofMillis(100);

  private final SparkSession session;
  private Optional<String> bank = Optional.empty();
  private Optional<String> data = Optional.empty();
  private Optional<String> out = Optional.empty();
  private WatchScoring scoring = WatchScoring.DEFAULT;
  private boolean once;
  private Duration trigger = Duration.ofSeconds(DEFAULT_TRIGGER_SECONDS);
  private int mostFiles = DEFAULT_MOST_FILES;
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
    this.once = only;
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
    if (interval.compareTo(SHORTEST_TRIGGER) < 0) {
      throw new InvalidInputException(
          Text.format(
              "The option --trigger is %d ms; it must be at least 100 ms.", interval.toMillis()));
    }
    this.trigger = interval;
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
    this.mostFiles = requirePositive("max-files", files);
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
    this.driftWindow = requirePositive("drift-window", images);
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
    BankLocation location = BankLocation.parse(require(bank));
    new InputPlaces(configuration)
        .folder("--bank", location.uri())
        .folder("--data", require(data))
        .requireApart("--out", folder);
    FolderLister lister = new FolderLister(require(data), configuration);
    requireNoSelection();
    BankInUse inUse = new BankInUse(session, location, scoring, configuration);
    inUse.current();
    try (WatchPlace place =
        WatchPlace.claim(folder, request(location, lister, configuration), configuration)) {
      listener.claimed();
      Ledger ledger = place.ledger();
      Watch watch =
          new Watch(
              place, ledger, inUse, scoring.rates().isAsked(), driftWindow, listener, describe());
      watch.say();
      if (!once) {
        WarmUp.of(session, inUse.current().scorer());
      }
      run(place, ledger, lister, watch, configuration);
      Result result = result(watch, folder);
      LOG.info("WatchImages ended: {}", result.files().byOutcome());
      return result;
    }
  }

  private void run(
      WatchPlace place,
      Ledger ledger,
      FolderLister lister,
      Watch watch,
      Configuration configuration) {
    JavaSparkContext context = JavaSparkContext.fromSparkContext(session.sparkContext());
    try (WatchedFolder watched =
        new WatchedFolder(
            lister,
            ledger,
            mostFiles,
            context.defaultParallelism(),
            context.broadcast(new SerializableConfiguration(configuration)),
            watch::listed)) {
      new BatchQuery(watched, watch::batch, stop)
          .run(
              session
                  .readStream()
                  .format(FilesSource.class.getName())
                  .option(FilesSource.WATCH, watched.id())
                  .load()
                  .writeStream()
                  .option("checkpointLocation", place.sparkCheckpoint())
                  .trigger(
                      once ? Trigger.AvailableNow() : Trigger.ProcessingTime(trigger.toMillis())));
    }
  }

  private Result result(Watch watch, String folder) {
    WatchReport report = watch.report();
    Totals own = watch.own();
    // Those that wait would be left out by a run that ends, such as score.
    long left = (long) watch.leftOut() + (once ? report.waitingFiles() : 0);
    long all = left + own.scored() + own.repeated();
    return new Result(report, own, left, folder, left <= maxQuarantined * all);
  }

  /** All rows of a folder are of one bank, one folder and one way of scoring. */
  private Map<String, Object> request(
      BankLocation location, FolderLister lister, Configuration configuration) {
    Map<String, Object> request = new LinkedHashMap<>();
    request.put("bank", HadoopPaths.qualified(location.uri(), configuration));
    request.put("data", lister.root().toString());
    request.putAll(scoring.ofRows());
    return request;
  }

  private void requireNoSelection() {
    if (scoring.rates().falseDiscoveries().isPresent()) {
      throw new InvalidInputException(
          Text.format(
              "The option --%s selects among all images of a run, and a watch has no end; leave it"
                  + " out.",
              DecisionRates.FALSE_DISCOVERIES));
    }
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
    given.put("once", once);
    given.put("trigger", Durations.text(trigger));
    given.put("max_files", mostFiles);
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

  private static int requirePositive(String option, int value) {
    if (value < 1) {
      throw new InvalidInputException(
          Text.format("The option --%s is %d; it must be at least 1.", option, value));
    }
    return value;
  }
}
