package io.nightjar.job.guard;

import io.nightjar.backbone.patch.PatchMaps;
import io.nightjar.bank.BankSearches;
import io.nightjar.bank.search.NearestSearch;
import io.nightjar.job.fit.PatchBlock;
import io.nightjar.pca.components.PrincipalComponents;
import io.nightjar.score.AnomalyMap;
import io.nightjar.score.NoveltyScore;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import org.apache.spark.api.java.function.FlatMapFunction;
import org.apache.spark.broadcast.Broadcast;

/**
 * Compares new images with a bank: how far they lie from it, and what its components do not
 * explain.
 */
record ScreeningPass(Broadcast<PrincipalComponents> components, LeasedBank bank)
    implements FlatMapFunction<Iterator<PatchBlock>, ScreenedImage> {
  private static final long serialVersionUID = 1L;

  @Override
  public Iterator<ScreenedImage> call(Iterator<PatchBlock> blocks) {
    List<ScreenedImage> screened = new ArrayList<>();
    double[] mean = components.value().mean();
    try (BankSearches.Lease lease = bank.lease()) {
      while (blocks.hasNext()) {
        screen(blocks.next(), mean, lease.search(), screened);
      }
    }
    return screened.iterator();
  }

  private void screen(
      PatchBlock block, double[] mean, NearestSearch search, List<ScreenedImage> screened) {
    PatchMaps maps = block.maps();
    int grid = maps.layout().grid();
    int patches = maps.layout().patches();
    float[] projected = components.value().project(maps);
    float[] distances = search.meanDistances(projected, maps.images() * patches, 1);
    float[] channels = maps.rows();
    double[] zero = new double[components.value().count()];
    for (int i = 0; i < maps.images(); i++) {
      float[] own = Arrays.copyOfRange(distances, i * patches, (i + 1) * patches);
      screened.add(
          new ScreenedImage(
              block.images().get(i).path(),
              NoveltyScore.of(own),
              new AnomalyMap(own, grid, grid),
              squaredLength(projected, i * patches, patches, zero),
              squaredLength(channels, i * patches, patches, mean)));
    }
  }

  /** Of the rows from {@code first} on, less an origin, summed in float64. */
  private static double squaredLength(float[] rows, int first, int count, double[] origin) {
    double sum = 0;
    int at = first * origin.length;
    for (int row = 0; row < count; row++) {
      for (double coordinate : origin) {
        double difference = rows[at++] - coordinate;
        sum += difference * difference;
      }
    }
    return sum;
  }
}
