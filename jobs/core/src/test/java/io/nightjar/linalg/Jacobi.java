package io.nightjar.linalg;

import java.util.Comparator;
import java.util.stream.IntStream;

/**
 * Cyclic Jacobi rotations (Golub and Van Loan, Matrix Computations, 8.5): slow, simple, and
 * independent of LAPACK.
 */
public final class Jacobi {
  private Jacobi() {}

  /** Eigenvalues, descending, and their vectors as the rows of the second part. */
  @SuppressWarnings("ArrayRecordComponent") // a carrier of results, never compared
  public record Result(double[] values, double[][] vectors) {}

  public static Result solve(double[] symmetric, int n) {
    double[][] a = new double[n][n];
    double[][] v = new double[n][n];
    for (int i = 0; i < n; i++) {
      System.arraycopy(symmetric, i * n, a[i], 0, n);
      v[i][i] = 1;
    }
    for (int sweep = 0; sweep < 60; sweep++) {
      for (int p = 0; p < n; p++) {
        for (int q = p + 1; q < n; q++) {
          rotate(a, v, p, q, n);
        }
      }
    }
    int[] order =
        IntStream.range(0, n)
            .boxed()
            .sorted(Comparator.comparingDouble(i -> -a[i][i]))
            .mapToInt(Integer::intValue)
            .toArray();
    double[] values = new double[n];
    double[][] vectors = new double[n][];
    for (int i = 0; i < n; i++) {
      values[i] = a[order[i]][order[i]];
      vectors[i] = v[order[i]];
    }
    return new Result(values, vectors);
  }

  private static void rotate(double[][] a, double[][] v, int p, int q, int n) {
    if (a[p][q] == 0) {
      return;
    }
    double tau = (a[q][q] - a[p][p]) / (2 * a[p][q]);
    double t = Math.copySign(1, tau) / (Math.abs(tau) + Math.hypot(1, tau));
    double c = 1 / Math.hypot(1, t);
    double s = t * c;
    for (int i = 0; i < n; i++) {
      double ip = a[i][p];
      double iq = a[i][q];
      a[i][p] = c * ip - s * iq;
      a[i][q] = s * ip + c * iq;
    }
    for (int i = 0; i < n; i++) {
      double pi = a[p][i];
      double qi = a[q][i];
      a[p][i] = c * pi - s * qi;
      a[q][i] = s * pi + c * qi;
      double vp = v[p][i];
      double vq = v[q][i];
      v[p][i] = c * vp - s * vq;
      v[q][i] = s * vp + c * vq;
    }
  }
}
