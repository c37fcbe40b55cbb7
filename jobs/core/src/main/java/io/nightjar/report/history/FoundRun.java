package io.nightjar.report.history;

import io.nightjar.io.HadoopPaths;
import io.nightjar.report.table.ReportFiles;
import io.nightjar.text.Text;
import java.util.Optional;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.Path;

/**
 * A folder that a run writes or has written, as a listing shows it.
 *
 * @param folder qualified
 * @param path relative to the folder that was listed; empty for that folder itself
 * @param record its {@code run.json}
 * @param metrics its {@code metrics.json}, which a run writes last
 * @param isRunning whether it has the mark of a run that writes
 */
record FoundRun(
    Path folder,
    String path,
    Optional<FileStatus> record,
    Optional<FileStatus> metrics,
    boolean isRunning) {

  /** Whether both documents are there. */
  boolean isFinished() {
    return record.isPresent() && metrics.isPresent();
  }

  /** A sentence on what is missing in a folder that is not finished. */
  String unfinished() {
    return Text.format(
        "%s is no finished run and was passed over: %s.",
        folder,
        isRunning
            ? "a run writes to it, or was killed"
            : Text.format(
                "it has no %s",
                metrics.isEmpty() ? ReportFiles.METRICS_JSON : ReportFiles.RUN_JSON));
  }

  /** What changes when either document does: length, time and, on an object store, ETag. */
  String stamp() {
    return record.map(FileStamp::of).orElse("") + " " + metrics.map(FileStamp::of).orElse("");
  }

  Path file(String name) {
    return HadoopPaths.child(folder, name);
  }
}
