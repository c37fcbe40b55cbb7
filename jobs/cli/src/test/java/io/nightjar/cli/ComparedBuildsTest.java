package io.nightjar.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.nightjar.benchmark.against.Build;
import io.nightjar.testing.Sparks;
import io.nightjar.testing.TinyDataset;
import io.nightjar.text.Text;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code benchmark --against} by two launchers of this build, which takes six processes. */
@Tag("faults")
class ComparedBuildsTest {
  @TempDir private Path work;

  private record Ended(int exitCode, String out, String err) {}

  @Test
  void anotherBuildEvaluatesTheSameInTurns() throws IOException {
    Path data = TinyDataset.generate(work.resolve("data"));
    Path weights = TinyDataset.writeWeights(work.resolve("resnet18.safetensors"));
    Path launcher = work.resolve("nightjar");
    Files.writeString(
        launcher,
        Text.format(
            "#!/bin/sh\nexec '%s/bin/java' %s -cp '%s' io.nightjar.cli.Nightjar \"$@\"\n",
            System.getProperty("java.home"),
            ManagementFactory.getRuntimeMXBean().getInputArguments().stream()
                .filter(option -> option.startsWith("-X") || option.startsWith("--add-opens"))
                .collect(Collectors.joining(" ")),
            System.getProperty("java.class.path")));
    assertThat(launcher.toFile().setExecutable(true)).isTrue();
    Path out = work.resolve("against");
    System.setProperty(Build.LAUNCHER, launcher.toString());
    Ended ended;
    try {
      ended =
          run(
              "benchmark",
              "--against=" + launcher,
              "--runs=1",
              "--master=local[2]",
              "--backbone=resnet18",
              "--image-size=64",
              "--grid=8",
              "--category=bottle",
              "--data=" + data,
              "--weights=" + weights,
              "--out=" + out);
    } finally {
      System.clearProperty(Build.LAUNCHER);
    }

    assertThat(ended.exitCode()).as(ended.err()).isZero();
    assertThat(ended.err()).contains("pair 1 of 1");
    assertThat(ended.out())
        .contains("process cpu seconds", "stage fit seconds", "are the same")
        .doesNotContain("changed:");
    JsonNode against = new ObjectMapper().readTree(out.resolve("against.json").toFile());
    JsonNode own = against.at("/own_runs/0");
    assertThat(own.get("evaluation_seconds").asDouble())
        .isPositive()
        .isLessThan(own.get("process_seconds").asDouble());
    assertThat(own.get("process_cpu_seconds").asDouble()).isPositive();
  }

  private static Ended run(String... arguments) {
    Sparks.stop(); // of another test, in which --master would be refused
    StringWriter out = new StringWriter();
    StringWriter err = new StringWriter();
    int exitCode = Nightjar.run(arguments, new PrintWriter(out), new PrintWriter(err));
    return new Ended(exitCode, out.toString(), err.toString());
  }
}
