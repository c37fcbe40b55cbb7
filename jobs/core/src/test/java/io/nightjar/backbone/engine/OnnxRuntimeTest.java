package io.nightjar.backbone.engine;

import static org.assertj.core.api.Assertions.assertThat;

import ai.djl.Device;
import ai.djl.Model;
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

  /** With ONNX Runtime 1.24 and DJL 0.35 an environment that DJL did not make bars its engine. */
  @Test
  void whoeverAsksForTheLibraryFirstTheEngineCanBeLoaded() throws Exception {
    List<String> command = JavaCommand.of(System.getProperty("java.class.path"));
    command.addAll(List.of("-Dai.djl.offline=true", "-DOPT_OUT_TRACKING=true"));
    command.add(Asking.class.getName());
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    try {
      String printed =
          new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);

      assertThat(process.waitFor(1, TimeUnit.MINUTES)).isTrue();
      assertThat(printed)
          .containsPattern("version 1\\.[0-9]+\\.[0-9]+")
          .containsPattern("providers \\[.*cpu.*\\]")
          .contains("engine of network");
      assertThat(process.exitValue()).isZero();
    } finally {
      process.destroyForcibly();
    }
  }
}
