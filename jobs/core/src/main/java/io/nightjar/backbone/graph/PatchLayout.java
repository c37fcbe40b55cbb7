package io.nightjar.backbone.graph;

import io.nightjar.backbone.patch.PatchMaps;
import io.nightjar.backbone.spec.Size;
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
public record PatchLayout(Size grid, List<Level> levels, List<Integer> branchLevels)
    implements Serializable {
  private static final long serialVersionUID = 3L;

  /**
   * Maps of one size.
   *
   * @param size of a map in cells, at most that of the grid
   * @param channels values of a cell, at least 1
   */
  public record Level(Size size, int channels) implements Serializable {
    private static final long serialVersionUID = 2L;

    /** Square maps. */
    public Level(int side, int channels) {
      this(Size.square(side), channels);
    }

    /** Cells of a map. */
    public int cells() {
      return size.cells();
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

  private static void requireEverCoarser(Size grid, List<Level> levels) {
    Size finer = new Size(grid.height() + 1, grid.width() + 1);
    for (Level level : levels) {
      if (!isWithin(level.size(), finer) || level.size().equals(finer) || level.channels() < 1) {
        throw new IllegalArgumentException(
            Text.format("The maps of a grid of %s must be ever coarser, but are %s", grid, levels));
      }
      finer = level.size();
    }
    if (!isWithin(levels.get(0).size(), grid)) {
      throw new IllegalArgumentException(
          Text.format("The maps of a grid of %s must lie within it, but are %s", grid, levels));
    }
  }

  private static boolean isWithin(Size inner, Size outer) {
    return inner.height() <= outer.height() && inner.width() <= outer.width();
  }

  /**
   * The layout of one branch.
   *
   * @param grid patches along each side
   * @param levels the maps, the finest first
   */
  public PatchLayout(Size grid, List<Level> levels) {
    this(grid, levels, List.of(levels.size()));
  }

  /**
   * The layout of one branch on a square grid.
   *
   * @param grid patches along each side
   * @param levels the maps, the finest first
   */
  public PatchLayout(int grid, List<Level> levels) {
    this(Size.square(grid), levels);
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
  static PatchLayout of(Size grid, List<BackboneGraph.StageOutput> stages) {
    List<Level> levels = new ArrayList<>();
    for (BackboneGraph.StageOutput stage : stages) {
      Size size = sizeOf(stage.size(), grid);
      int last = levels.size() - 1;
      if (last >= 0 && levels.get(last).size().equals(size)) {
        levels.set(last, new Level(size, levels.get(last).channels() + stage.channels()));
      } else {
        levels.add(new Level(size, stage.channels()));
      }
    }
    return new PatchLayout(grid, levels);
  }

  /**
   * The size of the maps of a stage: its own where that is coarser than the grid, otherwise the
   * grid's.
   *
   * @param stage cells of the stage's output
   * @param grid patches along each side
   */
  public static Size sizeOf(Size stage, Size grid) {
    return new Size(Math.min(stage.height(), grid.height()), Math.min(stage.width(), grid.width()));
  }

  /** Patches of an image. */
  public int patches() {
    return grid.cells();
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
