package io.nightjar.backbone.patch;

import io.nightjar.backbone.graph.PatchLayout;
import io.nightjar.backbone.spec.Size;
import io.nightjar.linalg.ArrayStreams;
import io.nightjar.linalg.PlaneMap;
import io.nightjar.text.Text;
import java.io.IOException;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;

/**
 * The patch embeddings of some images before coarse stages are interpolated to the grid. A value of
 * a patch is a weighted sum of at most four cells of its level's map, the same four for all its
 * channels, so linear algebra can be done on the maps at a fraction of the cost.
 */
public final class PatchMaps implements Serializable {
  private static final long serialVersionUID = 1L;

  private final PatchLayout layout;
  private final int images;
  private transient List<float[]> maps;

  /**
   * Keeps the arrays, without a copy.
   *
   * @param maps for each level of the layout, row-major {@code [images][cells][channels]}
   * @throws IllegalArgumentException if an array has another length
   */
  public PatchMaps(PatchLayout layout, int images, List<float[]> maps) {
    this.layout = layout;
    this.images = images;
    this.maps = List.copyOf(maps);
    if (maps.size() != layout.levels().size()) {
      throw new IllegalArgumentException(
          Text.format("%d arrays cannot hold %d levels", maps.size(), layout.levels().size()));
    }
    for (int level = 0; level < maps.size(); level++) {
      long length = (long) images * layout.levels().get(level).values();
      if (maps.get(level).length != length) {
        throw new IllegalArgumentException(
            Text.format(
                "Level %d of %d images needs %d values, not %d",
                level, images, length, maps.get(level).length));
      }
    }
  }

  /** The layout of the maps. */
  public PatchLayout layout() {
    return layout;
  }

  /** Images in these maps. */
  public int images() {
    return images;
  }

  /** All maps, see {@link #level}; not copies. */
  public List<float[]> levels() {
    return maps;
  }

  /** The maps of a level, row-major {@code [images][cells][channels]}; not a copy. */
  public float[] level(int level) {
    return maps.get(level);
  }

  /** The maps of each branch of the layout alone; not copies. */
  public List<PatchMaps> branches() {
    List<PatchMaps> branches = new ArrayList<>();
    int first = 0;
    for (PatchLayout branch : layout.branches()) {
      int end = first + branch.levels().size();
      branches.add(new PatchMaps(branch, images, maps.subList(first, end)));
      first = end;
    }
    return branches;
  }

  /**
   * The whole patches, coarse maps interpolated: row-major {@code [images * patches][channels]}.
   */
  public float[] rows() {
    int channels = layout.channels();
    int rows = Math.multiplyExact(images, layout.patches());
    float[] all = new float[Math.multiplyExact(rows, channels)];
    int firstChannel = 0;
    for (int number = 0; number < maps.size(); number++) {
      PatchLayout.Level level = layout.levels().get(number);
      PlaneMap interpolation = interpolation(level, layout.grid());
      float[] enlarged = new float[layout.patches() * level.channels()];
      for (int image = 0; image < images; image++) {
        interpolation.apply(
            maps.get(number), image * level.values(), level.channels(), enlarged, 0);
        for (int patch = 0; patch < layout.patches(); patch++) {
          System.arraycopy(
              enlarged,
              patch * level.channels(),
              all,
              (image * layout.patches() + patch) * channels + firstChannel,
              level.channels());
        }
      }
      firstChannel += level.channels();
    }
    return all;
  }

  /**
   * Some whole patches of one image, coarse maps interpolated; the values of {@link #rows}.
   *
   * @param image from 0
   * @param cells patches of its grid, row by row, from 0
   * @return row-major {@code [cells][channels]}
   */
  public float[] patches(int image, int[] cells) {
    int channels = layout.channels();
    float[] chosen = new float[Math.multiplyExact(cells.length, channels)];
    int firstChannel = 0;
    for (int number = 0; number < maps.size(); number++) {
      PatchLayout.Level level = layout.levels().get(number);
      float[] enlarged = new float[layout.patches() * level.channels()];
      interpolation(level, layout.grid())
          .apply(maps.get(number), image * level.values(), level.channels(), enlarged, 0);
      for (int i = 0; i < cells.length; i++) {
        System.arraycopy(
            enlarged,
            cells[i] * level.channels(),
            chosen,
            i * channels + firstChannel,
            level.channels());
      }
      firstChannel += level.channels();
    }
    return chosen;
  }

  /** Interpolates maps of a level to the grid. */
  static PlaneMap interpolation(PatchLayout.Level level, Size grid) {
    return PlaneMap.interpolation(
        level.size().height(), level.size().width(), grid.height(), grid.width());
  }

  private void writeObject(ObjectOutputStream out) throws IOException {
    out.defaultWriteObject();
    for (float[] map : maps) {
      ArrayStreams.write(map, out);
    }
  }

  private void readObject(ObjectInputStream in) throws IOException, ClassNotFoundException {
    in.defaultReadObject();
    List<float[]> read = new ArrayList<>();
    for (int level = 0; level < layout.levels().size(); level++) {
      read.add(ArrayStreams.readFloats(in));
    }
    maps = List.copyOf(read);
  }
}
