package io.nightjar.backbone.engine;

import io.nightjar.io.NativeLibraries;
import java.util.Map;

/**
 * DJL's settings as Nightjar needs them, wherever the job was started; a property that is already
 * set is kept.
 */
final class DjlSettings {
  private static final Map<String, String> PROPERTIES =
      Map.of(
          // Natives come from the class path; nothing is ever downloaded.
          "ai.djl.offline", "true",
          // No telemetry.
          "OPT_OUT_TRACKING", "true",
          // The graph does all the work: no second engine next to ONNX Runtime.
          "ai.djl.onnx.disable_alternative", "true");

  private DjlSettings() {}

  /** To be called before DJL's first class is used. */
  static void apply() {
    NativeLibraries.prepare();
    PROPERTIES.forEach(
        (name, value) -> {
          if (System.getProperty(name) == null) {
            System.setProperty(name, value);
          }
        });
  }
}
