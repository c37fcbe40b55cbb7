package io.nightjar.linalg;

import io.nightjar.error.InvalidInputException;
import io.nightjar.text.Text;
import java.io.File;
import java.io.IOException;
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
 * Loads the native library once per process, when first asked, and holds it to one thread per call.
 *
 * <p>On Linux MLlib makes the system's BLAS known to the whole process. Had that come second, and
 * were it another OpenBLAS, its outer parts would call the inner ones of ours, which are laid out
 * otherwise, and the process would crash: so MLlib is made to calculate with ours too, unless
 * {@link MllibBlas} leaves the choice to it. Where MLlib
 * came first, the system's functions take the place of ours, and Nightjar calculates with them.
 */
final class OpenBlas {
  private static final Logger LOG = LoggerFactory.getLogger(OpenBlas.class);

  private OpenBlas() {}

  /**
   * Makes the native library ready.
   *
   * @throws InvalidInputException if this platform has no native library on the class path
   */
  static void require() {
    if (!failure().isEmpty()) {
      throw new InvalidInputException(failure());
    }
  }

  /** Why the library cannot be used, in a sentence; empty where it is ready. */
  static String failure() {
    return Library.FAILURE;
  }

  /** The library and its version or, where another came before it into the process, its files. */
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

  /** The holder whose initialisation is the loading, so that it happens once and when needed. */
  private static final class Library {
    /** Why the library cannot be used; empty where it can. */
    static final String FAILURE = load();

    static final String DESCRIPTION = FAILURE.isEmpty() ? describe() : "";

    private static String load() {
      // JavaCPP refuses allocations beyond one heap of its own memory, and when the whole process
      // (networks, Spark's off-heap pages) exceeds four. What is allocated here is closed at once
      // or by its owner, so those limits could only kill a healthy job.
      setUnlessGiven("org.bytedeco.javacpp.maxBytes", "0");
      setUnlessGiven("org.bytedeco.javacpp.maxPhysicalBytes", "0");
      try {
        openblas.blas_set_num_threads(1);
        if (Loader.getPlatform().startsWith("linux")
            && MllibBlas.requested() == MllibBlas.SHARED
            && others().isEmpty()) {
          shareWithMllib();
        }
        tellUnusualCache();
        return "";
      } catch (LinkageError | RuntimeException e) {
        LOG.debug("OpenBLAS could not be loaded", e);
        return sentence(e);
      }
    }

    /** Has an effect only before MLlib's first native product or decomposition. */
    private static void shareWithMllib() {
      // By this name the dynamic linker finds the library that is loaded.
      setUnlessGiven("dev.ludovic.netlib.blas.nativeLib", "libopenblas.so.0");
      setUnlessGiven("dev.ludovic.netlib.lapack.nativeLib", "libopenblas.so.0");
      // ARPACK is a library of its own, which would bring the system's BLAS. Of a name that does
      // not exist, MLlib takes its ARPACK in Java.
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
          "This process had loaded another BLAS before Nightjar's OpenBLAS, so Nightjar calculates"
              + " with it too: {}. Its speed and the last bits of results can differ.",
          files);
      return "the BLAS in " + files + " for " + platform;
    }

    /** Files other than ours in which functions of ours were found, being loaded before. */
    private static Set<Path> others() {
      Set<Path> others = new TreeSet<>();
      try {
        Path ours = Path.of(Loader.load(openblas.class)).toRealPath().getParent();
        for (String function : List.of("cblas_sgemm", "cblas_ssyrk", "dsyevd_")) {
          NativeFunctions.file(function)
              .filter(file -> !file.startsWith(ours))
              .ifPresent(others::add);
        }
      } catch (IOException e) {
        LOG.debug("The files of the native libraries are not known", e);
      }
      return others;
    }

    private static void setUnlessGiven(String property, String value) {
      if (System.getProperty(property) == null
          && System.getProperty(property.toLowerCase(Locale.ROOT)) == null) {
        System.setProperty(property, value);
      }
    }

    /** JavaCPP unpacks below java.io.tmpdir where the home directory cannot be written. */
    private static void tellUnusualCache() {
      try {
        File cache = Loader.getCacheDir();
        if (!cache.toPath().startsWith(System.getProperty("user.home"))) {
          LOG.info("The native libraries of OpenBLAS are unpacked in {}", cache);
        }
      } catch (IOException e) {
        LOG.debug("JavaCPP names no cache directory", e);
      }
    }
  }
}
