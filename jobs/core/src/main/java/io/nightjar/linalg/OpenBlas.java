package io.nightjar.linalg;

import io.nightjar.error.InvalidInputException;
import io.nightjar.io.NativeLibraries;
import io.nightjar.text.Text;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.bytedeco.javacpp.Loader;
import org.bytedeco.openblas.global.openblas;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Loads the native library once per process, on first use, and limits it to one thread per call.
 *
 * <p>On Linux MLlib loads the system's BLAS with global symbols. If that happened after ours was
 * loaded, and it were another OpenBLAS, its interface functions would call our internal ones, whose
 * data structures differ, and the process would crash: so MLlib is configured to use ours too,
 * unless {@link MllibBlas} leaves it its choice. Where MLlib was first, the system's functions
 * replace ours, and Nightjar computes with them.
 */
final class OpenBlas {
  private static final Logger LOG = LoggerFactory.getLogger(OpenBlas.class);

  private OpenBlas() {}

  /**
   * Loads the native library if it is not loaded yet.
   *
   * @throws InvalidInputException if this platform has no native library on the class path
   */
  static void require() {
    if (!failure().isEmpty()) {
      throw new InvalidInputException(failure());
    }
  }

  /** Why the library cannot be used, in a sentence; empty where it can. */
  static String failure() {
    return Library.FAILURE;
  }

  /**
   * The library and its version or, where another BLAS was loaded before it, the files of that one.
   */
  static String description() {
    return Library.DESCRIPTION;
  }

  private static String sentence(Throwable failure) {
    String platform = Loader.getPlatform();
    return Text.format(
        "OpenBLAS could not be loaded on the platform %s (%s). Its native libraries must be on"
            + " the class path: org.bytedeco:openblas and org.bytedeco:javacpp with the classifier"
            + " %s; Nightjar's own jar carries those of linux-x86_64 unless built for another.",
        platform, failure, platform);
  }

  /** Initialisation-on-demand holder: the library is loaded once, when first needed. */
  private static final class Library {
    /** Why the library cannot be used; empty where it can. */
    static final String FAILURE = load();

    static final String DESCRIPTION = FAILURE.isEmpty() ? describe() : "";

    private static String load() {
      // JavaCPP refuses allocations beyond one heap of its own memory, and when the whole process
      // (networks, Spark's off-heap pages) exceeds four. Allocations made here are freed at once or
      // by their owner, so those limits could only kill a healthy job.
      setUnlessGiven("org.bytedeco.javacpp.maxBytes", "0");
      setUnlessGiven("org.bytedeco.javacpp.maxPhysicalBytes", "0");
      try {
        NativeLibraries.prepare(Loader::getCacheDir);
        openblas.blas_set_num_threads(1);
        if (Loader.getPlatform().startsWith("linux")
            && MllibBlas.requested() == MllibBlas.SHARED
            && others().isEmpty()) {
          shareWithMllib();
        }
        return "";
      } catch (IOException | LinkageError | RuntimeException e) {
        LOG.debug("OpenBLAS could not be loaded", e);
        return sentence(e);
      }
    }

    /** Has an effect only before MLlib's first native product or decomposition. */
    private static void shareWithMllib() {
      // By this name the dynamic linker finds the library that is already loaded.
      setUnlessGiven("dev.ludovic.netlib.blas.nativeLib", "libopenblas.so.0");
      setUnlessGiven("dev.ludovic.netlib.lapack.nativeLib", "libopenblas.so.0");
      // ARPACK is a separate library, which would load the system's BLAS. Given a name that does
      // not exist, MLlib uses its ARPACK in Java.
      setUnlessGiven("dev.ludovic.netlib.arpack.nativeLib", "none-that-brings-another-blas");
    }

    private static String describe() {
      String platform = Loader.getPlatform();
      Set<Path> others = others();
      if (others.isEmpty()) {
        return openblas.OPENBLAS_VERSION.trim() + " for " + platform;
      }
      String files = others.stream().map(Path::toString).collect(Collectors.joining(" and "));
      LOG.warn(
          "This process had loaded another BLAS before Nightjar's OpenBLAS, so Nightjar computes"
              + " with it too: {}. Its speed and the last bits of results can differ.",
          files);
      return "the BLAS in " + files + " for " + platform;
    }

    /**
     * Files, other than ours, that our functions resolve to because they were loaded before. A copy
     * of ours, which another class loader's classes unpacked, is no other.
     */
    private static Set<Path> others() {
      Set<Path> others = new TreeSet<>();
      try {
        Path ours = Path.of(Loader.load(openblas.class)).toRealPath().getParent();
        for (String function : List.of("cblas_sgemm", "cblas_ssyrk", "dsyevd_")) {
          NativeFunctions.file(function)
              .filter(file -> !file.startsWith(ours) && !isCopyOfOurs(file, ours))
              .ifPresent(others::add);
        }
      } catch (IOException e) {
        LOG.debug("The files of the native libraries are not known", e);
      }
      return others;
    }

    private static boolean isCopyOfOurs(Path file, Path ours) {
      Path own = ours.resolve(file.getFileName());
      try {
        return Files.exists(own) && Files.mismatch(own, file) < 0;
      } catch (IOException e) {
        return false; // it cannot be read, and may be any
      }
    }

    private static void setUnlessGiven(String property, String value) {
      if (System.getProperty(property) == null
          && System.getProperty(property.toLowerCase(Locale.ROOT)) == null) {
        System.setProperty(property, value);
      }
    }
  }
}
