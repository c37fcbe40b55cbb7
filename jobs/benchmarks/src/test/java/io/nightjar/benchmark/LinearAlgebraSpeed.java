package io.nightjar.benchmark;

import io.nightjar.linalg.Blas;
import io.nightjar.linalg.BlasTest;
import io.nightjar.linalg.JavaKernels;
import io.nightjar.linalg.Kernels;
import io.nightjar.linalg.NativeMatrix;
import io.nightjar.linalg.OpenBlasKernels;
import io.nightjar.linalg.SymmetricEigen;
import java.lang.management.ManagementFactory;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import org.junit.jupiter.api.Test;

/**
 * Plain Java beside OpenBLAS, in processor time of one thread: {@code mvn -pl jobs test
 * -Dtest=LinearAlgebraSpeed}. Not run unless named; it asserts nothing.
 */
class LinearAlgebraSpeed {
  private static final int CHANNELS = 1792;

  @Test
  void measure() {
    for (Kernels kernels : List.of(new OpenBlasKernels(), new JavaKernels())) {
      products(kernels);
      eigenvectors(kernels);
    }
  }

  private static void products(Kernels kernels) {
    float[] patches = BlasTest.random(4096 * CHANNELS, 1);
    float[] components = BlasTest.random(CHANNELS * 167, 2);
    float[] projected = new float[4096 * 167];
    float[] gram = new float[CHANNELS * CHANNELS];
    rate(
        kernels,
        "multiply 4096 x 1792 x 167",
        2.0 * 4096 * CHANNELS * 167,
        () -> Blas.multiply(kernels, patches, 4096, CHANNELS, components, 167, projected));
    rate(
        kernels,
        "gramUpper 4096 x 1792",
        4096.0 * CHANNELS * (CHANNELS + 1),
        () -> Blas.gramUpper(kernels, patches, 0, 4096, CHANNELS, gram));
    float[] bank = BlasTest.random(50_000 * 167, 3);
    float[] block = new float[1024 * 1024];
    try (NativeMatrix resident = NativeMatrix.copyOf(kernels, List.of(bank), 50_000, 167)) {
      rate(
          kernels,
          "multiplyTransposed 1024 x 167 x 50,000",
          2.0 * 1024 * 167 * 49_152,
          () -> {
            for (int row = 0; row + 1024 <= 50_000; row += 1024) {
              resident.multiplyTransposed(bank, 1024, row, 1024, block);
            }
          });
    }
  }

  private static void rate(Kernels kernels, String name, double operations, Runnable product) {
    double best = Double.MAX_VALUE;
    for (int round = 0; round < 7; round++) {
      best = Math.min(best, seconds(product));
    }
    System.out.printf(
        Locale.ROOT, "%s: %s %.1f GFLOP/s%n", kernels.description(), name, operations / best / 1e9);
  }

  private static void eigenvectors(Kernels kernels) {
    Random random = new Random(4);
    double[] matrix = new double[CHANNELS * CHANNELS];
    for (int i = 0; i < CHANNELS; i++) {
      for (int j = i; j < CHANNELS; j++) {
        matrix[i * CHANNELS + j] = random.nextGaussian();
        matrix[j * CHANNELS + i] = matrix[i * CHANNELS + j];
      }
    }
    System.out.printf(
        Locale.ROOT,
        "%s: eigenvectors of %d x %d %.2f s%n",
        kernels.description(),
        CHANNELS,
        CHANNELS,
        seconds(() -> SymmetricEigen.of(kernels, matrix, CHANNELS)));
  }

  private static double seconds(Runnable work) {
    var threads = ManagementFactory.getThreadMXBean();
    long before = threads.getCurrentThreadCpuTime();
    work.run();
    return (threads.getCurrentThreadCpuTime() - before) / 1e9;
  }
}
