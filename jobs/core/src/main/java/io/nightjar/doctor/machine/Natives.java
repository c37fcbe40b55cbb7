package io.nightjar.doctor.machine;

import io.nightjar.backbone.engine.OnnxRuntime;
import io.nightjar.backbone.onednn.OneDnn;
import io.nightjar.dataset.decode.FastInflate;
import io.nightjar.doctor.Examination;
import io.nightjar.linalg.LinearAlgebra;
import java.io.IOException;
import java.io.Serializable;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Supplier;
import java.util.stream.Stream;

/** The native libraries of this process: each is loaded, if it can be. */
public final class Natives {
  private static final Path MAPS = Path.of("/proc/self/maps");

  private Natives() {}

  /**
   * A native library.
   *
   * @param name of the library
   * @param version with what the library says of itself; empty where it is not loaded
   * @param file that it was loaded from; empty where the system does not say
   * @param problem why it is not used, in a sentence or a clause; empty where it is
   * @param consequence what computes instead, in a sentence; empty where nothing does
   * @param exists whether there is one for this platform at all
   */
  public record Library(
      String name, String version, String file, String problem, String consequence, boolean exists)
      implements Serializable {
    private static final long serialVersionUID = 1L;

    /** Whether it is loaded and used. */
    public boolean isUsed() {
      return problem.isEmpty();
    }

    /** Whether a run fails without it. */
    public boolean isNeeded() {
      return consequence.isEmpty();
    }
  }

  /** Loads all of them. */
  public static List<Library> load() {
    return List.of(
        library(
            "ONNX Runtime",
            OnnxRuntime::version,
            OnnxRuntime::problem,
            "libonnxruntime.so",
            "",
            true),
        library(
            "oneDNN",
            () -> OneDnn.description() + ", " + OneDnn.instructions(),
            OneDnn::problem,
            "libdnnl.so",
            "ONNX Runtime computes the network instead.",
            OneDnn.isForThisPlatform()),
        library(
            "OpenBLAS",
            LinearAlgebra::nativeDescription,
            LinearAlgebra::nativeProblem,
            "libopenblas",
            "Plain Java computes instead, several times slower; memory banks are kept on the Java"
                + " heap.",
            true),
        library(
            "ISA-L",
            () -> "as part of Intel's GKL",
            FastInflate::problem,
            "libgkl_compression",
            "PNGs are decompressed by zlib, in about twice the time.",
            FastInflate.isForThisPlatform()));
  }

  private static Library library(
      String name,
      Supplier<String> version,
      Supplier<String> problem,
      String file,
      String consequence,
      boolean exists) {
    try {
      String found = problem.get();
      return found.isEmpty()
          ? new Library(name, version.get(), mapped(file), "", consequence, exists)
          : new Library(name, "", mapped(file), found, consequence, exists);
    } catch (RuntimeException | LinkageError e) {
      Throwable cause = e.getCause() == null ? e : e.getCause();
      return new Library(
          name,
          "",
          "",
          "it could not be loaded (" + Examination.reason(cause) + ")",
          consequence,
          exists);
    }
  }

  /** The first mapped file whose name begins so; empty where the system does not say. */
  private static String mapped(String name) {
    if (!Files.isReadable(MAPS)) {
      return "";
    }
    try (Stream<String> mappings = Files.lines(MAPS)) {
      return mappings
          .filter(mapping -> mapping.contains("/" + name))
          .map(mapping -> mapping.substring(mapping.indexOf('/')))
          .findFirst()
          .orElse("");
    } catch (IOException | RuntimeException e) { // a name that is no text in this locale
      return "";
    }
  }
}
