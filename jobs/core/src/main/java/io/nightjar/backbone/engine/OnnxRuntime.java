package io.nightjar.backbone.engine;

import ai.djl.engine.Engine;
import ai.onnxruntime.OrtEnvironment;
import java.util.Locale;
import java.util.SortedSet;
import java.util.TreeSet;

/** ONNX Runtime's library in this process. */
public final class OnnxRuntime {
  private static final String TAKEN = "creating an OrtEnvironment, but one already exists";

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

  /** The environment of the process, made by DJL's engine. */
  static OrtEnvironment environment() {
    engine();
    return OrtEnvironment.getEnvironment();
  }

  /**
   * DJL's engine. It asks for an environment with threads of its own, and where there is one
   * already, it cannot be loaded in this process any more (DJL 0.35.1, ONNX Runtime 1.24.2).
   *
   * @throws IllegalStateException saying so
   */
  static Engine engine() {
    DjlSettings.apply();
    try {
      return Engine.getEngine(OnnxRuntimeBackbone.ENGINE);
    } catch (LinkageError e) {
      if (isTaken(e)) {
        throw new IllegalStateException(
            "The network cannot be loaded, since something else in this process has used ONNX"
                + " Runtime before DJL's engine was loaded, which it does not allow. Start a new"
                + " process (a new session in a notebook, new executors) and let Nightjar load its"
                + " network first.",
            e);
      }
      throw e;
    }
  }

  /** The first failure tells why in its cause, the later ones in the text of theirs. */
  private static boolean isTaken(Throwable failure) {
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      if (String.valueOf(cause.getMessage()).contains(TAKEN)) {
        return true;
      }
    }
    return false;
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
