package io.nightjar.benchmarks.support;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.apache.commons.io.FileUtils;

/** A temporary folder for what a benchmark reads and writes. */
public final class WorkFolder implements AutoCloseable {
  private final Path path;

  public WorkFolder() throws IOException {
    path = Files.createTempDirectory("nightjar-benchmark");
  }

  public Path path() {
    return path;
  }

  /** All lines of an evaluation's metrics.json but the time it took. */
  public static List<String> figures(Path out) throws IOException {
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
