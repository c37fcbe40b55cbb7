package io.nightjar.job.folder;

import io.nightjar.io.BoundedFiles;
import io.nightjar.io.HadoopPaths;
import io.nightjar.json.Json;
import io.nightjar.json.JsonDocument;
import io.nightjar.report.RunInfo;
import io.nightjar.report.comparison.output.ComparisonFiles;
import io.nightjar.report.table.ReportFiles;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;

/**
 * Which files of a folder a run has written, by the documents that it left there. {@code run.json}
 * names them; runs from before it did, and those that broke off before they had one, are recognised
 * by their other documents, and their files by the names that such runs gave them.
 *
 * @param lists whether a path within the folder is a run's file
 */
record ResultManifest(Predicate<String> lists) {
  /**
   * Documents by which a run is distinguished from a folder that merely has files of these names.
   */
  private static final Pattern NAMES_OF_RUNS =
      Pattern.compile(
          "(run|metrics|score)\\.json|(metrics|scores)\\.csv|report\\.html"
              + "|(metrics|scores|maps)/(_SUCCESS|part-[^/]+|\\._SUCCESS\\.crc|\\.part-[^/]+\\.crc)"
              + "|(distributions|curves)/[^/]+\\.json"
              + "|samples/[^/]+\\.bin"
              + "|pictures/[^/]+/(worst|best|normal|highest)-\\d+-[^/]+\\.png");

  private record Files(List<String> files) {}

  /** Reads the documents of a folder. */
  static ResultManifest read(FileSystem files, Path folder) throws IOException {
    Optional<JsonDocument> run = document(files, folder, ReportFiles.RUN_JSON);
    boolean isRun = run.isPresent() && isRun(run.get());
    Set<String> named = new HashSet<>();
    if (has(files, folder, ReportFiles.DRIFT_JSON, "psi_limit", "ks_alpha", "categories")) {
      named.add(ReportFiles.DRIFT_JSON);
    }
    // An evaluation that is compared with a baseline has these next to its own results.
    if (has(files, folder, ReportFiles.COMPARE_JSON, "comparisons", "sentence", "baseline")) {
      named.addAll(ComparisonFiles.NAMES);
    }
    if (isRun && run.get().has(RunInfo.FILES)) {
      named.addAll(names(run.get()));
      return new ResultManifest(named::contains);
    }
    boolean isOlderRun =
        isRun
            || has(files, folder, ReportFiles.METRICS_JSON, "categories", "mean", "definitions")
            || has(files, folder, ReportFiles.SCORE_JSON, "categories", "started", "failed");
    return new ResultManifest(
        path -> named.contains(path) || (isOlderRun && NAMES_OF_RUNS.matcher(path).matches()));
  }

  private static boolean isRun(JsonDocument run) {
    try {
      return run.has("options") && run.child("versions").has("nightjar");
    } catch (IllegalArgumentException e) {
      return false;
    }
  }

  private static List<String> names(JsonDocument run) {
    try {
      return run.as(Files.class).files();
    } catch (IllegalArgumentException e) {
      return List.of();
    }
  }

  private static boolean has(FileSystem files, Path folder, String name, String... fields)
      throws IOException {
    Optional<JsonDocument> document = document(files, folder, name);
    return document.isPresent()
        && document.get().has(Json.FORMAT_VERSION)
        && List.of(fields).stream().allMatch(document.get()::has);
  }

  /** A document; empty where there is none, or where the file of its name is none. */
  static Optional<JsonDocument> document(FileSystem files, Path folder, String name)
      throws IOException {
    Path path = HadoopPaths.child(folder, name);
    try {
      FileStatus status = files.getFileStatus(path);
      if (!status.isFile() || status.getLen() > ReportFiles.LARGEST_DOCUMENT) {
        return Optional.empty();
      }
      byte[] content = BoundedFiles.read(files, path, ReportFiles.LARGEST_DOCUMENT);
      return Optional.of(JsonDocument.parse(new String(content, StandardCharsets.UTF_8)));
    } catch (FileNotFoundException | IllegalArgumentException e) {
      return Optional.empty();
    }
  }
}
