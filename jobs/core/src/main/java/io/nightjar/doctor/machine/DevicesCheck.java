package io.nightjar.doctor.machine;

import io.nightjar.backbone.engine.BackboneEngine;
import io.nightjar.backbone.engine.Cuda;
import io.nightjar.backbone.engine.DeviceChoice;
import io.nightjar.backbone.engine.OnnxRuntime;
import io.nightjar.backbone.onednn.OneDnn;
import io.nightjar.backbone.spec.EmbeddingSpec;
import io.nightjar.doctor.Check;
import io.nightjar.doctor.Finding;
import io.nightjar.text.Text;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/** What can compute the network here: the engine of the CPU, and the GPUs of ONNX Runtime. */
public final class DevicesCheck implements Check {
  private static final int MOST_GPUS = 64;
  private static final int NVIDIA_SECONDS = 10;

  private final EmbeddingSpec spec;

  /**
   * For a network.
   *
   * @param spec what the network computes, which decides between engines
   */
  public DevicesCheck(EmbeddingSpec spec) {
    this.spec = spec;
  }

  /** The devices on which a session can be opened: the CPU, and then each GPU. */
  public static List<DeviceChoice> usable() {
    List<DeviceChoice> devices = new ArrayList<>();
    devices.add(new DeviceChoice(OptionalInt.empty(), "examined"));
    for (int id = 0; id < MOST_GPUS && Cuda.problem(id).isEmpty(); id++) {
      devices.add(new DeviceChoice(OptionalInt.of(id), "examined"));
    }
    return devices;
  }

  @Override
  public void run(Consumer<Finding> findings) {
    if (!OnnxRuntime.problem().isEmpty()) {
      findings.accept(
          Finding.problem(
              "cpu",
              "Nothing can compute the network here.",
              "Mend what is said of ONNX Runtime above."));
      return;
    }
    List<DeviceChoice> devices = usable();
    BackboneEngine engine = BackboneEngine.of(spec, devices.get(0));
    Map<String, Object> figures = new LinkedHashMap<>();
    figures.put("engine", engine.title());
    figures.put("onednn_instructions", OneDnn.instructions());
    figures.put("onnx_runtime_providers", OnnxRuntime.providers());
    findings.accept(
        new Finding.Ok(
            "cpu",
            engine == BackboneEngine.ONEDNN
                ? Text.format(
                    "%s computes the network with %s.", engine.title(), OneDnn.instructions())
                : Text.format(
                    "%s computes the network%s.",
                    engine.title(),
                    OneDnn.problem().isEmpty() ? "" : "; oneDNN cannot: " + OneDnn.problem()),
            figures));
    List<String> cards = cards();
    if (devices.size() == 1) {
      findings.accept(noGpu(Cuda.problem(0).orElse("unknown"), cards));
    }
    devices.stream()
        .skip(1)
        .forEach(device -> findings.accept(gpu(device.gpu().getAsInt(), cards)));
  }

  /** Without a card nothing is missing; a card that cannot be used is worth a note. */
  private static Finding noGpu(String problem, List<String> cards) {
    Map<String, Object> figures = Map.of("cards", cards);
    String sentence = Text.format("None can be used: %s.", problem);
    return cards.isEmpty()
        ? new Finding.Ok("gpu", sentence, figures)
        : new Finding.Note(
            "gpu",
            Text.format("%s The driver knows %s.", sentence, String.join("; ", cards)),
            "Build with -Pcuda and install CUDA 12 and cuDNN 9 (docs/cluster.md, GPUs), or use"
                + " --device cpu.",
            figures);
  }

  private static Finding gpu(int id, List<String> cards) {
    Map<String, Object> figures = new LinkedHashMap<>();
    figures.put("id", id);
    Optional<String> card = cards.stream().filter(line -> line.startsWith(id + ", ")).findFirst();
    figures.put("card", card.orElse(null));
    return new Finding.Ok(
        "gpu " + id,
        Text.format(
            "ONNX Runtime opens a session on it%s.",
            card.map(line -> " (" + line + ")").orElse("; nvidia-smi does not report its memory")),
        figures);
  }

  /** Number, name, total and free memory of each card by the driver's tool; empty without it. */
  private static List<String> cards() {
    try {
      Process tool =
          new ProcessBuilder(
                  "nvidia-smi",
                  "--query-gpu=index,name,memory.total,memory.free",
                  "--format=csv,noheader")
              .redirectError(ProcessBuilder.Redirect.DISCARD)
              .start();
      if (!tool.waitFor(NVIDIA_SECONDS, TimeUnit.SECONDS)) {
        tool.destroyForcibly();
        return List.of();
      }
      String text = new String(tool.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      return tool.exitValue() == 0 ? text.lines().map(String::strip).toList() : List.of();
    } catch (IOException e) {
      return List.of();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return List.of();
    }
  }
}
