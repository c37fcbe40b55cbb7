package io.nightjar.io;

import static org.assertj.core.api.Assertions.assertThat;

import ai.onnxruntime.OrtEnvironment;
import io.nightjar.dataset.decode.ImageDecoder;
import io.nightjar.dataset.image.TestImages;
import io.nightjar.linalg.LinearAlgebra;
import io.nightjar.testing.ClassPaths;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@Tag("slow")
class NativeLeftoversTest {

  /** A process that loads the native libraries of a run. */
  static final class Loading {
    private Loading() {}

    public static void main(String[] arguments) throws Exception {
      NativeLibraries.prepare();
      ImageDecoder.decode(TestImages.encode(TestImages.rgb(), "png"), "x");
      System.out.println(LinearAlgebra.inUse());
      System.out.println(OrtEnvironment.getEnvironment().getVersion());
      try (Stream<Path> files = Files.list(Path.of(System.getProperty("java.io.tmpdir")))) {
        System.out.println("used " + files.count());
      }
    }
  }

  @Test
  void nothingIsLeftInTheTemporaryFolder(@TempDir Path work) throws Exception {
    Path temporary = Files.createDirectory(work.resolve("tmp"));
    Path home = Files.createDirectory(work.resolve("home"));

    String printed = run(temporary, home);

    assertThat(printed).contains("used 2"); // ours and ONNX Runtime's
    try (Stream<Path> left = Files.list(temporary)) {
      assertThat(left).isEmpty();
    }
  }

  private static String run(Path temporary, Path home) throws IOException, InterruptedException {
    Path log = temporary.resolveSibling("printed");
    ProcessBuilder builder =
        new ProcessBuilder(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:-UsePerfData",
                "-Djava.io.tmpdir=" + temporary,
                "-Duser.home=" + home,
                "-cp",
                ClassPaths.whole(),
                Loading.class.getName()));
    builder.environment().remove("NIGHTJAR_CACHE");
    Process process =
        builder.redirectErrorStream(true).redirectOutput(new File(log.toString())).start();
    assertThat(process.waitFor(5, TimeUnit.MINUTES)).isTrue();
    assertThat(process.exitValue()).as(Files.readString(log)).isZero();
    return Files.readString(log);
  }
}
