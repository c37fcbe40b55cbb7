package io.nightjar.report.history;

import io.nightjar.error.InvalidInputException;
import io.nightjar.io.HadoopPaths;
import io.nightjar.io.PlainFiles;
import io.nightjar.text.Text;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;

/**
 * Reads the history of the runs below a folder: lists them, reads those that are new or were
 * replaced, and takes the others from what earlier histories remembered.
 */
public final class HistoryReader {
  /** Requests to a store that are under way at once. */
  private static final int THREADS = 8;

  private final String out;
  private final Configuration configuration;
  private final RememberedRuns remembered;
  private final RunsHistory history;

  /** A folder that could not be read now, and may be the next time. */
  private record Outcome(FoundRun found, List<RunRecord> run, String fault, boolean isLasting) {}

  private HistoryReader(
      String out, Configuration configuration, RememberedRuns remembered, RunsHistory history) {
    this.out = out;
    this.configuration = configuration;
    this.remembered = remembered;
    this.history = history;
  }

  /**
   * Reads a history.
   *
   * @param runs the folder of the runs
   * @param out the folder of the history, which need not exist
   * @param options which figures are followed, and from which change on
   * @param now the time
   * @param configuration of the file systems
   * @return a reader that has read all runs
   * @throws InvalidInputException if the folder cannot be listed or holds no run that can be used,
   *     or {@code out} holds the history of other runs
   */
  public static HistoryReader read(
      String runs, String out, HistoryOptions options, Instant now, Configuration configuration) {
    try {
      Path given = HadoopPaths.parse(runs);
      FileSystem files = PlainFiles.of(given, configuration);
      String root = files.makeQualified(given).toString();
      List<FoundRun> found = FoundRuns.below(runs, configuration);
      RememberedRuns remembered = RememberedRuns.in(out, root, configuration);
      List<String> passedOver = new ArrayList<>();
      Set<String> fresh = readNew(files, found, remembered, passedOver);
      return new HistoryReader(
          out,
          configuration,
          remembered,
          history(root, runs, found, remembered, fresh, passedOver, options, now, configuration));
    } catch (IOException | IllegalArgumentException e) {
      if (e instanceof InvalidInputException refused) {
        throw refused;
      }
      throw new InvalidInputException(
          Text.format("The runs in %s cannot be read: %s", runs, e.getMessage()), e);
    }
  }

  /**
   * The history as it was found.
   *
   * @return the same at every call
   */
  public RunsHistory history() {
    return history;
  }

  /**
   * Remembers what was read, for the next history; called when that is in the table.
   *
   * @throws IOException if the file cannot be written
   */
  public void remember() throws IOException {
    remembered.write(out, configuration);
  }

  private static Set<String> readNew(
      FileSystem files, List<FoundRun> found, RememberedRuns remembered, List<String> passedOver) {
    RunReader reader = new RunReader(files);
    ExecutorService pool = Executors.newFixedThreadPool(THREADS);
    Set<String> fresh = new HashSet<>();
    try {
      List<Future<Outcome>> readings = new ArrayList<>();
      for (FoundRun run : found) {
        RememberedRuns.Entry known = remembered.entries().get(run.path());
        if (run.isFinished() && (known == null || !known.stamp().equals(run.stamp()))) {
          readings.add(pool.submit(() -> read(reader, run)));
        }
      }
      for (Future<Outcome> reading : readings) {
        Outcome outcome = reading.get();
        if (!outcome.run.isEmpty()) {
          remembered.add(outcome.found, outcome.run.get(0));
          fresh.add(outcome.found.path());
        } else if (outcome.isLasting) {
          remembered.addFault(outcome.found, outcome.fault);
        } else {
          remembered.entries().remove(outcome.found.path());
          passedOver.add(outcome.fault);
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("Interrupted while runs are read", e);
    } catch (ExecutionException e) {
      throw new IllegalStateException("A run could not be read", e.getCause());
    } finally {
      pool.shutdownNow();
    }
    return fresh;
  }

  private static Outcome read(RunReader reader, FoundRun found) {
    try {
      return new Outcome(found, List.of(reader.read(found)), "", true);
    } catch (IOException | IllegalArgumentException e) {
      return new Outcome(
          found,
          List.of(),
          Text.format("%s cannot be read and was passed over: %s.", found.folder(), e.getMessage()),
          e instanceof IllegalArgumentException);
    }
  }

  private static RunsHistory history(
      String root,
      String given,
      List<FoundRun> found,
      RememberedRuns remembered,
      Set<String> fresh,
      List<String> passedOver,
      HistoryOptions options,
      Instant now,
      Configuration configuration) {
    Map<String, FoundRun> there = new HashMap<>();
    found.forEach(run -> there.put(run.path(), run));
    remembered
        .entries()
        .values()
        .removeIf(entry -> entry.run().isEmpty() && !there.containsKey(entry.path()));
    List<RunRecord> runs = new ArrayList<>();
    Set<String> gone = new HashSet<>();
    for (RememberedRuns.Entry entry : remembered.entries().values()) {
      FoundRun folder = there.get(entry.path());
      if (!entry.fault().isEmpty()) {
        passedOver.add(entry.fault());
      } else if (folder == null || folder.isFinished()) {
        runs.addAll(entry.run());
        if (folder == null) {
          gone.add(entry.path());
        }
      }
    }
    found.stream()
        .filter(run -> !run.isFinished())
        .forEach(run -> passedOver.add(run.unfinished()));
    if (runs.isEmpty()) {
      throw new InvalidInputException(
          Text.format(
                  "There is no finished run of evaluate or metrics in %s. %s",
                  given, String.join(" ", passedOver))
              .strip());
    }
    runs.sort(Comparator.comparing(RunRecord::start).thenComparing(RunRecord::path));
    List<String> notes = new ArrayList<>();
    if (!remembered.fault().isEmpty()) {
      notes.add(remembered.fault());
    }
    notes.addAll(Clocks.notes(runs, there, now));
    if (!gone.isEmpty()) {
      notes.add(
          Text.format(
              "%s no longer there, such as %s; what was read of them is shown.",
              Text.counted(gone.size(), "run is", "runs are"),
              gone.stream().sorted().findFirst().orElseThrow()));
    }
    ImageChanges images = new ImageChanges(root, remembered.changes(), configuration);
    return new RunsHistory(
        root,
        now,
        DataSets.of(runs, images).stream()
            .map(set -> DataSetHistory.of(set, options, now, images))
            .toList(),
        notes,
        passedOver,
        fresh,
        gone);
  }
}
