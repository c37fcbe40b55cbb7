package io.nightjar.benchmarks.kernel;

import io.nightjar.linalg.Blas;
import io.nightjar.linalg.NativeMatrix;
import io.nightjar.linalg.SymmetricEigen;
import java.util.List;
import java.util.Random;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/** Matrix products of one image's patches, 784 x 1792, and the eigenproblem, by OpenBLAS. */
@State(Scope.Thread)
public class LinalgKernels extends Kernel {
  private static final int ROWS = 784;
  private static final int CHANNELS = 1792;
  private static final int COMPONENTS = 167;
  private static final int EIGEN_SIDE = 448;
  private static final int BANK_ROWS = 50_176;
  private static final int BLOCK = 1024;

  private final float[] patches = new float[ROWS * CHANNELS];
  private final float[] gram = new float[CHANNELS * CHANNELS];
  private final float[] product = new float[ROWS * CHANNELS];
  private final float[] components = new float[CHANNELS * COMPONENTS];
  private final float[] projected = new float[ROWS * COMPONENTS];
  private final float[] bankRows = new float[BANK_ROWS * COMPONENTS];
  private final float[] similarities = new float[BLOCK * BLOCK];
  private final double[] symmetric = new double[EIGEN_SIDE * EIGEN_SIDE];
  private NativeMatrix square;
  private NativeMatrix bank;

  @Setup(Level.Trial)
  public void fill() {
    Random random = new Random(1);
    for (float[] values : List.of(patches, gram, components, bankRows)) {
      for (int i = 0; i < values.length; i++) {
        values[i] = random.nextFloat();
      }
    }
    for (int i = 0; i < EIGEN_SIDE; i++) {
      for (int j = i; j < EIGEN_SIDE; j++) {
        symmetric[i * EIGEN_SIDE + j] = random.nextGaussian();
        symmetric[j * EIGEN_SIDE + i] = symmetric[i * EIGEN_SIDE + j];
      }
    }
    square = NativeMatrix.copyOf(List.of(gram), CHANNELS, CHANNELS);
    bank = NativeMatrix.copyOf(List.of(bankRows), BANK_ROWS, COMPONENTS);
  }

  @TearDown(Level.Trial)
  public void close() {
    square.close();
    bank.close();
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

  /** The projection's product, 2 x 784 x 1792 x 167 floating-point operations. */
  @Benchmark
  public float[] projection() {
    Blas.multiply(patches, ROWS, CHANNELS, components, COMPONENTS, projected);
    return projected;
  }

  /** The search's products, 2 x 1024 x 167 x 50,176 floating-point operations. */
  @Benchmark
  public float[] bankProducts() {
    for (int row = 0; row < BANK_ROWS; row += BLOCK) {
      bank.multiplyTransposed(bankRows, BLOCK, row, BLOCK, similarities);
    }
    return similarities;
  }

  /** All eigenvectors of a symmetric matrix of 448 x 448. */
  @Benchmark
  public SymmetricEigen eigenvectors() {
    return SymmetricEigen.of(symmetric, EIGEN_SIDE);
  }
}
