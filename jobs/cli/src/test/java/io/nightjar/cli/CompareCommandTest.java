package io.nightjar.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.nightjar.cli.CommandLines.Ended;
import io.nightjar.metric.LabelledImage;
import io.nightjar.report.comparison.TestRuns;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class CompareCommandTest {
  private final List<LabelledImage> images = TestRuns.images(1, 6);
  private String monday;
  private String tuesday;
  private Path work;

  @BeforeAll
  void write(@TempDir Path folder) throws IOException {
    work = folder;
    monday =
        TestRuns.in(work.resolve("monday"), "2026-11-23T01:00:00Z")
            .category("bottle", images)
            .write();
    tuesday =
        TestRuns.in(work.resolve("tuesday"), "2026-11-24T01:00:00Z")
            .category("bottle", TestRuns.rescored(images, 0.6, 0, 3))
            .write();
  }

  private static Ended compare(String... arguments) {
    String[] line = new String[arguments.length + 2];
    line[0] = "compare";
    line[1] = "--master=local[1]";
    System.arraycopy(arguments, 0, line, 2, arguments.length);
    return CommandLines.run(line);
  }

  @Test
  void aRegressionEndsWithExitCode5AndTheReasonOnTheLastLine() {
    Ended ended = compare(monday, tuesday, "--out", work.resolve("out").toString());

    assertThat(ended.exitCode()).as(ended.err()).isEqualTo(5);
    assertThat(ended.out().lines().toList())
        .last()
        .asString()
        .startsWith("Not passed: pixel AUPRC of bottle fell from ");
    assertThat(work.resolve("out/compare-junit.xml")).isNotEmptyFile();
  }

  @Test
  void withoutRegressionTheExitCodeIs0() {
    assertThat(compare(monday, monday).exitCode()).isZero();
    assertThat(compare(tuesday, work + "/monday").exitCode()).isZero();
    assertThat(compare(monday, tuesday, "--fail-on", "none").exitCode()).isZero();
  }

  @Test
  void aRunThatIsNotThereEndsWithExitCode2() {
    Ended ended = compare(monday, work + "/wednesday");

    assertThat(ended.exitCode()).isEqualTo(2);
    assertThat(ended.err()).contains("There is no finished run in " + work + "/wednesday");
    assertThat(compare(monday).exitCode()).isEqualTo(2);
  }
}
