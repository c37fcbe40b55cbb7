package io.nightjar.backbone.graph;

import io.nightjar.backbone.patch.PatchMaps;
import io.nightjar.text.Text;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;

/**
 * The layout of an image's patch embeddings in {@link PatchMaps}: the channels of stages at least
 * as fine as the grid as maps of the grid; those of coarser stages as maps of their own size, a
 * fraction of the size to which they are interpolated.
 *
 * @param grid patches along each side
 * @param levels the maps, the finest first; concatenated they have the channels of a patch
 */
public record PatchLayout(int grid, List<Level> levels) implements Serializable {
  private static final long serialVersionUID = 1L;

  /**
   * Maps of one size.
   *
   * @param side cells along each side, 1 to the grid
   * @param channels values of a cell, at least 1
   */
  public record Level(int side, int channels) implements Serializable {
    private static final long serialVersionUID = 1L;

    /** Cells of a map. */
    public int cells() {
      return side * side;
    }

    /** Values of one image. */
    public int values() {
      return Math.multiplyExact(cells(), channels);
    }
  }

  /** Refuses levels that do not get ever coarser. */
  public PatchLayout {
    levels = List.copyOf(levels);
    if (levels.isEmpty()) {
      throw new IllegalArgumentException("Patches need at least one map");
    }
    int finer = grid + 1;
    for (Level level : levels) {
      if (level.side() < 1 || level.side() >= finer || level.channels() < 1) {
        throw new IllegalArgumentException(
            Text.format("The maps of a grid of %d must be ever coarser, but are %s", grid, levels));
      }
      finer = level.side();
    }
  }

  /** The layout of stages in their order, each coarser than the one before it. */
  static PatchLayout of(int grid, List<BackboneGraph.StageOutput> stages) {
    List<Level> levels = new ArrayList<>();
    for (BackboneGraph.StageOutput stage : stages) {
      int side = Math.min(grid, stage.side());
      int last = levels.size() - 1;
      if (last >= 0 && levels.get(last).side() == side) {
        levels.set(last, new Level(side, levels.get(last).channels() + stage.channels()));
      } else {
        levels.add(new Level(side, stage.channels()));
      }
    }
    return new PatchLayout(grid, levels);
  }

  /** Patches of an image. */
  public int patches() {
    return grid * grid;
  }

  /** Values of a patch. */
  public int channels() {
    return levels.stream().mapToInt(Level::channels).sum();
  }

  /** Values of an image in all its maps. */
  public long values() {
    return levels.stream().mapToLong(Level::values).sum();
  }
}
