package io.nightjar.pca.covariance;

import io.nightjar.backbone.graph.PatchLayout;
import io.nightjar.linalg.PlaneMap;
import io.nightjar.text.Text;

/** The sums and products of the channels of one level, over all cells of the grid. */
final class LevelProducts {
  private final PatchLayout.Level level;
  private final int firstChannel;
  private final boolean interpolated;
  private final CovarianceAccumulator products;
  private final PlaneMap root;
  private final double[] rowWeights;
  private final double[] columnWeights;
  private final double[] sums;
  private final float[] rooted;
  private long images;

  /**
   * @param firstChannel the level's first channel among all, for messages
   */
  LevelProducts(PatchLayout.Level level, PlaneMap interpolation, int firstChannel) {
    this.level = level;
    this.firstChannel = firstChannel;
    this.interpolated = !interpolation.isIdentity();
    this.products = new CovarianceAccumulator(level.channels(), firstChannel);
    this.root = interpolation.gramRoot();
    this.rowWeights = interpolation.rows().columnSums();
    this.columnWeights = interpolation.columns().columnSums();
    this.sums = new double[interpolated ? level.channels() : 0];
    this.rooted = new float[interpolated ? level.values() : 0];
  }

  void add(float[] maps, int count) {
    if (!interpolated) {
      products.add(maps, Math.multiplyExact(count, level.cells()));
      return;
    }
    for (int image = 0; image < count; image++, images++) {
      sum(maps, image * level.values());
      root.apply(maps, image * level.values(), level.channels(), rooted, 0);
      products.add(rooted, level.cells());
    }
  }

  /** Adds what each cell contributes to the sum over the grid. */
  private void sum(float[] maps, int offset) {
    int start = offset;
    for (double vertical : rowWeights) {
      for (double horizontal : columnWeights) {
        double weight = vertical * horizontal;
        for (int i = 0; i < sums.length; i++) {
          sums[i] += weight * maps[start + i];
        }
        start += sums.length;
      }
    }
    for (int i = 0; i < sums.length; i++) {
      if (!Double.isFinite(sums[i])) {
        throw new IllegalArgumentException(
            Text.format(
                "Channel %d of image %d holds values that are not finite",
                firstChannel + i, images));
      }
    }
  }

  /** Ends the accumulation: writes what belongs to this level's channels, from {@code first} on. */
  void into(double[] allSums, double[] allProducts, int channels, int first) {
    PartialCovariance own = products.toPartial();
    System.arraycopy(interpolated ? sums : own.sums(), 0, allSums, first, level.channels());
    for (int i = 0; i < level.channels(); i++) {
      System.arraycopy(
          own.products(),
          PackedTriangle.diagonal(level.channels(), i),
          allProducts,
          PackedTriangle.diagonal(channels, first + i),
          level.channels() - i);
    }
  }
}
