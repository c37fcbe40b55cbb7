package io.nightjar.linalg;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import io.nightjar.testing.ClassPaths;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** MLlib's native library and Nightjar's in one process; two that differ used to crash it. */
@Tag("slow")
@EnabledOnOs(OS.LINUX)
class TwoLibrariesTest {

  @ParameterizedTest
  @ValueSource(
      strings = {
        "nightjar-blas netlib-blas nightjar-eigen netlib-lapack",
        "nightjar-eigen netlib-arpack nightjar-blas nightjar-eigen netlib-blas"
      })
  void mllibTakesTheLibraryOfNightjar(String order, @TempDir Path directory) throws Exception {
    String output = run(order, directory);

    assertThat(output)
        .contains("computed with OpenBLAS 0.", "threads: 1")
        .containsPattern("BLAS files: (\\S+/org/bytedeco/openblas/\\S+ ?)+\\R")
        .doesNotContain("loaded another BLAS");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "netlib-blas nightjar-blas nightjar-eigen netlib-lapack",
        "netlib-lapack nightjar-eigen nightjar-blas netlib-blas",
        "netlib-blas nightjar-eigen netlib-arpack nightjar-eigen"
      })
  void nightjarTakesTheLibraryThatMllibLoadedBefore(String order, @TempDir Path directory)
      throws Exception {
    String output = run(order, directory);

    assertThat(output)
        .contains("computed with the BLAS in /", "This process had loaded another BLAS before")
        .containsPattern("threads: (1|unknown)");
  }

  /** What the process printed, having calculated all parts rightly. */
  private static String run(String order, Path directory) throws Exception {
    List<String> parts = List.of(order.split(" "));
    String output =
        OpenBlasTest.run(ClassPaths.whole(), directory, List.of(), TwoLibraries.class, parts);
    assumeFalse(output.contains(TwoLibraries.NO_SYSTEM_BLAS), TwoLibraries.NO_SYSTEM_BLAS);
    for (String part : parts) {
      assertThat(output).contains(part + " is right");
    }
    return output;
  }
}
