package io.nightjar.job;

import io.nightjar.error.InvalidInputException;
import io.nightjar.io.place.InputPlaces;
import io.nightjar.job.history.DeltaHistory;
import io.nightjar.job.history.DeltaLibrary;
import io.nightjar.job.run.ActionLog;
import io.nightjar.report.ReportedMetric;
import io.nightjar.report.history.HistoryOptions;
import io.nightjar.report.history.HistoryReader;
import io.nightjar.report.history.RunsHistory;
import io.nightjar.report.history.output.HistoryFolder;
import io.nightjar.text.Text;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Clock;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.sql.SparkSession;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Writes the history of all runs of {@link EvaluateDataset} and {@link MeasureMaps} below a folder:
 * a page with the figures of every category over time, and a table. Runs that an earlier history
 * has read are not read again. Spark works for Delta tables alone.
 *
 * <pre>{@code
 * RunsHistory history =
 *     new TrackRuns(session)
 *         .runs("s3a://factory/runs")
 *         .out("s3a://factory/history")
 *         .execute();
 * }</pre>
 */
public final class TrackRuns {
  /** How the table is stored where nothing else is asked for. */
  public static final Format DEFAULT_FORMAT = Format.PARQUET;

  private static final Logger LOG = LoggerFactory.getLogger(TrackRuns.class);

  private final SparkSession session;
  private final Clock clock;
  private String runs;
  private String out;
  private HistoryOptions options = HistoryOptions.DEFAULT;
  private Format format = DEFAULT_FORMAT;

  /** How the table of a history is stored. */
  public enum Format {
    /** One Parquet file, replaced as a whole. */
    PARQUET,
    /** A table of Delta Lake, whose library Spark must be given. */
    DELTA;

    /**
     * The name on the command line.
     *
     * @return {@code parquet} or {@code delta}
     */
    public String id() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /**
   * Creates an action with default options; nothing is read before {@link #execute}.
   *
   * @param session names the file systems, and their keys
   */
  public TrackRuns(SparkSession session) {
    this(session, Clock.systemUTC());
  }

  TrackRuns(SparkSession session, Clock clock) {
    this.session = Objects.requireNonNull(session, "session");
    this.clock = clock;
  }

  /**
   * Sets the folder of the runs.
   *
   * @param folder on any Hadoop file system; runs may lie in it at any depth
   * @return this action
   */
  public TrackRuns runs(String folder) {
    this.runs = folder;
    return this;
  }

  /**
   * Sets the folder of the history, which need not exist.
   *
   * @param folder on any Hadoop file system, apart from that of the runs
   * @return this action
   */
  public TrackRuns out(String folder) {
    this.out = folder;
    return this;
  }

  /**
   * Sets what is shown.
   *
   * @param shown figures, tolerance, cadence and costs
   * @return this action
   */
  public TrackRuns options(HistoryOptions shown) {
    this.options = shown;
    return this;
  }

  /**
   * Sets how the table is stored.
   *
   * @param stored as Parquet or as a Delta table
   * @return this action
   */
  public TrackRuns format(Format stored) {
    this.format = stored;
    return this;
  }

  /**
   * Refuses a format whose library is not there; called before a session is started for it.
   *
   * @param format of the table
   * @throws InvalidInputException if the class path lacks its library
   */
  public static void requireLibrary(Format format) {
    if (format == Format.DELTA) {
      DeltaLibrary.require();
    }
  }

  /**
   * What a session must be started with for a format.
   *
   * @param format of the table
   * @return Spark's properties, by name
   */
  public static Map<String, String> sparkProperties(Format format) {
    return format == Format.DELTA ? DeltaLibrary.properties() : Map.of();
  }

  /**
   * Reads the runs and writes the history.
   *
   * @return the history
   * @throws InvalidInputException if there is no run, a folder cannot be used, or the library of
   *     the format is missing
   */
  public RunsHistory execute() {
    if (runs == null || out == null) {
      throw new InvalidInputException("Name the folder of the runs and that of their history.");
    }
    return ActionLog.of(
        LOG,
        "TrackRuns",
        describe(),
        this::track,
        history ->
            Text.format(
                "%s, %d read",
                Text.counted(history.size(), "run", "runs"), history.fresh().size()));
  }

  private RunsHistory track() {
    Configuration configuration = session.sessionState().newHadoopConf();
    requireLibrary(format);
    new InputPlaces(configuration).folder("--runs", runs).requireApart("--out", out);
    boolean isDelta = format == Format.DELTA;
    HistoryFolder folder = HistoryFolder.of(out, isDelta, configuration);
    HistoryReader reader = HistoryReader.read(runs, out, options, clock.instant(), configuration);
    RunsHistory history = reader.history();
    try {
      if (isDelta) {
        new DeltaHistory(session, folder.table()).write(history);
      } else {
        folder.writeParquet(history);
      }
      folder.writePage(history, options);
      reader.remember();
    } catch (IOException e) {
      throw new UncheckedIOException("The history cannot be written to " + out, e);
    }
    return history;
  }

  /**
   * All that the action was given, by the names of the command line's options.
   *
   * @return values by name, in a fixed order; the caller may change the map
   */
  public Map<String, Object> describe() {
    Map<String, Object> given = new LinkedHashMap<>();
    given.put("runs", runs);
    given.put("out", out);
    given.put("figure", options.figures().stream().map(ReportedMetric::key).toList());
    given.put("tolerance", options.tolerance());
    options.every().ifPresent(every -> given.put("every", every.every().toString()));
    options.costPerHour().ifPresent(cost -> given.put("cost_per_hour", cost));
    given.put("format", format.id());
    return given;
  }
}
