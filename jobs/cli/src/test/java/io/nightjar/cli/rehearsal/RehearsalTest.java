package io.nightjar.cli.rehearsal;

import static org.assertj.core.api.Assertions.assertThat;

import io.nightjar.testing.Sparks;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** On a host's Spark, so that a failure would throw and not end the tests' process. */
@Tag("slow")
class RehearsalTest {
  @BeforeAll
  static void start() {
    Sparks.local(2);
  }

  @Test
  void aWholeEvaluationRuns(@TempDir Path folder) {
    Rehearsal.main(new String[] {folder.toString()});

    assertThat(folder.resolve("results/metrics.json")).isNotEmptyFile();
    assertThat(folder.resolve("results/report.html")).isNotEmptyFile();
    assertThat(folder.resolve("data/carpet/train/good")).isNotEmptyDirectory();
  }
}
