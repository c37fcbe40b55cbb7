package io.nightjar.benchmark;

import io.nightjar.backbone.graph.PatchLayout;
import io.nightjar.backbone.patch.PatchMaps;
import io.nightjar.pca.components.PrincipalComponents;
import io.nightjar.pca.covariance.CovarianceAccumulator;
import io.nightjar.pca.covariance.MapCovariance;
import io.nightjar.pca.covariance.SyntheticMaps;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;

/**
 * Covariance and projection of the default specification's images, from maps and from whole
 * patches, on one thread, by that thread's CPU time.
 *
 * <p>Not a test by its name: {@code mvn -pl jobs test -Dtest=MapsBenchmark}.
 */
class MapsBenchmark {
  private static final PatchLayout LAYOUT =
      new PatchLayout(28, List.of(new PatchLayout.Level(28, 768), new PatchLayout.Level(14, 1024)));
  private static final int IMAGES = 8;
  private static final int ROUNDS = 15;
  private static final int COMPONENTS = 167;
  private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();

  @Test
  void mapsCostLessThanRows() {
    PatchMaps maps = SyntheticMaps.random(LAYOUT, IMAGES, 5);
    float[] rows = maps.rows();
    int count = IMAGES * LAYOUT.patches();
    CovarianceAccumulator ofRows = new CovarianceAccumulator(LAYOUT.channels());
    MapCovariance ofMaps = new MapCovariance(LAYOUT);
    PrincipalComponents components =
        new PrincipalComponents(
            new double[LAYOUT.channels()],
            new double[COMPONENTS],
            new double[LAYOUT.channels() * COMPONENTS],
            1);
    double[][] seconds = new double[4][ROUNDS];
    for (int round = 0; round < ROUNDS; round++) {
      seconds[0][round] = seconds(() -> ofRows.add(rows, count));
      seconds[1][round] = seconds(() -> ofMaps.add(maps));
      seconds[2][round] = seconds(() -> components.project(rows, count));
      seconds[3][round] = seconds(() -> components.project(maps));
    }

    System.out.printf(
        Locale.ROOT,
        "ms an image: covariance of rows %.1f, of maps %.1f; projection of rows %.1f, of maps %.1f%n",
        milliseconds(seconds[0]),
        milliseconds(seconds[1]),
        milliseconds(seconds[2]),
        milliseconds(seconds[3]));
  }

  private static double seconds(Runnable work) {
    long before = THREADS.getCurrentThreadCpuTime();
    work.run();
    return (THREADS.getCurrentThreadCpuTime() - before) / 1e9;
  }

  private static double milliseconds(double[] seconds) {
    double[] sorted = seconds.clone();
    Arrays.sort(sorted);
    return 1e3 * sorted[sorted.length / 2] / IMAGES;
  }
}
