package io.nightjar.benchmark;

import io.nightjar.error.InvalidInputException;

/**
 * How much is measured. No measurement begins another run once it has spent its seconds, so that
 * the running time is bounded whatever the machine.
 *
 * @param runs timed runs of each measurement, at most
 * @param quick whether the quick sizes below hold
 * @param seconds that one measurement may spend
 * @param wholeSeconds that the whole evaluation may spend on runs after its first
 * @param warmUpSeconds spent on runs that are not timed
 * @param trainImages images of the sample to learn from
 * @param testImages images of the sample to be judged
 * @param decodeImages images of a decoding run
 * @param covarianceImages images whose patches a covariance run takes
 * @param mllibRows patches of a run of MLlib's covariance, which takes one at a time
 * @param eigenChannels side of the eigenproblem, at most
 * @param pcaChannels channels of the principal components that MLlib finds, too
 * @param pcaRows patches of the same
 * @param bruteForceQueries queries of a brute-force run
 */
record Effort(
    int runs,
    boolean quick,
    double seconds,
    double wholeSeconds,
    double warmUpSeconds,
    int trainImages,
    int testImages,
    int decodeImages,
    int covarianceImages,
    int mllibRows,
    int eigenChannels,
    int pcaChannels,
    int pcaRows,
    int bruteForceQueries) {

  private static final int MOST_RUNS = 1000;

  Effort {
    if (runs < 1 || runs > MOST_RUNS) {
      throw new InvalidInputException(
          "The option --runs is %d; it must be 1 to %d.".formatted(runs, MOST_RUNS));
    }
  }

  /** About five minutes on two cores. */
  static Effort thorough(int runs) {
    return new Effort(runs, false, 12, 45, 0.5, 32, 12, 16, 16, 3136, 4096, 512, 3136, 784);
  }

  /** At most a minute on two cores. */
  static Effort quick(int runs) {
    return new Effort(runs, true, 2, 5, 0.1, 20, 4, 8, 4, 784, 448, 192, 784, 196);
  }
}
