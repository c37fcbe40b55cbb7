package io.nightjar.job.guard;

import io.nightjar.backbone.patch.PatchMaps;
import io.nightjar.backbone.spec.Size;
import io.nightjar.bank.BankSearches;
import io.nightjar.bank.search.NearestSearch;
import io.nightjar.job.fit.PatchBlock;
import io.nightjar.pca.components.PatchReduction;
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
record ScreeningPass(Broadcast<PatchReduction> reduction, LeasedBank bank)
    implements FlatMapFunction<Iterator<PatchBlock>, ScreenedImage> {
  private static final long serialVersionUID = 1L;

  @Override
  public Iterator<ScreenedImage> call(Iterator<PatchBlock> blocks) {
    List<ScreenedImage> screened = new ArrayList<>();
    double[] mean = reduction.value().mean();
    double[] weights = reduction.value().channelWeights();
    try (BankSearches.Lease lease = bank.lease()) {
      while (blocks.hasNext()) {
        screen(blocks.next(), mean, weights, lease.search(), screened);
      }
    }
    return screened.iterator();
  }

  private void screen(
      PatchBlock block,
      double[] mean,
      double[] weights,
      NearestSearch search,
      List<ScreenedImage> screened) {
    PatchMaps maps = block.maps();
    Size grid = maps.layout().grid();
    int patches = maps.layout().patches();
    float[] projected = reduction.value().project(maps);
    float[] distances = search.meanDistances(projected, maps.images() * patches, 1);
    float[] channels = maps.rows();
    int dimension = reduction.value().dimension();
    // The place of a patch is no part of what its components explain.
    double[] zero = new double[reduction.value().components()];
    double[] ones = new double[zero.length];
    Arrays.fill(ones, 1);
    for (int i = 0; i < maps.images(); i++) {
      float[] own = Arrays.copyOfRange(distances, i * patches, (i + 1) * patches);
      screened.add(
          new ScreenedImage(
              block.images().get(i).path(),
              NoveltyScore.of(own),
              new AnomalyMap(own, grid.width(), grid.height()),
              squaredLength(projected, dimension, i * patches, patches, zero, ones),
              squaredLength(channels, mean.length, i * patches, patches, mean, weights)));
    }
  }

  /**
   * Of the first values of the rows from {@code first} on, less an origin and weighted, summed in
   * float64.
   */
  private static double squaredLength(
      float[] rows, int width, int first, int count, double[] origin, double[] weights) {
    double sum = 0;
    for (int row = first; row < first + count; row++) {
      for (int i = 0; i < origin.length; i++) {
        double difference = rows[row * width + i] - origin[i];
        sum += difference * difference * weights[i];
      }
    }
    return sum;
  }
}
