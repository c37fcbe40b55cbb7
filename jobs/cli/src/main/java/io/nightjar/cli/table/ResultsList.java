package io.nightjar.cli.table;

import io.nightjar.io.HadoopPaths;
import io.nightjar.io.PlainFiles;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;

/** Prints what a folder of results holds: of all that a command can write, what is there. */
public final class ResultsList {
  private final List<Entry> entries = new ArrayList<>();

  /**
   * Files and folders, and what they are for.
   *
   * @param names of folders end with a slash
   */
  private record Entry(List<String> names, String purpose) {}

  /** A line of the list: some names of one purpose. */
  public ResultsList line(String purpose, String... names) {
    entries.add(new Entry(List.of(names), purpose));
    return this;
  }

  /** Prints the place, and a line for what of it is there. */
  public void print(String folder, Configuration configuration, PrintWriter out) {
    out.println("Results: " + folder);
    Set<String> there;
    try {
      there = names(folder, configuration);
    } catch (IOException e) {
      out.println("  (what it holds could not be listed: " + e.getMessage() + ")");
      return;
    }
    List<Entry> shown =
        entries.stream()
            .map(
                entry ->
                    new Entry(entry.names.stream().filter(there::contains).toList(), entry.purpose))
            .filter(entry -> !entry.names.isEmpty())
            .toList();
    int width = shown.stream().mapToInt(entry -> label(entry).length()).max().orElse(0);
    for (Entry entry : shown) {
      String label = label(entry);
      out.println("  " + label + " ".repeat(width - label.length() + 2) + entry.purpose);
    }
  }

  private static String label(Entry entry) {
    return String.join(", ", entry.names);
  }

  private static Set<String> names(String folder, Configuration configuration) throws IOException {
    Path path = HadoopPaths.parse(folder);
    return Arrays.stream(PlainFiles.of(path, configuration).listStatus(path))
        .map(entry -> entry.getPath().getName() + (entry.isDirectory() ? "/" : ""))
        .collect(Collectors.toSet());
  }
}
