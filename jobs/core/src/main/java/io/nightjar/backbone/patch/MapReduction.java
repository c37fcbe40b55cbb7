package io.nightjar.backbone.patch;

import io.nightjar.backbone.graph.PatchLayout;
import io.nightjar.backbone.spec.Size;
import io.nightjar.linalg.Blas;
import io.nightjar.linalg.PlaneMap;

/**
 * The linear reduction of patches given as maps. Interpolation is linear and preserves constants,
 * so each level is centred and multiplied at its own size, and few components instead of many
 * channels are interpolated to the grid.
 */
final class MapReduction {
  /**
   * Cells of one image that are centred and multiplied at once, so that they stay in the cache.
   * Products of several images together could differ in their last bits from those of each alone.
   */
  private static final int TILE = 784;

  private final double[] mean;
  private final float[] basis;
  private final int components;

  /**
   * @param basis row-major channels x components
   */
  MapReduction(double[] mean, float[] basis, int components) {
    this.mean = mean;
    this.basis = basis;
    this.components = components;
  }

  /** Row-major {@code [images * patches][components]}. */
  float[] apply(PatchMaps maps) {
    PatchLayout layout = maps.layout();
    float[] projected =
        new float
            [Math.multiplyExact(Math.multiplyExact(maps.images(), layout.patches()), components)];
    int firstChannel = 0;
    for (int number = 0; number < layout.levels().size(); number++) {
      PatchLayout.Level level = layout.levels().get(number);
      float[] product = product(maps.level(number), maps.images(), firstChannel, level);
      addInterpolated(product, level, layout.grid(), maps.images(), projected);
      firstChannel += level.channels();
    }
    return projected;
  }

  private float[] product(float[] map, int images, int firstChannel, PatchLayout.Level level) {
    int channels = level.channels();
    float[] directions = new float[channels * components];
    System.arraycopy(basis, firstChannel * components, directions, 0, directions.length);
    int tile = Math.min(level.cells(), TILE);
    float[] centred = new float[tile * channels];
    float[] tileProduct = new float[tile * components];
    float[] product = new float[images * level.cells() * components];
    for (int image = 0; image < images; image++) {
      int end = (image + 1) * level.cells();
      for (int from = image * level.cells(); from < end; from += tile) {
        int count = Math.min(tile, end - from);
        centre(map, from, count, firstChannel, channels, centred);
        Blas.multiply(centred, count, channels, directions, components, tileProduct);
        System.arraycopy(tileProduct, 0, product, from * components, count * components);
      }
    }
    return product;
  }

  private void centre(
      float[] map, int from, int count, int firstChannel, int channels, float[] centred) {
    for (int row = 0; row < count; row++) {
      int start = (from + row) * channels;
      for (int i = 0; i < channels; i++) {
        centred[row * channels + i] = (float) (map[start + i] - mean[firstChannel + i]);
      }
    }
  }

  private void addInterpolated(
      float[] product, PatchLayout.Level level, Size grid, int images, float[] sum) {
    PlaneMap interpolation = PatchMaps.interpolation(level, grid);
    if (interpolation.isIdentity()) {
      add(product, sum, 0, product.length);
      return;
    }
    int length = grid.cells() * components;
    float[] enlarged = new float[length];
    for (int image = 0; image < images; image++) {
      interpolation.apply(product, image * level.cells() * components, components, enlarged, 0);
      add(enlarged, sum, image * length, length);
    }
  }

  private static void add(float[] values, float[] sum, int offset, int count) {
    for (int i = 0; i < count; i++) {
      sum[offset + i] += values[i];
    }
  }
}
