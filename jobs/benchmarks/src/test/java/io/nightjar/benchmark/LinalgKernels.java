package io.nightjar.benchmark;

import io.nightjar.linalg.Blas;
import io.nightjar.linalg.NativeMatrix;
import java.util.List;
import java.util.Random;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/** Matrix products of one image's patches: 784 x 1792. */
@State(Scope.Thread)
public class LinalgKernels {
  private static final int ROWS = 784;
  private static final int CHANNELS = 1792;

  private final float[] patches = new float[ROWS * CHANNELS];
  private final float[] gram = new float[CHANNELS * CHANNELS];
  private final float[] product = new float[ROWS * CHANNELS];
  private NativeMatrix square;

  @Setup(Level.Trial)
  public void fill() {
    Random random = new Random(1);
    for (int i = 0; i < patches.length; i++) {
      patches[i] = random.nextFloat();
    }
    for (int i = 0; i < gram.length; i++) {
      gram[i] = random.nextFloat();
    }
    square = NativeMatrix.copyOf(List.of(gram), CHANNELS, CHANNELS);
  }

  @TearDown(Level.Trial)
  public void close() {
    square.close();
  }

  /** The covariance's block, 784 x 1792 x 1793 floating-point operations. */
  @Benchmark
  public float[] covarianceBlock() {
    Blas.gramUpper(patches, ROWS, CHANNELS, gram);
    return gram;
  }

  /** A plain product for comparison, 2 x 784 x 1792 x 1792 floating-point operations. */
  @Benchmark
  public float[] matrixProduct() {
    square.multiplyTransposed(patches, ROWS, 0, CHANNELS, product);
    return product;
  }
}
