package io.nightjar.benchmark;

import static org.assertj.core.api.Assertions.assertThat;

import io.nightjar.linalg.Blas;
import io.nightjar.pca.covariance.CovarianceAccumulator;
import io.nightjar.pca.covariance.SyntheticPatches;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.util.Arrays;
import java.util.Locale;
import org.junit.jupiter.api.Test;

/**
 * The rate of {@link CovarianceAccumulator#add} beside that of a plain matrix product of the same
 * rows, on one thread, by that thread's CPU time. Flops are those of the mathematics: {@code rows *
 * n * (n + 1)} for the covariance, which is symmetric, {@code 2 * rows * n * n} for the product.
 *
 * <p>Not a test by its name: {@code mvn -pl jobs test -Dtest=CovarianceBenchmark}.
 */
class CovarianceBenchmark {
  private static final int CHANNELS = 1792;
  private static final int ROWS = 8 * 784;
  private static final int ROUNDS = 9;
  private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();

  @Test
  void covarianceRunsNearTheRateOfAMatrixProduct() {
    float[] patches = SyntheticPatches.correlated(ROWS, CHANNELS, 40, 5);
    float[] square = Arrays.copyOf(patches, CHANNELS * CHANNELS);
    float[] product = new float[ROWS * CHANNELS];
    CovarianceAccumulator accumulator = new CovarianceAccumulator(CHANNELS);
    double[] covariance = new double[ROUNDS];
    double[] multiply = new double[ROUNDS];
    for (int round = 0; round < ROUNDS; round++) {
      covariance[round] = seconds(() -> accumulator.add(patches, ROWS));
      multiply[round] =
          seconds(() -> Blas.multiply(patches, ROWS, CHANNELS, square, CHANNELS, product));
    }

    double covarianceRate = (double) ROWS * CHANNELS * (CHANNELS + 1) / median(covariance) / 1e9;
    double productRate = 2.0 * ROWS * CHANNELS * CHANNELS / median(multiply) / 1e9;

    System.out.printf(
        Locale.ROOT,
        "covariance %.1f GFLOP/s, matrix product %.1f GFLOP/s, share %.2f%n",
        covarianceRate,
        productRate,
        covarianceRate / productRate);
    assertThat(covarianceRate / productRate).isGreaterThan(0.6);
  }

  private static double seconds(Runnable work) {
    long before = THREADS.getCurrentThreadCpuTime();
    work.run();
    return (THREADS.getCurrentThreadCpuTime() - before) / 1e9;
  }

  private static double median(double[] values) {
    double[] sorted = values.clone();
    Arrays.sort(sorted);
    return sorted[sorted.length / 2];
  }
}
