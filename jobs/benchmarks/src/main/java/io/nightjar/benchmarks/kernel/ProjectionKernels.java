package io.nightjar.benchmarks.kernel;

import io.nightjar.pca.components.PrincipalComponents;
import io.nightjar.pca.covariance.CovarianceAccumulator;
import java.util.Random;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/** One image's patches, 784 x 1792, to about 160 components. */
@State(Scope.Thread)
public class ProjectionKernels extends Kernel {
  private static final int ROWS = 784;
  private static final int CHANNELS = 1792;

  /** Directions that vary, of which 95 % of the variance takes most. */
  private static final int DIRECTIONS = 168;

  private final float[] patches = new float[ROWS * CHANNELS];
  private PrincipalComponents components;

  @Setup(Level.Trial)
  public void fill() {
    Random random = new Random(1);
    for (int row = 0; row < ROWS; row++) {
      for (int i = 0; i < CHANNELS; i++) {
        patches[row * CHANNELS + i] = i < DIRECTIONS ? (float) random.nextGaussian() : 1;
      }
    }
    CovarianceAccumulator accumulator = new CovarianceAccumulator(CHANNELS);
    accumulator.add(patches, ROWS);
    components = PrincipalComponents.fit(accumulator.toPartial(), 0.95);
  }

  @Benchmark
  public float[] project() {
    return components.project(patches, ROWS);
  }
}
