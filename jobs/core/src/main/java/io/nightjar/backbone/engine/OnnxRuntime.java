package io.nightjar.backbone.engine;

import ai.djl.engine.Engine;
import ai.onnxruntime.OrtEnvironment;
import io.nightjar.error.InvalidInputException;
import io.nightjar.text.Text;
import java.util.List;
import java.util.Locale;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.function.Predicate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** ONNX Runtime's library in this process. */
public final class OnnxRuntime {
  private static final Logger LOG = LoggerFactory.getLogger(OnnxRuntime.class);

  /** The platforms that Nightjar's jars are built for, in the words of ONNX Runtime's resources. */
  private static final List<String> PLATFORMS = List.of("linux-x64", "linux-aarch64");

  private static final String TAKEN = "creating an OrtEnvironment, but one already exists";

  private OnnxRuntime() {}

  /**
   * Why its library cannot be used in this process, in sentences; empty where it can. Loads it, and
   * makes no environment.
   */
  public static String problem() {
    return Library.PROBLEM;
  }

  /**
   * Its version, by its own account; loads it.
   *
   * @throws InvalidInputException if it cannot be loaded
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
   * already, it cannot be loaded in this process any more (DJL 0.35.1 and 0.36.0, ONNX Runtime
   * 1.24.2 and 1.28.0).
   *
   * @throws IllegalStateException saying so
   * @throws InvalidInputException if its library cannot be loaded
   */
  static Engine engine() {
    require();
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

  /** The first failure says why in its cause, the later ones in the text of theirs. */
  private static boolean isTaken(Throwable failure) {
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      if (String.valueOf(cause.getMessage()).contains(TAKEN)) {
        return true;
      }
    }
    return false;
  }

  /**
   * What it can compute on, in lower case, such as {@code cpu} and {@code cuda}; loads it.
   *
   * @throws InvalidInputException if it cannot be loaded
   */
  public static SortedSet<String> providers() {
    require();
    SortedSet<String> names = new TreeSet<>();
    OrtEnvironment.getAvailableProviders()
        .forEach(provider -> names.add(provider.name().toLowerCase(Locale.ROOT)));
    return names;
  }

  private static void require() {
    if (!problem().isEmpty()) {
      throw new InvalidInputException(problem());
    }
  }

  /**
   * What to do about a library that does not load: a jar has that of one platform, and the one who
   * starts it on another learns of a missing file otherwise.
   *
   * @param platform in the words of ONNX Runtime's resources, such as {@code linux-aarch64}
   * @param isThere whether the class path has the library of a platform
   * @param reason why it does not load
   */
  static String sentence(String platform, Predicate<String> isThere, String reason) {
    if (isThere.test(platform)) {
      return Text.format(
          "ONNX Runtime, which computes the network, could not be loaded on %s (%s). The folder for"
              + " temporary files (-Djava.io.tmpdir, %s) must allow execution, and the system must"
              + " have glibc and libstdc++.",
          platform, reason, System.getProperty("java.io.tmpdir"));
    }
    List<String> others = PLATFORMS.stream().filter(isThere).toList();
    return Text.format(
        "ONNX Runtime, which computes the network, is not on the class path for %s (there is %s)."
            + " Take Nightjar's jar for the platform of the executors, which must all have the same:"
            + " docs/cluster.md, Other platforms.",
        platform, others.isEmpty() ? "none" : "that for " + String.join(" and ", others));
  }

  /** Initialisation-on-demand holder: the library is loaded once, when first needed. */
  private static final class Library {
    static final String PROBLEM = load();

    private static String load() {
      DjlSettings.apply();
      try {
        OrtEnvironment.getAvailableProviders();
        return "";
      } catch (LinkageError e) {
        LOG.debug("ONNX Runtime could not be loaded", e);
        Throwable reason = e.getCause() == null ? e : e.getCause(); // of a class's initialisation
        return sentence(platform(), Library::isThere, String.valueOf(reason.getMessage()));
      }
    }

    private static String platform() {
      String system = System.getProperty("os.name").toLowerCase(Locale.ROOT).replaceAll(" .*", "");
      String architecture = System.getProperty("os.arch");
      return system + "-" + (architecture.equals("amd64") ? "x64" : architecture);
    }

    private static boolean isThere(String platform) {
      return OrtEnvironment.class.getResource(
              "/ai/onnxruntime/native/" + platform + "/libonnxruntime.so")
          != null;
    }
  }
}
