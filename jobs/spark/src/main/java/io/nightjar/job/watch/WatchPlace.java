package io.nightjar.job.watch;

import io.nightjar.dataset.listing.FileKinds;
import io.nightjar.error.InvalidInputException;
import io.nightjar.io.AtomicFiles;
import io.nightjar.io.BoundedFiles;
import io.nightjar.io.HadoopPaths;
import io.nightjar.io.PlainFiles;
import io.nightjar.io.place.PlaceFault;
import io.nightjar.job.folder.Request;
import io.nightjar.job.folder.RunClaim;
import io.nightjar.job.watch.ledger.Ledger;
import io.nightjar.json.Json;
import io.nightjar.json.JsonDocument;
import io.nightjar.report.status.StatusFile;
import io.nightjar.text.Text;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;

/**
 * The folder of a watch: one folder, one watch at a time, and one question. A watch of the same
 * folder goes on where the last one ended.
 */
final class WatchPlace implements AutoCloseable {
  private static final String CHECKPOINT = "checkpoint";
  private static final String REQUEST = CHECKPOINT + "/request.json";
  private static final String OPTIONS = "options";
  private static final Set<String> TABLES =
      Set.of(BatchTables.SCORES, BatchTables.MAPS, BatchTables.CSV, BatchTables.LEFT_OUT);
  private static final int FORMAT = 1;
  private static final int NAMED = 3;

  private final FileSystem files;
  private final Path folder;
  private final Configuration configuration;
  private final RunClaim claim;

  private WatchPlace(FileSystem files, Path folder, Configuration configuration, RunClaim claim) {
    this.files = files;
    this.folder = folder;
    this.configuration = configuration;
    this.claim = claim;
  }

  /**
   * Claims the folder, which is made where it is missing.
   *
   * @param request what decides on the rows: the watch before must have had the same
   * @throws InvalidInputException if the folder holds anything else, another watch, or rows of
   *     another request
   */
  static WatchPlace claim(String out, Map<String, Object> request, Configuration configuration) {
    try {
      Path path = HadoopPaths.parse(out);
      FileSystem files = PlainFiles.of(path, configuration);
      Path folder = files.makeQualified(path);
      requireUsable(files, folder, out);
      RunClaim claim =
          RunClaim.take(files, folder, out, Request.of(request, List.of()), configuration);
      try {
        requireSame(files, folder, out, request, configuration);
        return new WatchPlace(files, folder, configuration, claim);
      } catch (IOException | RuntimeException e) {
        claim.close();
        throw e;
      }
    } catch (IOException | IllegalArgumentException e) {
      throw PlaceFault.refused("--out %s cannot be written: %s", out, e);
    }
  }

  private static void requireUsable(FileSystem files, Path folder, String out) throws IOException {
    List<String> names = new ArrayList<>();
    try {
      FileStatus status = files.getFileStatus(folder);
      if (!status.isDirectory()) {
        throw new InvalidInputException(
            Text.format("--out %s is a file; name a folder for the results.", out));
      }
      for (FileStatus entry : files.listStatus(folder)) {
        names.add(entry.getPath().getName());
      }
    } catch (FileNotFoundException e) {
      return;
    }
    List<String> others = names.stream().filter(name -> !isOurs(name)).sorted().toList();
    if (!others.isEmpty()) {
      throw new InvalidInputException(
          Text.format(
              "--out %s holds files that no watch of Nightjar has written (%s%s); name a new folder.",
              out,
              String.join(", ", others.stream().limit(NAMED).toList()),
              others.size() > NAMED ? ", ..." : ""));
    }
    if (names.stream().anyMatch(TABLES::contains)
        && !files.exists(HadoopPaths.child(folder, REQUEST))) {
      throw new InvalidInputException(
          Text.format(
              "--out %s holds the rows of a watch without its %s, so that images would get second"
                  + " rows; restore it, or name a new folder.",
              out, REQUEST));
    }
  }

  private static boolean isOurs(String name) {
    return TABLES.contains(name)
        || name.equals(CHECKPOINT)
        || name.equals(WatchDocument.NAME)
        || name.equals(StatusFile.NAME)
        || FileKinds.isPassedOver(name);
  }

  private static void requireSame(
      FileSystem files,
      Path folder,
      String out,
      Map<String, Object> request,
      Configuration configuration)
      throws IOException {
    Map<String, Object> document = new LinkedHashMap<>();
    document.put(Json.FORMAT_VERSION, FORMAT);
    document.put(OPTIONS, request);
    String json = Json.indented(document);
    Path file = HadoopPaths.child(folder, REQUEST);
    Map<String, Object> before;
    try {
      before =
          options(
              new String(
                  BoundedFiles.read(files, file, BoundedFiles.DOCUMENT_BYTES),
                  StandardCharsets.UTF_8));
    } catch (FileNotFoundException e) {
      AtomicFiles.of(files, configuration)
          .replace(file, (json + "\n").getBytes(StandardCharsets.UTF_8));
      return;
    }
    Map<String, Object> now = options(json);
    Set<String> names = new TreeSet<>(before.keySet());
    names.addAll(now.keySet());
    for (String name : names) {
      if (!Objects.equals(before.get(name), now.get(name))) {
        throw new InvalidInputException(
            Text.format(
                "--out %s holds rows with %s %s, and %s is asked for; ask for the same, or name a new"
                    + " folder.",
                out, "--" + name.replace('_', '-'), shown(before.get(name)), shown(now.get(name))));
      }
    }
  }

  private static String shown(Object value) {
    return value == null ? "not given" : value.toString();
  }

  private static Map<String, Object> options(String json) {
    return JsonDocument.parse(json).requireVersion(FORMAT).child(OPTIONS).values();
  }

  /** Where Spark keeps its own logs of the query. */
  String sparkCheckpoint() {
    return HadoopPaths.child(folder, CHECKPOINT + "/spark").toString();
  }

  Ledger ledger() {
    return Ledger.open(files, HadoopPaths.child(folder, CHECKPOINT), configuration);
  }

  BatchTables tables() {
    return new BatchTables(files, folder, configuration);
  }

  /** Replaces the summary. */
  void write(WatchDocument document) throws IOException {
    AtomicFiles.of(files, configuration)
        .replace(HadoopPaths.child(folder, WatchDocument.NAME), document.json());
  }

  /**
   * Makes sure that no other watch has taken the folder over.
   *
   * @throws IllegalStateException if one has
   */
  void requireHeld() {
    claim.requireHeld();
  }

  @Override
  public void close() {
    claim.close();
  }
}
