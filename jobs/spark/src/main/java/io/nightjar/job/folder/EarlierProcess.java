package io.nightjar.job.folder;

import io.nightjar.io.HadoopPaths;
import io.nightjar.json.JsonDocument;
import io.nightjar.report.status.RunStatus;
import io.nightjar.report.status.StatusFile;
import io.nightjar.report.table.ReportFiles;
import java.io.IOException;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.Optional;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;

/** The process that wrote the results in a folder, where it had the same request as this run. */
final class EarlierProcess {
  private EarlierProcess() {}

  /**
   * What it left of itself; empty where the results are of another request, its files were changed
   * since, or it left nothing.
   *
   * @throws IOException if the folder or the files of the request cannot be read
   */
  static Optional<RunStatus> find(FileSystem files, Path folder, Request request)
      throws IOException {
    Optional<Instant> begun =
        ResultManifest.document(files, folder, ReportFiles.RUN_JSON)
            .flatMap(run -> begun(run, request));
    if (begun.isEmpty() || !request.isUntouchedSince(begun.get(), files.getConf())) {
      return Optional.empty();
    }
    return StatusFile.at(HadoopPaths.child(folder, StatusFile.NAME).toString(), files.getConf())
        .read()
        .filter(status -> isOf(status, begun.get()));
  }

  /** When a run began that had the same request. */
  private static Optional<Instant> begun(JsonDocument run, Request request) {
    try {
      return run.has(Request.FIELD) && request.isSame(run.text(Request.FIELD))
          ? Optional.of(Instant.parse(run.text("started")))
          : Optional.empty();
    } catch (IllegalArgumentException | DateTimeParseException e) {
      return Optional.empty();
    }
  }

  /** A later process may have said there what became of it, and left the results as they were. */
  private static boolean isOf(RunStatus status, Instant begun) {
    return !status.started().isAfter(begun)
        && (status.ending().isEmpty() || !status.heard().isBefore(begun));
  }
}
