package io.nightjar.notebook;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** The python3 of the machine. */
final class Python {
  private static final int MINUTES = 10;

  private Python() {}

  /** What a process printed, errors included. */
  record Ended(int exitCode, String printed) {}

  /** Runs it; empty where there is none. */
  static Ended run(Path work, Map<String, String> environment, List<String> arguments)
      throws IOException, InterruptedException {
    List<String> words = new ArrayList<>(List.of("python3"));
    words.addAll(arguments);
    Path printed = Files.createTempFile(work, "python", ".out");
    ProcessBuilder builder =
        new ProcessBuilder(words)
            .directory(work.toFile())
            .redirectErrorStream(true)
            .redirectOutput(printed.toFile());
    builder.environment().put("PYTHONDONTWRITEBYTECODE", "1");
    builder.environment().putAll(environment);
    Process process = builder.start();
    try {
      assertThat(process.waitFor(MINUTES, TimeUnit.MINUTES)).as("%s ended", words).isTrue();
    } finally {
      process.destroyForcibly();
    }
    return new Ended(process.exitValue(), Files.readString(printed, StandardCharsets.UTF_8));
  }

  /** Whether there is a python3. */
  static boolean isThere(Path work) throws InterruptedException {
    try {
      return run(work, Map.of(), List.of("--version")).exitCode() == 0;
    } catch (IOException e) {
      return false;
    }
  }
}
