package io.nightjar.score;

import io.nightjar.text.Text;

/**
 * Resizes an anomaly map: bilinear, half-pixel centres, clamped edges, no antialiasing, float32;
 * the same as torch's {@code interpolate(mode="bilinear", align_corners=False)}. The output may be
 * larger or smaller than the map; at the map's own size it is the map itself. The grids of tiles
 * are resized each, and blended.
 */
public final class Upsampling {
  private Upsampling() {}

  /** Hands the rows of the map at {@code width x height} to the consumer, from the top. */
  public static void rows(AnomalyMap map, int width, int height, RowConsumer consumer) {
    requireSize(width, height);
    if (!map.tiles().isWhole()) {
      TiledUpsampling.rows(map, width, height, consumer);
      return;
    }
    InterpolationAxis lines = new InterpolationAxis(map.height(), height);
    SourceRows source = new SourceRows(map, width);
    float[] row = new float[width];
    for (int y = 0; y < height; y++) {
      float[] upper = source.row(lines.first[y]);
      float[] lower = source.row(lines.second[y]);
      blend(upper, lines.firstWeight[y], lower, lines.secondWeight[y], row);
      consumer.accept(y, row);
    }
  }

  /** The whole map at {@code width x height}. */
  public static AnomalyMap full(AnomalyMap map, int width, int height) {
    requireSize(width, height);
    if ((long) width * height > Integer.MAX_VALUE - 8) {
      throw new IllegalArgumentException(
          Text.format("A map of %d x %d pixels does not fit into one array", width, height));
    }
    float[] values = new float[width * height];
    rows(map, width, height, (y, row) -> System.arraycopy(row, 0, values, y * width, width));
    return new AnomalyMap(values, width, height);
  }

  private static void requireSize(int width, int height) {
    if (width < 1 || height < 1) {
      throw new IllegalArgumentException(
          Text.format("A map cannot be resized to %d x %d pixels", width, height));
    }
  }

  private static void blend(
      float[] upper, float upperWeight, float[] lower, float lowerWeight, float[] into) {
    for (int x = 0; x < into.length; x++) {
      into[x] = upper[x] * upperWeight + lower[x] * lowerWeight;
    }
  }

  /**
   * Source rows interpolated horizontally; the last two are cached, since consecutive output rows
   * need them.
   */
  private static final class SourceRows {
    private final AnomalyMap map;
    private final InterpolationAxis columns;
    private final float[][] kept;
    private final int[] keptRow = {-1, -1};

    SourceRows(AnomalyMap map, int width) {
      this.map = map;
      columns = new InterpolationAxis(map.width(), width);
      kept = new float[2][width];
    }

    /** Rows requested together are adjacent, so that even and odd rows never evict each other. */
    float[] row(int y) {
      int slot = y & 1;
      if (keptRow[slot] != y) {
        interpolate(y * map.width(), kept[slot]);
        keptRow[slot] = y;
      }
      return kept[slot];
    }

    private void interpolate(int offset, float[] into) {
      float[] values = map.values();
      for (int x = 0; x < into.length; x++) {
        into[x] =
            values[offset + columns.first[x]] * columns.firstWeight[x]
                + values[offset + columns.second[x]] * columns.secondWeight[x];
      }
    }
  }
}
