package io.nightjar.benchmarks;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.apache.commons.io.FileUtils;

/** A temporary folder for what a benchmark reads and writes. */
final class WorkFolder implements AutoCloseable {
  private final Path path;

  WorkFolder() throws IOException {
    path = Files.createTempDirectory("nightjar-benchmark");
  }

  Path path() {
    return path;
  }

  /** All lines of an evaluation's metrics.json but the time it took. */
  static List<String> figures(Path out) throws IOException {
    return Files.readAllLines(out.resolve("metrics.json")).stream()
        .filter(line -> !line.strip().startsWith("\"seconds\" :"))
        .toList();
  }

  /** Deletes the folder with all that is in it. */
  @Override
  public void close() throws IOException {
    FileUtils.deleteDirectory(path.toFile());
  }
}
