package io.nightjar.report.history;

import io.nightjar.error.InvalidInputException;
import io.nightjar.io.AtomicFiles;
import io.nightjar.io.BoundedFiles;
import io.nightjar.io.HadoopPaths;
import io.nightjar.io.PlainFiles;
import io.nightjar.json.Json;
import io.nightjar.json.JsonDocument;
import io.nightjar.text.Text;
import java.io.BufferedReader;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;

/**
 * What earlier histories read, in a file next to the page: a line of JSON for each run, compressed.
 * It only saves reading: whatever is wrong with it, the runs are read again.
 */
final class RememberedRuns {
  static final String FILE = ".nightjar-history.gz";
  private static final int FORMAT_VERSION = 1;

  /** More than 100,000 runs of 15 categories. */
  private static final long LARGEST = 1L << 30;

  private final String root;
  private final Map<String, Entry> entries = new TreeMap<>();
  private final Map<String, String> changes = new LinkedHashMap<>();

  /** Settings that runs have in common are kept once. */
  private final Map<Map<String, String>, Map<String, String>> settings = new LinkedHashMap<>();

  private String fault = "";

  /** The first line: of which runs the others are, and what was found between two of them. */
  private record Head(int formatVersion, String runs, Map<String, String> imageChanges) {}

  /**
   * A run that was read.
   *
   * @param stamp of its files when they were read
   * @param fault why it could not be used; empty for one that could
   * @param run empty for one that could not be used
   */
  record Entry(String path, String stamp, String fault, List<RunRecord> run) {}

  private RememberedRuns(String root) {
    this.root = root;
  }

  /**
   * What is remembered in a folder.
   *
   * @param out the folder of the history
   * @param root the folder of the runs, qualified
   * @throws InvalidInputException if the folder holds the history of other runs
   */
  static RememberedRuns in(String out, String root, Configuration configuration) {
    RememberedRuns remembered = new RememberedRuns(root);
    try {
      Path file = HadoopPaths.child(HadoopPaths.parse(out), FILE);
      FileSystem files = PlainFiles.of(file, configuration);
      remembered.read(BoundedFiles.read(files, file, LARGEST));
    } catch (FileNotFoundException e) {
      // Nothing is remembered yet.
    } catch (InvalidInputException e) {
      throw e;
    } catch (IOException | IllegalArgumentException e) {
      remembered.forget(
          Text.format(
              "What earlier histories read cannot be used (%s: %s); all runs were read again.",
              FILE, e.getMessage()));
    }
    return remembered;
  }

  private void forget(String reason) {
    entries.clear();
    changes.clear();
    fault = reason;
  }

  private void read(byte[] content) throws IOException {
    try (BufferedReader lines =
        new BufferedReader(
            new InputStreamReader(
                new GZIPInputStream(new ByteArrayInputStream(content)), StandardCharsets.UTF_8))) {
      Head head = JsonDocument.parse(line(lines)).as(Head.class);
      if (head.formatVersion != FORMAT_VERSION) {
        throw new IllegalArgumentException("it has the format " + head.formatVersion);
      }
      if (!head.runs.equals(root)) {
        throw new InvalidInputException(
            Text.format(
                "--out holds the history of the runs in %s, not of those in %s; name another"
                    + " folder.",
                head.runs, root));
      }
      changes.putAll(head.imageChanges);
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        Entry entry = JsonDocument.parse(line).as(Entry.class);
        put(entry);
      }
    }
  }

  private static String line(BufferedReader lines) throws IOException {
    String line = lines.readLine();
    if (line == null) {
      throw new IOException("it is empty");
    }
    return line;
  }

  private void put(Entry entry) {
    entries.put(
        entry.path,
        new Entry(
            entry.path,
            entry.stamp,
            entry.fault,
            entry.run.stream().map(this::withSharedSettings).toList()));
  }

  private RunRecord withSharedSettings(RunRecord run) {
    return new RunRecord(
        run.path(),
        run.started(),
        run.wallSeconds(),
        run.fingerprints(),
        settings.computeIfAbsent(run.settings(), same -> same),
        run.categories(),
        run.failed(),
        run.quarantined(),
        run.leftOut());
  }

  /** A sentence on why nothing is remembered although there is a file; otherwise empty. */
  String fault() {
    return fault;
  }

  /** All that is remembered, by path. */
  Map<String, Entry> entries() {
    return entries;
  }

  /** Remembers a run. */
  void add(FoundRun found, RunRecord run) {
    put(new Entry(found.path(), found.stamp(), "", List.of(run)));
  }

  /** Remembers a run that cannot be used. */
  void addFault(FoundRun found, String reason) {
    put(new Entry(found.path(), found.stamp(), reason, List.of()));
  }

  /** What was found between two runs, by what names them; new findings are added to it. */
  Map<String, String> changes() {
    return changes;
  }

  /** Writes all that is remembered. */
  void write(String out, Configuration configuration) throws IOException {
    ByteArrayOutputStream content = new ByteArrayOutputStream();
    try (Writer lines =
        new OutputStreamWriter(new GZIPOutputStream(content), StandardCharsets.UTF_8)) {
      lines.write(Json.compact(new Head(FORMAT_VERSION, root, changes)) + "\n");
      for (Entry entry : entries.values()) {
        lines.write(Json.compact(entry) + "\n");
      }
    }
    Path file = HadoopPaths.child(HadoopPaths.parse(out), FILE);
    AtomicFiles.of(PlainFiles.of(file, configuration), configuration)
        .replace(file, content.toByteArray());
  }
}
