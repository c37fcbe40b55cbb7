package io.nightjar.score;

import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;

/**
 * Resizes the map of an image that is cut into tiles: the grid of each tile is resized bilinearly
 * (half-pixel centres, clamped edges) to the pixels of the tile, and where tiles overlap their
 * weighted mean is taken, with weights that fall linearly towards the edges of tiles ({@link
 * io.nightjar.tile.TileAxis#weight}). Both are products of something along the rows and something
 * along the columns, so that a row of the output takes a few rows of cells, and nothing else is
 * held.
 */
final class TiledUpsampling {
  private TiledUpsampling() {}

  /** Hands the rows of the map at {@code width x height} to the consumer, from the top. */
  static void rows(AnomalyMap map, int width, int height, RowConsumer consumer) {
    TiledAxis lines =
        new TiledAxis(map.tiles().rows(), map.height() / map.tiles().rows().count(), height);
    TiledAxis columns =
        new TiledAxis(map.tiles().columns(), map.width() / map.tiles().columns().count(), width);
    Map<Integer, float[]> kept = new HashMap<>();
    float[] row = new float[width];
    for (int y = 0; y < height; y++) {
      int[] needed = lines.cells[y];
      kept.keySet().retainAll(Arrays.stream(needed).boxed().toList());
      Arrays.fill(row, 0f);
      for (int i = 0; i < needed.length; i++) {
        float weight = lines.weights[y][i];
        float[] line =
            kept.computeIfAbsent(needed[i], number -> interpolated(map, number, columns));
        for (int x = 0; x < width; x++) {
          row[x] += line[x] * weight;
        }
      }
      consumer.accept(y, row);
    }
  }

  /** A row of cells at the width of the output. */
  private static float[] interpolated(AnomalyMap map, int line, TiledAxis columns) {
    float[] values = map.values();
    int offset = line * map.width();
    float[] row = new float[columns.cells.length];
    for (int x = 0; x < row.length; x++) {
      int[] cells = columns.cells[x];
      float sum = 0;
      for (int i = 0; i < cells.length; i++) {
        sum += values[offset + cells[i]] * columns.weights[x][i];
      }
      row[x] = sum;
    }
    return row;
  }
}
