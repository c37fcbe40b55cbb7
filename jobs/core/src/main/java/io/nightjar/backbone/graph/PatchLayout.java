package io.nightjar.backbone.graph;

import io.nightjar.backbone.patch.PatchMaps;
import io.nightjar.text.Text;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;

/**
 * How the patch embeddings of an image lie in {@link PatchMaps}: the channels of stages that are
 * finer than the grid, or lie on it, as maps of the grid; those of coarser stages as maps of their
 * own size, which are a fraction of what they are interpolated to.
 *
 * @param grid patches along each side
 * @param levels the maps, the finest first; one after the other they have the channels of a patch
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

  /** Values of an image, all its maps together. */
  public long values() {
    return levels.stream().mapToLong(Level::values).sum();
  }
}
