package io.nightjar.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import io.nightjar.testing.Repository;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** What a finished process said. */
record Command(int exitCode, String out, String err) {
  /** A script of {@code deploy/spark-submit}. */
  static Path script(String name) {
    return Repository.file("deploy/spark-submit/" + name);
  }

  static Command run(Path work, Map<String, String> environment, List<String> words)
      throws IOException, InterruptedException {
    return run(work, environment, words, 10);
  }

  /**
   * The same for what takes longer.
   *
   * @param minutes that it may take on a busy machine
   */
  static Command run(Path work, Map<String, String> environment, List<String> words, int minutes)
      throws IOException, InterruptedException {
    Path out = Files.createTempFile(work, "command", ".out");
    Path err = Files.createTempFile(work, "command", ".err");
    ProcessBuilder builder =
        new ProcessBuilder(words)
            .directory(work.toFile())
            .redirectOutput(out.toFile())
            .redirectError(err.toFile());
    builder.environment().putAll(environment);
    Process process = builder.start();
    try {
      assertThat(process.waitFor(minutes, TimeUnit.MINUTES)).as("%s ended", words.get(0)).isTrue();
    } finally {
      process.destroyForcibly();
    }
    return new Command(process.exitValue(), read(out), read(err));
  }

  /** What the JVM of the tests opens for Spark: the list in the POM. */
  static List<String> opened() {
    return ManagementFactory.getRuntimeMXBean().getInputArguments().stream()
        .filter(argument -> argument.startsWith("--add-opens"))
        .toList();
  }

  private static String read(Path file) throws IOException {
    return Files.readString(file, StandardCharsets.UTF_8);
  }
}
