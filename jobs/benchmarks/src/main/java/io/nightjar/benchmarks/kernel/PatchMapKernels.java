package io.nightjar.benchmarks.kernel;

import io.nightjar.backbone.graph.PatchLayout;
import io.nightjar.backbone.patch.PatchMaps;
import io.nightjar.pca.components.PrincipalComponents;
import io.nightjar.pca.covariance.CovarianceAccumulator;
import io.nightjar.pca.covariance.MapCovariance;
import io.nightjar.pca.covariance.SyntheticMaps;
import java.util.List;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/**
 * Covariance and projection of a batch of 8 images of the default specification, from maps and from
 * whole patches.
 */
@State(Scope.Thread)
public class PatchMapKernels extends Kernel {
  private static final PatchLayout LAYOUT =
      new PatchLayout(28, List.of(new PatchLayout.Level(28, 768), new PatchLayout.Level(14, 1024)));
  private static final int IMAGES = 8;
  private static final int COMPONENTS = 167;

  private final CovarianceAccumulator ofRows = new CovarianceAccumulator(LAYOUT.channels());
  private final MapCovariance ofMaps = new MapCovariance(LAYOUT);
  private final int count = IMAGES * LAYOUT.patches();
  private PatchMaps maps;
  private float[] rows;
  private PrincipalComponents components;

  @Setup(Level.Trial)
  public void fill() {
    maps = SyntheticMaps.random(LAYOUT, IMAGES, 5);
    rows = maps.rows();
    components =
        new PrincipalComponents(
            new double[LAYOUT.channels()],
            new double[COMPONENTS],
            new double[LAYOUT.channels() * COMPONENTS],
            1);
  }

  @Benchmark
  public CovarianceAccumulator covarianceOfRows() {
    ofRows.add(rows, count);
    return ofRows;
  }

  @Benchmark
  public MapCovariance covarianceOfMaps() {
    ofMaps.add(maps);
    return ofMaps;
  }

  @Benchmark
  public float[] projectRows() {
    return components.project(rows, count);
  }

  @Benchmark
  public float[] projectMaps() {
    return components.project(maps);
  }
}
