package io.nightjar.job.guard;

import io.nightjar.backbone.patch.PatchMaps;
import io.nightjar.backbone.spec.EmbeddingSpec;
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
 *
 * @param spec of the embedding
 */
record ScreeningPass(Broadcast<PatchReduction> reduction, LeasedBank bank, EmbeddingSpec spec)
    implements FlatMapFunction<Iterator<PatchBlock>, ScreenedImage> {
  private static final long serialVersionUID = 1L;

  @Override
  public Iterator<ScreenedImage> call(Iterator<PatchBlock> blocks) {
    List<ScreenedImage> screened = new ArrayList<>();
    double[] mean = reduction.value().mean();
    double[] weights = reduction.value().channelWeights();
    try (BankSearches.Lease lease = bank.lease()) {
      Gathering gathering = new Gathering(screened);
      while (blocks.hasNext()) {
        screen(blocks.next(), mean, weights, lease.search(), gathering);
      }
    }
    return screened.iterator();
  }

  private void screen(
      PatchBlock block,
      double[] mean,
      double[] weights,
      NearestSearch search,
      Gathering gathering) {
    PatchMaps maps = block.maps();
    int patches = maps.layout().patches();
    float[] projected = reduction.value().project(maps, block.firstTile());
    float[] distances = search.meanDistances(projected, maps.images() * patches, 1);
    float[] channels = maps.rows();
    int dimension = reduction.value().dimension();
    // The place of a patch is no part of what its components explain.
    double[] zero = new double[reduction.value().components()];
    double[] ones = new double[zero.length];
    Arrays.fill(ones, 1);
    for (int i = 0; i < maps.images(); i++) {
      float[] own = Arrays.copyOfRange(distances, i * patches, (i + 1) * patches);
      gathering.add(
          block.images().get(i).path(),
          own,
          squaredLength(projected, dimension, i * patches, patches, zero, ones),
          squaredLength(channels, mean.length, i * patches, patches, mean, weights));
    }
  }

  /** Makes images of their tiles, which follow one another. */
  private final class Gathering {
    private final List<ScreenedImage> screened;
    private final List<float[]> distances = new ArrayList<>();
    private double explained;
    private double total;

    Gathering(List<ScreenedImage> screened) {
      this.screened = screened;
    }

    void add(String path, float[] own, double ownExplained, double ownTotal) {
      distances.add(own);
      explained += ownExplained;
      total += ownTotal;
      if (distances.size() == spec.tiles().count()) {
        float[] all = joined();
        screened.add(
            new ScreenedImage(
                path,
                NoveltyScore.of(all),
                AnomalyMap.of(all, spec.grid().width(), spec.grid().height(), spec.tiles()),
                explained,
                total));
        distances.clear();
        explained = 0;
        total = 0;
      }
    }

    private float[] joined() {
      float[] all = new float[spec.patches()];
      int at = 0;
      for (float[] own : distances) {
        System.arraycopy(own, 0, all, at, own.length);
        at += own.length;
      }
      return all;
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
