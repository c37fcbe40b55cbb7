package io.nightjar.linalg;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import io.nightjar.error.InvalidInputException;
import io.nightjar.testing.ClassPaths;
import io.nightjar.testing.JavaCommand;
import io.nightjar.testing.Repository;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.bytedeco.javacpp.Pointer;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@Tag("slow")
class OpenBlasTest {
  private static final Path CONFIGURATION = Repository.file("conf/log4j2.properties");

  /** OpenBLAS, unless this process is to compute in plain Java, and so without its library. */
  static Kernels kernels() {
    assumeFalse("java".equals(System.getProperty(LinearAlgebra.PROPERTY)), "OpenBLAS is not asked");
    return new OpenBlasKernels();
  }

  /** What the child process of a test runs. */
  static final class Child {
    private Child() {}

    public static void main(String[] arguments) {
      try {
        float[] product = new float[1];
        Blas.multiply(new float[] {2}, 1, 1, new float[] {3}, 1, product);
        System.out.println("2 x 3 = " + product[0]);
        System.out.println("computed with " + LinearAlgebra.inUse());
      } catch (InvalidInputException e) {
        System.out.println(e.getMessage());
      }
    }
  }

  @Test
  void missingNativesAreReportedInASentence(@TempDir Path directory) throws Exception {
    String output =
        runChild(ClassPaths.withoutNatives(), directory, List.of("-Dnightjar.linalg=native"));

    assertThat(output)
        .contains("OpenBLAS could not be loaded on the platform ")
        .contains("org.bytedeco:openblas and org.bytedeco:javacpp with the classifier ")
        .doesNotContain("2 x 3");
  }

  @ParameterizedTest
  @CsvSource({"auto, 1", "java, 0"})
  void plainJavaTakesOverWhereNativesAreMissing(
      String choice, int warnings, @TempDir Path directory) throws Exception {
    String output =
        runChild(ClassPaths.withoutNatives(), directory, List.of("-Dnightjar.linalg=" + choice));

    assertThat(output)
        .contains("2 x 3 = 6.0", "computed with Java")
        .satisfies(
            text -> assertThat(text.split("continues in plain Java", -1)).hasSize(warnings + 1));
  }

  @ParameterizedTest
  @CsvSource({"auto, OpenBLAS 0.", "native, OpenBLAS 0.", "java, Java", "JAVA, Java"})
  void propertyChooses(String choice, String library, @TempDir Path directory) throws Exception {
    String output = runChild(ClassPaths.whole(), directory, List.of("-Dnightjar.linalg=" + choice));

    assertThat(output)
        .contains("2 x 3 = 6.0", "computed with " + library)
        .doesNotContain("continues in plain Java");
  }

  @Test
  void unknownChoiceIsRefused(@TempDir Path directory) throws Exception {
    String output = runChild(ClassPaths.whole(), directory, List.of("-Dnightjar.linalg=fast"));

    assertThat(output).contains("-Dnightjar.linalg=fast is none of auto, java and native");
  }

  @Test
  void homeDirectoryNeedsNotBeWritable(@TempDir Path directory) throws Exception {
    Path file = Files.createFile(directory.resolve("home"));

    String output = runChild(ClassPaths.whole(), directory, List.of("-Duser.home=" + file));

    assertThat(output).contains("2 x 3 = 6.0");
  }

  @Test
  void javaCppSetsNoLimitOfItsOwn() {
    kernels();

    assertThat(Pointer.maxBytes()).isZero();
    assertThat(Pointer.maxPhysicalBytes()).isZero();
  }

  private static String runChild(String classPath, Path directory, List<String> flags)
      throws Exception {
    return run(classPath, directory, flags, Child.class, List.of());
  }

  /** What a process printed and logged. */
  static String run(
      String classPath, Path directory, List<String> flags, Class<?> main, List<String> arguments)
      throws Exception {
    Path output = directory.resolve("output");
    Path log = directory.resolve("log");
    List<String> command =
        Stream.of(
                JavaCommand.of(classPath),
                List.of("-Djava.io.tmpdir=" + directory),
                List.of("-Dlog4j2.configurationFile=" + CONFIGURATION, "-Dnightjar.log=" + log),
                flags,
                List.of(main.getName()),
                arguments)
            .flatMap(List::stream)
            .toList();
    Process child =
        new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectOutput(output.toFile())
            .start();
    assertThat(child.waitFor()).as(Files.readString(output)).isZero();
    return Files.readString(output) + (Files.exists(log) ? Files.readString(log) : "");
  }
}
