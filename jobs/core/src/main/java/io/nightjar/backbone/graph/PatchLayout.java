package io.nightjar.backbone.graph;

import io.nightjar.backbone.patch.PatchMaps;
import io.nightjar.text.Text;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;

/**
 * The layout of an image's patch embeddings in {@link PatchMaps}: the channels of stages at least
 * as fine as the grid as maps of the grid; those of coarser stages as maps of their own size, a
 * fraction of the size to which they are interpolated. An embedding of several image sizes has the
 * maps of each, one branch after the other.
 *
 * @param grid patches along each side
 * @param levels the maps, those of a branch the finest first; concatenated they have the channels
 *     of a patch
 * @param branchLevels how many of the levels each branch has, at least 1
 */
public record PatchLayout(int grid, List<Level> levels, List<Integer> branchLevels)
    implements Serializable {
  private static final long serialVersionUID = 2L;

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

  /** Refuses levels that do not get ever coarser within a branch. */
  public PatchLayout {
    levels = List.copyOf(levels);
    branchLevels = List.copyOf(branchLevels);
    if (levels.isEmpty()) {
      throw new IllegalArgumentException("Patches need at least one map");
    }
    if (branchLevels.stream().anyMatch(count -> count < 1)
        || branchLevels.stream().mapToInt(Integer::intValue).sum() != levels.size()) {
      throw new IllegalArgumentException(
          Text.format("Branches of %s levels do not have %d", branchLevels, levels.size()));
    }
    int first = 0;
    for (int count : branchLevels) {
      requireEverCoarser(grid, levels.subList(first, first + count));
      first += count;
    }
  }

  private static void requireEverCoarser(int grid, List<Level> levels) {
    int finer = grid + 1;
    for (Level level : levels) {
      if (level.side() < 1 || level.side() >= finer || level.channels() < 1) {
        throw new IllegalArgumentException(
            Text.format("The maps of a grid of %d must be ever coarser, but are %s", grid, levels));
      }
      finer = level.side();
    }
  }

  /**
   * The layout of one branch.
   *
   * @param grid patches along each side
   * @param levels the maps, the finest first
   */
  public PatchLayout(int grid, List<Level> levels) {
    this(grid, levels, List.of(levels.size()));
  }

  /** The layout of several embeddings on the same grid, one branch after the other. */
  static PatchLayout concatenated(List<PatchLayout> branches) {
    return new PatchLayout(
        branches.get(0).grid(),
        branches.stream().flatMap(branch -> branch.levels().stream()).toList(),
        branches.stream().flatMap(branch -> branch.branchLevels().stream()).toList());
  }

  /** The layouts of the branches, each alone. */
  public List<PatchLayout> branches() {
    List<PatchLayout> branches = new ArrayList<>();
    int first = 0;
    for (int count : branchLevels) {
      branches.add(new PatchLayout(grid, levels.subList(first, first + count)));
      first += count;
    }
    return branches;
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
