package io.nightjar.linalg;

import org.netlib.lapack.Dlamch;
import org.netlib.lapack.Dsyevd;
import org.netlib.util.intW;

/** LAPACK's dsyevd in its translation to Java (F2J), which MLlib brings. */
final class JavaEigen {
  static {
    // Computes the machine's constants into static fields without a lock; afterwards they are only
    // read. No other routine below dsyevd keeps state, so that solving may run in parallel.
    Dlamch.dlamch("E");
  }

  private JavaEigen() {}

  /** See {@link Kernels#eigen}. */
  static int solve(double[] matrix, int n, double[] values) {
    int work = Math.toIntExact(1 + 6L * n + 2L * n * n);
    int integers = 3 + 5 * n;
    intW info = new intW(0);
    Dsyevd.dsyevd(
        "V",
        "U",
        n,
        matrix,
        0,
        n,
        values,
        0,
        new double[work],
        0,
        work,
        new int[integers],
        0,
        integers,
        info);
    return info.val;
  }
}
