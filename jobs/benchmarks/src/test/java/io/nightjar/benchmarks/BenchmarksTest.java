package io.nightjar.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a benchmark's exit status says. */
class BenchmarksTest {
  @TempDir private Path empty;

  @Test
  void helpSucceeds() {
    assertThat(Benchmarks.run("--help")).isZero();
  }

  @ParameterizedTest
  @ValueSource(strings = {"python", "search", "shards", "suggest"})
  void absentImagesAreAnInputThatCannotBeUsed(String name) {
    assertThat(Benchmarks.run(name, "--data", empty.resolve("none").toString())).isEqualTo(2);
  }

  @Test
  void theListingFindsAllFilesThatWereWritten() {
    assertThat(Benchmarks.run("listing", "--files", "500", "--rounds", "1")).isZero();
  }

  @Test
  void anUnknownOptionIsRefused() {
    assertThat(Benchmarks.run("covariance", "--cycles", "1")).isEqualTo(2);
  }
}
