package io.nightjar.pca.covariance;

import io.nightjar.backbone.graph.PatchLayout;
import io.nightjar.backbone.patch.PatchMaps;
import io.nightjar.backbone.spec.Size;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Correlated random maps, and the rows that they give by interpolating cell by cell. */
public final class SyntheticMaps {
  private SyntheticMaps() {}

  /**
   * A layout from text such as {@code "8: 8x5 4x6"}: the grid, then side x channels; a grid or a
   * side that is no square is {@code 6/8}, height and width.
   */
  public static PatchLayout layout(String text) {
    String[] parts = text.split(":? ", -1);
    List<PatchLayout.Level> levels = new ArrayList<>();
    for (int i = 1; i < parts.length; i++) {
      String[] sizes = parts[i].split("x", -1);
      levels.add(new PatchLayout.Level(size(sizes[0]), Integer.parseInt(sizes[1])));
    }
    return new PatchLayout(size(parts[0]), levels);
  }

  private static Size size(String sides) {
    String[] both = sides.split("/", -1);
    int height = Integer.parseInt(both[0]);
    return new Size(height, both.length == 1 ? height : Integer.parseInt(both[1]));
  }

  public static PatchMaps random(PatchLayout layout, int images, long seed) {
    List<float[]> maps = new ArrayList<>();
    for (PatchLayout.Level level : layout.levels()) {
      maps.add(
          SyntheticPatches.correlated(
              images * level.cells(), level.channels(), 3, seed + level.size().height()));
    }
    return new PatchMaps(layout, images, maps);
  }

  /** Some of the images. */
  static PatchMaps images(PatchMaps maps, int from, int to) {
    List<float[]> part = new ArrayList<>();
    for (int i = 0; i < maps.layout().levels().size(); i++) {
      int values = maps.layout().levels().get(i).values();
      part.add(Arrays.copyOfRange(maps.level(i), from * values, to * values));
    }
    return new PatchMaps(maps.layout(), to - from, part);
  }

  /** Row-major [images * patches][channels]. */
  public static float[] rows(PatchMaps maps) {
    Size grid = maps.layout().grid();
    float[] rows = new float[maps.images() * grid.cells() * maps.layout().channels()];
    int next = 0;
    for (int image = 0; image < maps.images(); image++) {
      for (int y = 0; y < grid.height(); y++) {
        for (int x = 0; x < grid.width(); x++) {
          for (int i = 0; i < maps.layout().levels().size(); i++) {
            PatchLayout.Level level = maps.layout().levels().get(i);
            for (int c = 0; c < level.channels(); c++) {
              rows[next++] = (float) at(maps.level(i), image, level, c, y, x, grid);
            }
          }
        }
      }
    }
    return rows;
  }

  private static double at(
      float[] map, int image, PatchLayout.Level level, int channel, int y, int x, Size grid) {
    double v = source(y, level.size().height(), grid.height());
    double u = source(x, level.size().width(), grid.width());
    double sum = 0;
    for (int row = 0; row < level.size().height(); row++) {
      for (int column = 0; column < level.size().width(); column++) {
        double weight = Math.max(0, 1 - Math.abs(v - row)) * Math.max(0, 1 - Math.abs(u - column));
        int cell = (image * level.size().height() + row) * level.size().width() + column;
        sum += weight * map[cell * level.channels() + channel];
      }
    }
    return sum;
  }

  private static double source(int i, int side, int grid) {
    return Math.max(0, Math.min(side - 1, (i + 0.5) * side / grid - 0.5));
  }
}
