package io.nightjar.backbone.engine;

import ai.djl.engine.Engine;
import ai.onnxruntime.OrtEnvironment;
import java.util.Locale;
import java.util.SortedSet;
import java.util.TreeSet;

/** ONNX Runtime's library in this process. */
public final class OnnxRuntime {
  private OnnxRuntime() {}

  /**
   * Its version, by its own account; loads it.
   *
   * @throws LinkageError if it cannot be loaded
   * @throws RuntimeException the same, as its class reports it
   */
  public static String version() {
    return environment().getVersion();
  }

  /**
   * The environment of the process. DJL's engine must have made it: it asks for one with threads of
   * its own, and where there is one already, it cannot be loaded in this process any more.
   */
  static OrtEnvironment environment() {
    DjlSettings.apply();
    Engine.getEngine(OnnxRuntimeBackbone.ENGINE);
    return OrtEnvironment.getEnvironment();
  }

  /** What it can compute on, in lower case, such as {@code cpu} and {@code cuda}; loads it. */
  public static SortedSet<String> providers() {
    DjlSettings.apply();
    SortedSet<String> names = new TreeSet<>();
    OrtEnvironment.getAvailableProviders()
        .forEach(provider -> names.add(provider.name().toLowerCase(Locale.ROOT)));
    return names;
  }
}
