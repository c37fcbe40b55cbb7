package io.nightjar.linalg;

import com.sun.jna.Function;
import dev.ludovic.netlib.arpack.ARPACK;
import dev.ludovic.netlib.blas.NativeBLAS;
import dev.ludovic.netlib.lapack.NativeLAPACK;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.bytedeco.javacpp.Loader;
import org.bytedeco.javacpp.Pointer;
import org.netlib.util.doubleW;
import org.netlib.util.intW;

/**
 * A process that calculates with Nightjar and with the library behind MLlib, in the order of its
 * arguments, and prints how far the results are from those known otherwise.
 */
final class TwoLibraries {
  /** Large enough for blocked kernels, and for a second thread where a library takes one. */
  private static final int N = 320;

  /** What is printed where MLlib finds no native library. */
  static final String NO_SYSTEM_BLAS = "no libblas.so.3 or liblapack.so.3 on this system";

  private TwoLibraries() {}

  public static void main(String[] order) throws IOException {
    try {
      calculate(order);
    } catch (RuntimeException e) {
      if (!String.valueOf(e.getMessage())
          .matches("Unable to load native( [A-Z]+)? implementation")) {
        throw e;
      }
      System.out.println(NO_SYSTEM_BLAS);
    }
  }

  private static void calculate(String... order) throws IOException {
    for (String part : order) {
      switch (part) {
        case "nightjar-blas" -> print(part, nightjarProduct());
        case "nightjar-eigen" -> print(part, nightjarEigenvalues());
        case "netlib-blas" -> print(part, netlibProduct());
        case "netlib-lapack" -> print(part, netlibEigenvalues());
        case "netlib-arpack" -> print(part, netlibLargestEigenvalue());
        default -> throw new IllegalArgumentException(part);
      }
    }
    System.out.println("computed with " + LinearAlgebra.inUse());
    System.out.println("threads: " + threads());
    System.out.println("BLAS files: " + files());
  }

  /** As the library says whose functions this process calls. */
  private static String threads() {
    Pointer address = Loader.addressof("openblas_get_num_threads");
    return address == null
        ? "unknown"
        : "" + Function.getFunction(new com.sun.jna.Pointer(address.address())).invokeInt(null);
  }

  /** Those mapped into this process. */
  private static String files() throws IOException {
    try (Stream<String> mappings = Files.lines(Path.of("/proc/self/maps"))) {
      return mappings
          .filter(mapping -> mapping.matches(".*/lib(openblas|blas|lapack|arpack)[^/]*"))
          .map(mapping -> mapping.substring(mapping.indexOf('/')))
          .distinct()
          .collect(Collectors.joining(" "));
    }
  }

  private static void print(String part, double difference) {
    System.out.println(part + (difference < 1e-9 ? " is right" : " is wrong by " + difference));
  }

  /** A(i, j) = i + j and B(i, j) = i - j, modulo 7: their products are exact. */
  private static double nightjarProduct() {
    float[] a = new float[N * N];
    float[] b = new float[N * N];
    float[] c = new float[N * N];
    for (int i = 0; i < N * N; i++) {
      a[i] = left(i / N, i % N);
      b[i] = right(i / N, i % N);
    }
    Blas.multiply(a, N, N, b, N, c);
    double worst = 0;
    for (int i = 0; i < N * N; i++) {
      worst = Math.max(worst, Math.abs(c[i] - product(i / N, i % N)));
    }
    return worst;
  }

  private static double netlibProduct() {
    double[] a = new double[N * N];
    double[] b = new double[N * N];
    double[] c = new double[N * N];
    for (int i = 0; i < N * N; i++) {
      a[i] = left(i % N, i / N);
      b[i] = right(i % N, i / N);
    }
    NativeBLAS.getInstance().dgemm("N", "N", N, N, N, 1, a, N, b, N, 0, c, N);
    double worst = 0;
    for (int i = 0; i < N * N; i++) {
      worst = Math.max(worst, Math.abs(c[i] - product(i % N, i / N)));
    }
    return worst;
  }

  private static int left(int i, int j) {
    return (i + j) % 7;
  }

  private static int right(int i, int j) {
    return (i - j) % 7;
  }

  private static int product(int i, int j) {
    int sum = 0;
    for (int l = 0; l < N; l++) {
      sum += left(i, l) * right(l, j);
    }
    return sum;
  }

  private static double nightjarEigenvalues() {
    double[] values = SymmetricEigen.of(minima(), N).values();
    double[] ascending = new double[N];
    Arrays.setAll(ascending, i -> values[N - 1 - i]);
    return differenceFromTruth(ascending);
  }

  private static double netlibEigenvalues() {
    double[] values = new double[N];
    double[] work = new double[1 + 6 * N + 2 * N * N];
    int[] integerWork = new int[3 + 5 * N];
    intW info = new intW(-1);
    NativeLAPACK.getInstance()
        .dsyevd(
            "V",
            "U",
            N,
            minima(),
            N,
            values,
            work,
            work.length,
            integerWork,
            integerWork.length,
            info);
    return info.val == 0 ? differenceFromTruth(values) : Double.NaN;
  }

  /** The covariance of a random walk: entry (i, j) is the smaller of i and j, counted from 1. */
  private static double[] minima() {
    double[] matrix = new double[N * N];
    Arrays.setAll(matrix, i -> 1 + Math.min(i / N, i % N));
    return matrix;
  }

  private static double differenceFromTruth(double[] ascending) {
    double worst = 0;
    for (int k = 1; k <= N; k++) {
      double expected = eigenvalue(k);
      worst = Math.max(worst, Math.abs(ascending[N - k] - expected) / expected);
    }
    return worst;
  }

  /** The k-th largest of {@link #minima()}: 1 / (4 sin²((2k - 1) pi / (4n + 2))). */
  private static double eigenvalue(int k) {
    double sine = Math.sin((2 * k - 1) * Math.PI / (4 * N + 2));
    return 1 / (4 * sine * sine);
  }

  /** ARPACK asks for products with the matrix until the largest eigenvalues no longer change. */
  private static double netlibLargestEigenvalue() {
    int wanted = 3;
    int kept = 20;
    double[] matrix = minima();
    double[] workspace = new double[3 * N];
    double[] ritz = new double[kept * (kept + 8)];
    int[] parameters = new int[11];
    parameters[0] = 1;
    parameters[2] = 300;
    parameters[6] = 1;
    int[] pointers = new int[11];
    double[] residual = new double[N];
    double[] basis = new double[N * kept];
    intW request = new intW(0);
    intW info = new intW(0);
    doubleW tolerance = new doubleW(1e-12);
    do {
      ARPACK
          .getInstance()
          .dsaupd(
              request,
              "I",
              N,
              "LM",
              wanted,
              tolerance,
              residual,
              kept,
              basis,
              N,
              parameters,
              pointers,
              workspace,
              ritz,
              ritz.length,
              info);
      for (int i = 0; i < N && request.val != 99; i++) {
        double sum = 0;
        for (int j = 0; j < N; j++) {
          sum += matrix[i * N + j] * workspace[pointers[0] - 1 + j];
        }
        workspace[pointers[1] - 1 + i] = sum;
      }
    } while (request.val != 99);
    double found = 0;
    for (int i = 0; i < wanted; i++) {
      found = Math.max(found, ritz[pointers[5] - 1 + i]);
    }
    double expected = eigenvalue(1);
    return info.val == 0 ? Math.abs(found - expected) / expected : Double.NaN;
  }
}
