package io.nightjar.job.folder;

import io.nightjar.io.PlainFiles;
import io.nightjar.io.Sha256;
import io.nightjar.json.Json;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;

/**
 * What a run is asked to do. One that is asked the same again, over files that no one has changed,
 * repeats it: a scheduler's second attempt, for example.
 *
 * @param sha256 over all that the run was given and the names of its files; empty where the results
 *     of a run do not say
 * @param files whose contents the run reads, by their full paths
 */
public record Request(String sha256, List<String> files) {
  /** The name in {@code run.json}. */
  public static final String FIELD = "request_sha256";

  /** Of a run that repeats no other one. */
  public static final Request NONE = new Request("", List.of());

  /** Copies the files. */
  public Request {
    files = List.copyOf(files);
  }

  /**
   * Of all that a run was given.
   *
   * @param given options and what they name, by name, without whether results are replaced
   * @param files that were found
   */
  public static Request of(Map<String, Object> given, Collection<String> files) {
    List<String> sorted = files.stream().sorted().toList();
    Map<String, Object> all = new LinkedHashMap<>(given);
    all.put("files", sorted);
    // Maps without an order have another one in each process.
    return new Request(Sha256.of(Json.canonical(all).getBytes(StandardCharsets.UTF_8)), sorted);
  }

  /** Whether results are of the same request. */
  boolean isSame(String other) {
    return !sha256.isEmpty() && sha256.equals(other);
  }

  /**
   * Whether no file was written since a moment, by the clock of its file system.
   *
   * @throws IOException if a folder cannot be listed
   */
  boolean isUntouchedSince(Instant moment, Configuration configuration) throws IOException {
    Map<Path, List<String>> byFolder = new LinkedHashMap<>();
    for (String file : files) {
      Path path = new Path(file);
      byFolder.computeIfAbsent(path.getParent(), first -> new ArrayList<>()).add(path.getName());
    }
    for (Map.Entry<Path, List<String>> folder : byFolder.entrySet()) {
      Map<String, Long> written = written(folder.getKey(), configuration);
      for (String name : folder.getValue()) {
        if (written.getOrDefault(name, Long.MAX_VALUE) >= moment.toEpochMilli()) {
          return false;
        }
      }
    }
    return true;
  }

  private static Map<String, Long> written(Path folder, Configuration configuration)
      throws IOException {
    FileSystem files = PlainFiles.of(folder, configuration);
    Map<String, Long> written = new HashMap<>();
    try {
      for (FileStatus entry : files.listStatus(folder)) {
        written.put(entry.getPath().getName(), entry.getModificationTime());
      }
    } catch (FileNotFoundException e) {
      return Map.of();
    }
    return written;
  }
}
