package io.nightjar.backbone.engine;

import static org.assertj.core.api.Assertions.assertThat;

import ai.djl.Device;
import ai.djl.Model;
import ai.onnxruntime.OrtEnvironment;
import io.nightjar.error.InvalidInputException;
import io.nightjar.testing.JavaCommand;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("slow")
class OnnxRuntimeTest {

  /** A process that asks for the library's version before it loads a network. */
  static final class Asking {
    private Asking() {}

    public static void main(String[] arguments) {
      System.out.println("version " + OnnxRuntime.version());
      System.out.println("providers " + OnnxRuntime.providers());
      try (Model model = Model.newInstance("network", Device.cpu(), "OnnxRuntime")) {
        System.out.println("engine of " + model.getName());
      }
    }
  }

  /** A process in which somebody else has used the library. */
  static final class Late {
    private Late() {}

    public static void main(String[] arguments) {
      System.out.println(OrtEnvironment.getEnvironment().getVersion());
      for (int attempt = 1; attempt <= 2; attempt++) {
        try {
          OnnxRuntime.version();
        } catch (IllegalStateException e) {
          System.out.println("attempt " + attempt + ": " + e.getMessage());
        }
      }
    }
  }

  /** With ONNX Runtime 1.24 and DJL 0.35 an environment that DJL did not make bars its engine. */
  @Test
  void whateverAsksForTheLibraryFirstTheEngineCanBeLoaded() throws Exception {
    assertThat(printed(Asking.class))
        .containsPattern("version 1\\.[0-9]+\\.[0-9]+")
        .containsPattern("providers \\[.*cpu.*\\]")
        .contains("engine of network");
  }

  @Test
  void whereSomebodyElseUsedTheLibraryFirstItIsASentenceEachTime() throws Exception {
    String sentence = "The network cannot be loaded, since something else in this process has used";

    assertThat(printed(Late.class)).contains("attempt 1: " + sentence, "attempt 2: " + sentence);
  }

  /** A process that asks what it could compute on, twice. */
  static final class Elsewhere {
    private Elsewhere() {}

    public static void main(String[] arguments) {
      for (int attempt = 1; attempt <= 2; attempt++) {
        try {
          Cuda.problem(0);
        } catch (InvalidInputException e) {
          System.out.println("attempt " + attempt + ": " + e.getMessage());
        }
      }
    }
  }

  /**
   * As where the folder for temporary files allows no execution: the file is there and unusable.
   */
  @Test
  void aLibraryThatDoesNotLoadIsASentenceEachTime() throws Exception {
    String sentence =
        "ONNX Runtime, which computes the network, could not be loaded on linux-aarch64 (";

    assertThat(printed(Elsewhere.class, "-Dos.name=Linux", "-Dos.arch=aarch64"))
        .contains("attempt 1: " + sentence, "attempt 2: " + sentence)
        .contains("must allow execution");
  }

  @Test
  void theJarOfAnotherPlatformIsNamedAndWhatToDo() {
    assertThat(OnnxRuntime.sentence("linux-aarch64", "linux-x64"::equals, "no onnxruntime"))
        .isEqualTo(
            "ONNX Runtime, which computes the network, is not on the class path for linux-aarch64"
                + " (there is that for linux-x64). Take Nightjar's jar for the platform of the"
                + " executors, which must all have the same: docs/cluster.md, Other platforms.");
    assertThat(OnnxRuntime.sentence("linux-riscv64", platform -> false, "no onnxruntime"))
        .contains("for linux-riscv64 (there is none)");
  }

  private static String printed(Class<?> program, String... options) throws Exception {
    List<String> command = JavaCommand.of(System.getProperty("java.class.path"));
    command.addAll(List.of(options));
    command.addAll(List.of("-Dai.djl.offline=true", "-DOPT_OUT_TRACKING=true"));
    command.add(program.getName());
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    try {
      String printed = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      assertThat(process.waitFor(10, TimeUnit.MINUTES)).isTrue();
      assertThat(process.exitValue()).as(printed).isZero();
      return printed;
    } finally {
      process.destroyForcibly();
    }
  }
}
