package io.nightjar.linalg;

import static org.assertj.core.api.Assertions.assertThat;

import io.nightjar.error.InvalidInputException;
import java.io.File;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.bytedeco.javacpp.Pointer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OpenBlasTest {

  /** What the child process of a test runs. */
  static final class Child {
    private Child() {}

    public static void main(String[] arguments) {
      try {
        float[] product = new float[1];
        Blas.multiply(new float[] {2}, 1, 1, new float[] {3}, 1, product);
        System.out.println("2 x 3 = " + product[0]);
      } catch (InvalidInputException e) {
        System.out.println(e.getMessage());
      }
    }
  }

  @Test
  void missingNativesAreToldInASentence(@TempDir Path directory) throws Exception {
    String withoutNatives =
        Arrays.stream(classPath().split(File.pathSeparator))
            .filter(entry -> !entry.matches(".*openblas-[^/]*-(linux|macosx|windows)-[^/]*\\.jar"))
            .collect(Collectors.joining(File.pathSeparator));

    String output = runChild(withoutNatives, directory, List.of());

    assertThat(output)
        .contains("OpenBLAS could not be loaded on the platform ")
        .contains("org.bytedeco:openblas and org.bytedeco:javacpp with the classifier ");
  }

  @Test
  void homeDirectoryNeedsNotBeWritable(@TempDir Path directory) throws Exception {
    Path file = Files.createFile(directory.resolve("home"));

    String output = runChild(classPath(), directory, List.of("-Duser.home=" + file));

    assertThat(output).contains("2 x 3 = 6.0");
  }

  @Test
  void javaCppSetsNoLimitOfItsOwn() {
    Blas.requireNatives();

    assertThat(Pointer.maxBytes()).isZero();
    assertThat(Pointer.maxPhysicalBytes()).isZero();
  }

  private static String runChild(String classPath, Path directory, List<String> flags)
      throws Exception {
    Path output = directory.resolve("output");
    List<String> command =
        Stream.of(
                List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString()),
                List.of("-cp", classPath, "-Djava.io.tmpdir=" + directory),
                flags,
                List.of(Child.class.getName()))
            .flatMap(List::stream)
            .toList();
    Process child =
        new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectOutput(output.toFile())
            .start();
    assertThat(child.waitFor()).isZero();
    return Files.readString(output, StandardCharsets.UTF_8);
  }

  private static String classPath() {
    return System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
  }
}
