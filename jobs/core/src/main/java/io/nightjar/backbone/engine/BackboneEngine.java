package io.nightjar.backbone.engine;

import io.nightjar.backbone.onednn.OneDnn;
import io.nightjar.backbone.spec.EmbeddingSpec;
import io.nightjar.backbone.spec.Precision;
import io.nightjar.error.InvalidInputException;
import io.nightjar.text.Text;
import java.util.Locale;

/**
 * The engine that computes a backbone: oneDNN on CPUs with AVX-512, whose 3x3 convolutions by
 * Winograd's method take a quarter of the multiplications, elsewhere ONNX Runtime. Their results
 * agree up to the rounding of float32.
 *
 * <p>The system property {@value #PROPERTY} overrides the choice: {@code onednn} fails on a CPU
 * without AVX-512, {@code onnxruntime} never loads it, {@code auto} is the default.
 */
public enum BackboneEngine {
  /** oneDNN on a CPU with AVX-512. */
  ONEDNN(OneDnn.description()),
  /** ONNX Runtime on a CPU or a GPU. */
  ONNX_RUNTIME("ONNX Runtime");

  /** The system property that overrides the choice. */
  static final String PROPERTY = "nightjar.backbone";

  /** What the property was called before; it counts where the present one is not set. */
  private static final String OLD_PROPERTY = "nightjar.trunk";

  private final String title;

  BackboneEngine(String title) {
    this.title = title;
  }

  /** The engine's name, for people. */
  public String title() {
    return title;
  }

  /**
   * The engine for a backbone on a device.
   *
   * @throws InvalidInputException if the property names no choice, or asks for oneDNN where it
   *     cannot be used
   */
  public static BackboneEngine of(EmbeddingSpec spec, DeviceChoice device) {
    String request = request().toLowerCase(Locale.ROOT);
    boolean suitable = device.gpu().isEmpty() && spec.precision() == Precision.FP32;
    return switch (request) {
      case "auto" -> suitable && OneDnn.problem().isEmpty() ? ONEDNN : ONNX_RUNTIME;
      case "onnxruntime" -> ONNX_RUNTIME;
      case "onednn" -> suitable ? requireOneDnn() : ONNX_RUNTIME;
      default ->
          throw new InvalidInputException(
              Text.format(
                  "-D%s=%s is none of auto, onednn and onnxruntime: auto takes oneDNN on CPUs with"
                      + " AVX-512 and ONNX Runtime elsewhere.",
                  PROPERTY, request));
    };
  }

  private static String request() {
    return System.getProperty(PROPERTY, System.getProperty(OLD_PROPERTY, "auto"));
  }

  private static BackboneEngine requireOneDnn() {
    if (!OneDnn.problem().isEmpty()) {
      throw new InvalidInputException(
          Text.format(
              "-D%s=onednn asks for oneDNN, which cannot be used here: %s. Ask for auto or onnxruntime.",
              PROPERTY, OneDnn.problem()));
    }
    return ONEDNN;
  }
}
