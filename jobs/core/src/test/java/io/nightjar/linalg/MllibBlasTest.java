package io.nightjar.linalg;

import static org.assertj.core.api.Assertions.assertThat;

import io.nightjar.error.InvalidInputException;
import io.nightjar.testing.ClassPaths;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** MLlib's choice of a BLAS is ours to make only as long as the user lets us. */
@Tag("slow")
class MllibBlasTest {

  /** What the child process of a test runs. */
  static final class Child {
    private Child() {}

    public static void main(String[] arguments) {
      try {
        float[] product = new float[1];
        Blas.multiply(new float[] {2}, 1, 1, new float[] {3}, 1, product);
        System.out.println("2 x 3 = " + product[0] + " with " + LinearAlgebra.inUse());
        System.out.println(
            "properties: "
                + System.getProperties().stringPropertyNames().stream()
                    .filter(name -> name.startsWith("dev.ludovic.netlib."))
                    .sorted()
                    .toList());
      } catch (InvalidInputException e) {
        System.out.println(e.getMessage());
      }
    }
  }

  private static String run(Path directory, String... flags) throws Exception {
    return OpenBlasTest.run(
        ClassPaths.whole(),
        directory,
        Stream.concat(Stream.of("-Dnightjar.linalg=native"), Stream.of(flags)).toList(),
        Child.class,
        List.of());
  }

  @Test
  void mllibCalculatesWithOurLibraryByDefault(@TempDir Path directory) throws Exception {
    assertThat(run(directory))
        .contains("2 x 3 = 6.0 with OpenBLAS")
        .contains(
            "properties: [dev.ludovic.netlib.arpack.nativeLib, dev.ludovic.netlib.blas.nativeLib,"
                + " dev.ludovic.netlib.lapack.nativeLib]");
  }

  @Test
  void noPropertyIsSetWhereMllibIsToChoose(@TempDir Path directory) throws Exception {
    assertThat(run(directory, "-Dnightjar.mllib.blas=own"))
        .contains("2 x 3 = 6.0 with OpenBLAS", "properties: []");
  }

  @Test
  void anotherChoiceIsRefused(@TempDir Path directory) throws Exception {
    assertThat(run(directory, "-Dnightjar.mllib.blas=mine"))
        .contains("-Dnightjar.mllib.blas=mine is neither shared nor own")
        .doesNotContain("2 x 3");
  }
}
