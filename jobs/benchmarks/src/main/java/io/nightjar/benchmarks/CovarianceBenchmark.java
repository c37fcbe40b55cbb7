package io.nightjar.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;

import io.nightjar.benchmarks.support.ProcessorTime;
import io.nightjar.linalg.Blas;
import io.nightjar.pca.covariance.CovarianceAccumulator;
import io.nightjar.pca.covariance.SyntheticPatches;
import java.util.Arrays;
import java.util.Locale;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/**
 * The rate of {@link CovarianceAccumulator#add} next to that of a plain matrix product of the same
 * rows, on one thread, by that thread's processor time. Operations are those of the mathematics:
 * {@code rows * n * (n + 1)} for the covariance, which is symmetric, {@code 2 * rows * n * n} for
 * the product.
 */
@Command(
    name = "covariance",
    description = "The covariance of patches against the rate of a matrix product.")
final class CovarianceBenchmark implements Runnable {
  private static final int CHANNELS = 1792;
  private static final int ROWS = 8 * 784;
  private static final double LEAST_FRACTION = 0.6;

  @Option(names = "--rounds", defaultValue = "9", description = "Default: ${DEFAULT-VALUE}.")
  private int rounds;

  @Override
  public void run() {
    float[] patches = SyntheticPatches.correlated(ROWS, CHANNELS, 40, 5);
    float[] square = Arrays.copyOf(patches, CHANNELS * CHANNELS);
    float[] product = new float[ROWS * CHANNELS];
    CovarianceAccumulator accumulator = new CovarianceAccumulator(CHANNELS);
    double[] covariance = new double[rounds];
    double[] multiply = new double[rounds];
    for (int round = 0; round < rounds; round++) {
      covariance[round] = ProcessorTime.threadSeconds(() -> accumulator.add(patches, ROWS));
      multiply[round] =
          ProcessorTime.threadSeconds(
              () -> Blas.multiply(patches, ROWS, CHANNELS, square, CHANNELS, product));
    }

    double covarianceRate =
        (double) ROWS * CHANNELS * (CHANNELS + 1) / ProcessorTime.median(covariance) / 1e9;
    double productRate = 2.0 * ROWS * CHANNELS * CHANNELS / ProcessorTime.median(multiply) / 1e9;

    System.out.printf(
        Locale.ROOT,
        "covariance %.1f GFLOP/s, matrix product %.1f GFLOP/s, ratio %.2f%n",
        covarianceRate,
        productRate,
        covarianceRate / productRate);
    assertThat(covarianceRate / productRate).isGreaterThan(LEAST_FRACTION);
  }
}
