package io.nightjar.benchmark.step;

import dev.ludovic.netlib.lapack.JavaLAPACK;
import dev.ludovic.netlib.lapack.LAPACK;
import io.nightjar.benchmark.harness.BenchmarkContext;
import io.nightjar.benchmark.harness.BenchmarkStep;
import io.nightjar.benchmark.harness.Candidate;
import io.nightjar.benchmark.harness.Check;
import io.nightjar.benchmark.harness.Measurement;
import io.nightjar.benchmark.harness.Quantity;
import io.nightjar.benchmark.harness.StepBenchmark;
import io.nightjar.benchmark.harness.StepComparison;
import io.nightjar.benchmark.harness.StepResult;
import io.nightjar.linalg.SymmetricEigen;
import io.nightjar.text.Text;
import java.util.List;
import java.util.Map;
import org.netlib.util.intW;

/**
 * All eigenvalues and vectors of a covariance on one core, next to the same LAPACK routine in Java,
 * which Spark carries.
 */
public final class EigenStep implements StepBenchmark {
  private static final double TOLERANCE = 1e-10;

  /** Pairs whose residual is looked at. */
  private static final int PAIRS = 8;

  /** Values ascending, and vectors one after the other. */
  @SuppressWarnings("ArrayRecordComponent") // never compared
  private record Pairs(double[] values, double[] vectors) {}

  @Override
  public StepResult run(BenchmarkContext context) {
    int channels = context.sample().backbone().spec().channels();
    int n = Math.min(channels, context.options().eigenChannels());
    double[] matrix = leading(context.sample().covariance().covariance(), channels, n);
    Map<Quantity, Double> work = Map.of(Quantity.PROBLEMS, 1.0);
    Candidate<SymmetricEigen> ours =
        Candidate.ours(
            Text.format("LAPACK's dsyevd, %d x %d", n, n),
            1,
            work,
            () -> SymmetricEigen.of(matrix, n));
    Candidate<Pairs> java =
        Candidate.baseline("dsyevd in Java (netlib)", 1, work, () -> inJava(matrix, n));
    List<Measurement> measurements = StepComparison.run(context.options(), ours, java);
    return new StepResult(
        BenchmarkStep.EIGEN,
        measurements,
        List.of(
            Check.within(
                "dsyevd in Java",
                "the largest difference of the eigenvalues and residual of the pairs, in parts of"
                    + " the largest eigenvalue",
                difference(matrix, n, ours.result(), java.result()),
                TOLERANCE)),
        Map.of("side", n));
  }

  private static double[] leading(double[] full, int channels, int n) {
    double[] leading = new double[n * n];
    for (int i = 0; i < n; i++) {
      System.arraycopy(full, i * channels, leading, i * n, n);
    }
    return leading;
  }

  private static Pairs inJava(double[] matrix, int n) {
    LAPACK lapack = JavaLAPACK.getInstance();
    double[] vectors = matrix.clone();
    double[] values = new double[n];
    // The sizes that LAPACK's manual gives for dsyevd with vectors.
    double[] work = new double[1 + 6 * n + 2 * n * n];
    int[] integerWork = new int[3 + 5 * n];
    intW info = new intW(0);
    lapack.dsyevd(
        "V", "U", n, vectors, n, values, work, work.length, integerWork, integerWork.length, info);
    if (info.val != 0) {
      throw new ArithmeticException("dsyevd in Java failed with info = " + info.val);
    }
    return new Pairs(values, vectors);
  }

  private static double difference(double[] matrix, int n, SymmetricEigen ours, Pairs java) {
    double largest = ours.values()[0];
    double difference = 0;
    for (int i = 0; i < n; i++) {
      difference = Math.max(difference, Math.abs(ours.values()[i] - java.values()[n - 1 - i]));
    }
    for (int pair = 0; pair < Math.min(PAIRS, n); pair++) {
      double[] mine = new double[n];
      double[] theirs = new double[n];
      for (int i = 0; i < n; i++) {
        mine[i] = ours.vectors()[i * n + pair];
        theirs[i] = java.vectors()[(n - 1 - pair) * n + i];
      }
      double value = ours.values()[pair];
      difference = Math.max(difference, residual(matrix, n, mine, value));
      difference = Math.max(difference, residual(matrix, n, theirs, value));
    }
    return difference / largest;
  }

  /** The largest entry of A v - value v. */
  private static double residual(double[] matrix, int n, double[] vector, double value) {
    double largest = 0;
    for (int i = 0; i < n; i++) {
      double sum = -value * vector[i];
      for (int j = 0; j < n; j++) {
        sum += matrix[i * n + j] * vector[j];
      }
      largest = Math.max(largest, Math.abs(sum));
    }
    return largest;
  }
}
