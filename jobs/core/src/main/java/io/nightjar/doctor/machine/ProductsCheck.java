package io.nightjar.doctor.machine;

import io.nightjar.doctor.Check;
import io.nightjar.doctor.Finding;
import io.nightjar.linalg.Blas;
import io.nightjar.linalg.LinearAlgebra;
import io.nightjar.text.Text;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Random;
import java.util.function.Consumer;

/** Matrix products in float32, as the search makes them: whether they are right, and how fast. */
public final class ProductsCheck implements Check {
  /** Rows and columns of all three matrices. */
  private static final int SIDE = 768;

  private static final double GFLOP = 2.0 * SIDE * SIDE * SIDE / 1e9;

  /** Of sums of so many products, float32 keeps about five digits. */
  private static final double TOLERANCE = 1e-4;

  /** Of the rate that all cores would have if each were as fast as one alone. */
  private static final double POOR_SCALING = 0.5;

  private final int threads;
  private final double seconds;

  /**
   * A measurement.
   *
   * @param threads that work side by side
   * @param seconds of each of the two measurements
   */
  public ProductsCheck(int threads, double seconds) {
    this.threads = threads;
    this.seconds = seconds;
  }

  @Override
  public void run(Consumer<Finding> findings) throws Exception {
    double worst = worstError();
    if (worst > TOLERANCE) {
      findings.accept(
          new Finding.Problem(
              "products",
              Text.format(
                  "%s multiplies matrices wrongly: an element differs by %.2g from the sum in float64.",
                  LinearAlgebra.inUse(), worst),
              "Compute with -Dnightjar.linalg=java, and report the processor and the library.",
              Map.of("largest_difference", worst)));
      return;
    }
    double one = GFLOP * Rate.of(1, seconds, Product::new);
    double all = threads == 1 ? one : GFLOP * Rate.of(threads, seconds, Product::new);
    Map<String, Object> figures = new LinkedHashMap<>();
    figures.put("library", LinearAlgebra.inUse());
    figures.put("one_thread_gflops", one);
    figures.put("threads", threads);
    figures.put("all_threads_gflops", all);
    String sentence =
        Text.format(
            "%s multiplies float32 matrices of %d x %d at %.1f GFLOP/s with one thread, at %.1f with %d"
                + " side by side.",
            LinearAlgebra.inUse(), SIDE, SIDE, one, all, threads);
    findings.accept(
        all < POOR_SCALING * threads * one
            ? new Finding.Note(
                "products",
                sentence + " That is less than half of what so many cores would give.",
                "Look for other programs on the machine and for quotas; virtual cores of one real core"
                    + " share its arithmetic, too.",
                figures)
            : new Finding.Ok("products", sentence, figures));
  }

  /** The largest difference of some elements from their sums in float64. */
  private static double worstError() {
    Product product = new Product(0);
    product.run();
    double worst = 0;
    for (int i = 0; i < SIDE; i += 97) {
      for (int j = 0; j < SIDE; j += 101) {
        double sum = 0;
        for (int k = 0; k < SIDE; k++) {
          sum += (double) product.a[i * SIDE + k] * product.b[k * SIDE + j];
        }
        worst = Math.max(worst, Math.abs(sum - product.c[i * SIDE + j]) / SIDE);
      }
    }
    return worst;
  }

  /** One product, in arrays of its own. */
  private static final class Product implements Runnable {
    private final float[] a = new float[SIDE * SIDE];
    private final float[] b = new float[SIDE * SIDE];
    private final float[] c = new float[SIDE * SIDE];

    Product(int seed) {
      Random random = new Random(seed);
      for (int i = 0; i < a.length; i++) {
        a[i] = random.nextFloat() - 0.5f;
        b[i] = random.nextFloat() - 0.5f;
      }
    }

    @Override
    public void run() {
      Blas.multiply(a, SIDE, SIDE, b, SIDE, c);
    }
  }
}
