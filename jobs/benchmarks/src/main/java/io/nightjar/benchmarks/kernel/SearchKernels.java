package io.nightjar.benchmarks.kernel;

import io.nightjar.bank.exact.ExactSearch;
import io.nightjar.bank.search.MemoryBank;
import java.util.List;
import java.util.Random;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/** The nearest rows of one image's 784 patches in a bank of 32 images, in 160 dimensions. */
@State(Scope.Thread)
public class SearchKernels extends Kernel {
  private static final int PATCHES = 784;
  private static final int IMAGES = 32;
  private static final int DIMENSION = 160;

  /** Each has 256 rows: more than one of the search's groups. */
  private static final int CENTRES = 98;

  /**
   * Independent values of one variance everywhere, of which nothing can be left out, or patches as
   * the components order them: near some centres, the variances falling from dimension to
   * dimension.
   */
  @Param({"random", "clustered"})
  public String bank;

  @Param({"1", "5"})
  public int neighbours;

  private float[] queries;
  private ExactSearch search;

  @Setup(Level.Trial)
  public void fill() {
    Random random = new Random(1);
    float[] centres = new float[CENTRES * DIMENSION];
    for (int i = 0; i < centres.length; i++) {
      centres[i] = (float) (bank.equals("random") ? 0 : deviation(i) * random.nextGaussian());
    }
    float[] rows = new float[IMAGES * PATCHES * DIMENSION];
    fill(rows, centres, random);
    queries = new float[PATCHES * DIMENSION];
    fill(queries, centres, random);
    search = new ExactSearch(new MemoryBank(DIMENSION, List.of(rows)));
  }

  private void fill(float[] values, float[] centres, Random random) {
    double spread = bank.equals("random") ? 1 : 0.2;
    for (int i = 0; i < values.length; i++) {
      double deviation = bank.equals("random") ? 1 : deviation(i);
      values[i] =
          (float) (centres[i % centres.length] + spread * deviation * random.nextGaussian());
    }
  }

  private static double deviation(int at) {
    return 10 / Math.sqrt(1.0 + at % DIMENSION);
  }

  @TearDown(Level.Trial)
  public void close() {
    search.close();
  }

  @Benchmark
  public float[] nearest() {
    return search.meanDistances(queries, PATCHES, neighbours);
  }
}
