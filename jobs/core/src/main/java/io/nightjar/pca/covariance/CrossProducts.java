package io.nightjar.pca.covariance;

import io.nightjar.backbone.graph.PatchLayout;
import io.nightjar.linalg.Blas;
import io.nightjar.linalg.PlaneMap;

/**
 * The products of the channels of two levels, over all cells of the grid. Images are taken together
 * up to about the rows that {@link CovarianceAccumulator} takes, since adding a block to the sums
 * costs as much as multiplying some of its rows.
 */
final class CrossProducts {
  private final PatchLayout.Level finer;
  private final PatchLayout.Level coarser;
  private final PlaneMap across;

  /** Row-major finer channels x coarser channels. */
  private final double[] sums;

  private final float[] product;
  private final float[] left;
  private final float[] right;
  private int rows;

  /**
   * @param across maps the finer level to the cells of the coarser one
   */
  CrossProducts(PatchLayout.Level finer, PlaneMap across, PatchLayout.Level coarser) {
    this.finer = finer;
    this.coarser = coarser;
    this.across = across;
    this.sums = new double[finer.channels() * coarser.channels()];
    this.product = new float[sums.length];
    int images = Math.max(1, CovarianceAccumulator.BLOCK_ROWS / coarser.cells());
    this.left = new float[Math.multiplyExact(images * coarser.cells(), finer.channels())];
    this.right = new float[Math.multiplyExact(images, coarser.values())];
  }

  void add(float[] fine, float[] coarse, int images) {
    for (int image = 0; image < images; image++) {
      across.apply(fine, image * finer.values(), finer.channels(), left, rows * finer.channels());
      System.arraycopy(
          coarse, image * coarser.values(), right, rows * coarser.channels(), coarser.values());
      rows += coarser.cells();
      if (rows * coarser.channels() == right.length) {
        flush();
      }
    }
  }

  private void flush() {
    Blas.transposedMultiply(left, rows, finer.channels(), right, coarser.channels(), product);
    for (int i = 0; i < product.length; i++) {
      sums[i] += product[i];
    }
    rows = 0;
  }

  /**
   * Ends the accumulation: writes the block of rows from {@code first}, columns from {@code
   * second}.
   */
  void into(double[] products, int channels, int first, int second) {
    if (rows > 0) {
      flush();
    }
    for (int i = 0; i < finer.channels(); i++) {
      int row = first + i;
      System.arraycopy(
          sums,
          i * coarser.channels(),
          products,
          PackedTriangle.diagonal(channels, row) + second - row,
          coarser.channels());
    }
  }
}
