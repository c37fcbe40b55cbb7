package io.nightjar.benchmark;

import io.nightjar.linalg.Blas;

/**
 * Makes MLlib calculate with the OpenBLAS that is already here, which is the fairest comparison and
 * the only safe one: the system's BLAS would be loaded beside it, and where that is an OpenBLAS of
 * another version, each would call the other's functions with tables of another layout, and the
 * process would crash.
 */
final class MllibNatives {
  /** By this name the dynamic linker finds the library that is loaded. */
  private static final String LIBRARY = "libopenblas.so.0";

  private MllibNatives() {}

  /** Has an effect only before MLlib's first product in this process. */
  static void shareOpenBlas() {
    Blas.requireNatives();
    setUnlessGiven("dev.ludovic.netlib.blas.nativeLib");
    setUnlessGiven("dev.ludovic.netlib.lapack.nativeLib");
  }

  private static void setUnlessGiven(String property) {
    if (System.getProperty(property) == null) {
      System.setProperty(property, LIBRARY);
    }
  }
}
