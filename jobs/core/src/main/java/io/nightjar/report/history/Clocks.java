package io.nightjar.report.history;

import io.nightjar.text.Text;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** What is odd in the times that runs say they began at. */
final class Clocks {
  /** Clocks of two machines may differ by that much. */
  private static final Duration SLACK = Duration.ofMinutes(5);

  private Clocks() {}

  /**
   * Sentences on equal times, on times in the future, and on times that contradict the order in
   * which the storage says that the runs were written.
   *
   * @param runs by their times
   * @param folders those that are there, by path
   */
  static List<String> notes(List<RunRecord> runs, Map<String, FoundRun> folders, Instant now) {
    List<String> notes = new ArrayList<>();
    for (int i = 1; i < runs.size(); i++) {
      if (runs.get(i).start().equals(runs.get(i - 1).start())) {
        notes.add(
            Text.format(
                "%s and %s say that they began at the same time, %s; they are in the order of their"
                    + " names.",
                runs.get(i - 1).name(), runs.get(i).name(), runs.get(i).started()));
      }
    }
    for (RunRecord run : runs) {
      if (run.start().isAfter(now.plus(SLACK))) {
        notes.add(
            Text.format(
                "%s says that it began at %s, which is in the future.", run.name(), run.started()));
      }
    }
    addBackwards(runs, folders, notes);
    return notes;
  }

  private static void addBackwards(
      List<RunRecord> runs, Map<String, FoundRun> folders, List<String> notes) {
    int backwards = 0;
    String example = "";
    RunRecord last = null; // the one that the storage says began last
    Instant latest = Instant.MIN;
    for (RunRecord run : runs) {
      FoundRun folder = folders.get(run.path());
      if (folder == null || folder.metrics().isEmpty() || run.wallSeconds() <= 0) {
        continue;
      }
      Instant began =
          Instant.ofEpochMilli(folder.metrics().get().getModificationTime())
              .minusMillis(Math.round(run.wallSeconds() * 1000));
      if (last != null && began.plus(SLACK).isBefore(latest)) {
        backwards++;
        if (example.isEmpty()) {
          example =
              Text.format(
                  "%s (%s) and %s (%s)", last.name(), last.started(), run.name(), run.started());
        }
      }
      if (began.isAfter(latest)) {
        latest = began;
        last = run;
      }
    }
    if (backwards > 0) {
      notes.add(
          Text.format(
              "By the storage's times %s written before one that began earlier by its record, such"
                  + " as %s: a clock went backwards, or runs were copied. The order is that of the"
                  + " records.",
              Text.counted(backwards, "run was", "runs were"), example));
    }
  }
}
