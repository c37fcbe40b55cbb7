package io.nightjar.faults;

import io.nightjar.io.Sha256;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * All that is in the folder of a run's results but its store, without what differs from run to run:
 * times, and the names that Spark draws. A file that was left over is one more.
 *
 * @param files the hash of each file, or its text, by name; empty where it holds times or a
 *     checksum of those
 */
record Results(SortedMap<String, String> files) {
  private static final List<String> WITH_TIMES = List.of("run.json", "report.html", "status.json");

  static Results of(Path out) throws IOException {
    SortedMap<String, String> files = new TreeMap<>();
    try (Stream<Path> all = Files.walk(out)) {
      for (Path file : all.filter(Files::isRegularFile).toList()) {
        String name = out.relativize(file).toString();
        if (!name.startsWith(".nightjar-store/")) {
          // The tests' locale has digits of its own.
          files.put(name.replaceAll("(?<=[/.]part-)[^./]+", "*"), content(name, file));
        }
      }
    }
    return new Results(files);
  }

  /** Without the files of checksums, which Hadoop writes on local disks alone. */
  Results withoutChecksums() {
    SortedMap<String, String> others = new TreeMap<>(files);
    others.keySet().removeIf(name -> name.endsWith(".crc"));
    return new Results(others);
  }

  private static String content(String name, Path file) throws IOException {
    if (WITH_TIMES.contains(name) || name.startsWith("metrics/") || name.endsWith(".crc")) {
      return "";
    }
    return switch (name) {
      case "metrics.json", "score.json" ->
          Files.readAllLines(file).stream()
              .filter(line -> !line.strip().matches("\"(seconds|started)\" :.*"))
              .collect(Collectors.joining("\n"));
      case "metrics.csv" ->
          Files.readAllLines(file).stream()
              .map(line -> line.substring(0, line.lastIndexOf(',')))
              .collect(Collectors.joining("\n"));
      default ->
          Sha256.of(
              name.endsWith(".parquet")
                  ? pages(Files.readAllBytes(file))
                  : Files.readAllBytes(file));
    };
  }

  /** All values of a Parquet file; its footer lists the encodings of a column in any order. */
  private static byte[] pages(byte[] parquet) {
    int end = parquet.length - Integer.BYTES - "PAR1".length();
    int footer = ByteBuffer.wrap(parquet).order(ByteOrder.LITTLE_ENDIAN).getInt(end);
    return Arrays.copyOf(parquet, end - footer);
  }
}
