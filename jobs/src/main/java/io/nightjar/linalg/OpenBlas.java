package io.nightjar.linalg;

import io.nightjar.error.InvalidInputException;
import java.io.File;
import java.io.IOException;
import java.util.Locale;
import org.bytedeco.javacpp.Loader;
import org.bytedeco.openblas.global.openblas;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Loads the native library once per process, when first asked, and holds it to one thread per call.
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

  private static String sentence(Throwable failure) {
    String platform = Loader.getPlatform();
    return ("OpenBLAS could not be loaded on the platform %s (%s). Its native libraries must be on"
            + " the class path: org.bytedeco:openblas and org.bytedeco:javacpp with the classifier"
            + " %s; Nightjar's own jar carries those of linux-x86_64 unless built for another.")
        .formatted(platform, failure, platform);
  }

  /** The holder whose initialisation is the loading, so that it happens once and when needed. */
  private static final class Library {
    /** Why the library cannot be used; empty where it can. */
    static final String FAILURE = load();

    private static String load() {
      // JavaCPP refuses allocations beyond one heap of its own memory, and when the whole process
      // (networks, Spark's off-heap pages) exceeds four. What is allocated here is closed at once
      // or by its owner, so those limits could only kill a healthy job.
      setUnlessGiven("org.bytedeco.javacpp.maxBytes", "0");
      setUnlessGiven("org.bytedeco.javacpp.maxPhysicalBytes", "0");
      try {
        openblas.blas_set_num_threads(1);
        tellUnusualCache();
        return "";
      } catch (LinkageError | RuntimeException e) {
        LOG.debug("OpenBLAS could not be loaded", e);
        return sentence(e);
      }
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
