package io.nightjar.benchmark.harness;

import io.nightjar.error.InvalidInputException;
import io.nightjar.text.Text;

/**
 * How much is measured. No measurement begins another run once it has spent its seconds, so that
 * the running time is bounded whatever the machine.
 *
 * @param runs timed runs of each measurement, at most
 * @param quick whether little data must do: about a minute on two cores instead of five
 */
public record BenchmarkOptions(int runs, boolean quick) {
  private static final int MOST_RUNS = 1000;

  /**
   * @throws InvalidInputException if the runs are not 1 to 1000
   */
  public BenchmarkOptions {
    requireRuns(runs);
  }

  /**
   * Refuses a number of runs that is out of range.
   *
   * @throws InvalidInputException if it is not 1 to 1000
   */
  public static void requireRuns(int runs) {
    if (runs < 1 || runs > MOST_RUNS) {
      throw new InvalidInputException(
          Text.format("The option --runs is %d; it must be 1 to %d.", runs, MOST_RUNS));
    }
  }

  /** Seconds that one measurement may spend. */
  public double seconds() {
    return quick ? 2 : 12;
  }

  /** Seconds that the whole evaluation may spend. */
  public double wholeSeconds() {
    return quick ? 5 : 45;
  }

  /** Seconds of each measurement's runs that are not timed. */
  double warmUpSeconds() {
    return quick ? 0.2 : 1;
  }

  /** Images to learn from whose files and patches the steps share. */
  int trainImages() {
    return quick ? 20 : 32;
  }

  /** Test images. */
  int testImages() {
    return quick ? 4 : 12;
  }

  /** Images to learn from whose reduced patches are the bank. */
  int bankImages() {
    return quick ? trainImages() : Integer.MAX_VALUE;
  }

  /** Images of a decoding run. */
  public int decodeImages() {
    return quick ? 8 : 16;
  }

  /** Images whose patches a run of the covariance takes. */
  public int covarianceImages() {
    return quick ? 4 : 16;
  }

  /** Patches of a run of MLlib's covariance, which takes one at a time. */
  public int mllibRows() {
    return quick ? 392 : 1568;
  }

  /** Side of the eigenproblem, at most. */
  public int eigenChannels() {
    return quick ? 448 : Integer.MAX_VALUE;
  }

  /** Channels of the principal components that MLlib finds, too. */
  public int pcaChannels() {
    return quick ? 192 : 512;
  }

  /** Patches of the same. */
  public int pcaRows() {
    return quick ? 784 : 3136;
  }

  /** Queries of a run of plain products, in batches of 1,024. */
  public int productQueries() {
    return 2048;
  }

  /** Queries of a brute-force run. */
  public int bruteForceQueries() {
    return 196;
  }
}
