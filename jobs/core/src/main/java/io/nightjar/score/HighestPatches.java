package io.nightjar.score;

import java.util.Arrays;
import java.util.Comparator;
import java.util.stream.IntStream;

/** The patches of an image that are most anomalous. */
public final class HighestPatches {
  private HighestPatches() {}

  /**
   * The cells with the highest scores apart from one another, none within one cell of another (next
   * to it or at its corner), by non-maximum suppression: cells are taken from the highest score
   * down, of equal ones the lower number first, and each takes its eight neighbours away.
   *
   * @param map the scores of the patches
   * @param most how many, at least 0
   * @return cells of the map, row by row, from 0, the highest score first; fewer where no other is
   *     left
   */
  public static int[] of(AnomalyMap map, int most) {
    int[] chosen = new int[Math.min(most, map.values().length)];
    boolean[] taken = new boolean[map.values().length];
    int count = 0;
    for (int cell : descending(map)) {
      if (count == chosen.length) {
        break;
      }
      if (!taken[cell]) {
        chosen[count++] = cell;
        take(cell, map, taken);
      }
    }
    return Arrays.copyOf(chosen, count);
  }

  /**
   * All cells from the highest score down, of equal ones the lower number first.
   *
   * @param map the scores of the patches
   * @return cells of the map, row by row, from 0
   */
  public static int[] descending(AnomalyMap map) {
    float[] values = map.values();
    return IntStream.range(0, values.length)
        .boxed()
        .sorted(
            Comparator.<Integer>comparingDouble(cell -> -values[cell])
                .thenComparingInt(cell -> cell))
        .mapToInt(Integer::intValue)
        .toArray();
  }

  private static void take(int cell, AnomalyMap map, boolean[] taken) {
    int row = cell / map.width();
    int column = cell % map.width();
    for (int y = Math.max(0, row - 1); y <= Math.min(map.height() - 1, row + 1); y++) {
      for (int x = Math.max(0, column - 1); x <= Math.min(map.width() - 1, column + 1); x++) {
        taken[y * map.width() + x] = true;
      }
    }
  }
}
