package io.nightjar.backbone.patch;

import io.nightjar.text.Text;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A linear map from patch embeddings to fewer values, which the network can apply itself: {@code y
 * = basis^T (x - mean)}. Where an embedding has several branches, each has a map of its own, and
 * their values are concatenated. The place of a patch on the grid may follow. Immutable; its arrays
 * must not be changed.
 */
public final class LinearReduction implements Serializable {
  private static final long serialVersionUID = 2L;

  private final double[] mean;
  private final float[] basis;
  private final int components;
  private transient float[] directions;

  /** Empty where this is the map of the only branch. */
  private final List<LinearReduction> branches;

  /** Null where places are not added. */
  private final GridPosition position;

  /**
   * Keeps the arrays, without a copy.
   *
   * @param mean one value a channel
   * @param basis row-major {@code [channels][components]}
   * @param components values of a reduced patch, at least 1
   */
  public LinearReduction(double[] mean, float[] basis, int components) {
    this(mean, basis, components, List.of(), null);
    if (components < 1 || basis.length != (long) components * mean.length) {
      throw new IllegalArgumentException(
          Text.format(
              "%d components of %d channels need %d values, not %d",
              components, mean.length, (long) components * mean.length, basis.length));
    }
  }

  private LinearReduction(
      double[] mean,
      float[] basis,
      int components,
      List<LinearReduction> branches,
      GridPosition position) {
    this.mean = mean;
    this.basis = basis;
    this.components = components;
    this.branches = branches;
    this.position = position;
  }

  /**
   * The reductions of the branches of an embedding, and the place on the grid.
   *
   * @param branches at least one, in the order of the branches
   * @param position empty where it is not added
   */
  public static LinearReduction of(
      List<LinearReduction> branches, Optional<GridPosition> position) {
    LinearReduction first = branches.get(0);
    return branches.size() == 1
        ? new LinearReduction(
            first.mean, first.basis, first.components, List.of(), position.orElse(null))
        : new LinearReduction(
            new double[0], new float[0], 0, List.copyOf(branches), position.orElse(null));
  }

  /** The maps of the branches, without places. */
  public List<LinearReduction> branches() {
    return branches.isEmpty() ? List.of(of(List.of(this), Optional.empty())) : branches;
  }

  /** Values of a patch before the reduction. */
  public int channels() {
    return branches.isEmpty()
        ? mean.length
        : branches.stream().mapToInt(LinearReduction::channels).sum();
  }

  /** Values of a patch after it, without its place. */
  public int components() {
    return branches.isEmpty()
        ? components
        : branches.stream().mapToInt(LinearReduction::components).sum();
  }

  /**
   * Reduces the patches of some images and adds their places, if this reduction does.
   *
   * @return row-major {@code [images * patches][components]}, two more values where places are
   *     added
   * @throws IllegalArgumentException if patches have another number of channels
   */
  public float[] apply(PatchMaps maps) {
    return placed(reduce(maps));
  }

  /**
   * Adds the places of patches that are reduced, if this reduction does.
   *
   * @param reduced row-major {@code [images * patches][components]}
   * @return the same array where places are not added
   */
  public float[] placed(float[] reduced) {
    return position == null ? reduced : position.appendedTo(reduced, components());
  }

  /**
   * The same of tiles that follow one another.
   *
   * @param reduced row-major {@code [tiles * patches][components]}
   * @param firstTile the number of the first tile in its image, from 0
   * @return the same array where places are not added
   */
  public float[] placed(float[] reduced, int firstTile) {
    return position == null ? reduced : position.appendedTo(reduced, components(), firstTile);
  }

  /** The same reduction without places. */
  public LinearReduction unplaced() {
    return position == null ? this : of(branches(), Optional.empty());
  }

  /**
   * Reduces the patches of some images, without their places.
   *
   * @return row-major {@code [images * patches][components]}
   * @throws IllegalArgumentException if patches have another number of channels or branches
   */
  public float[] reduce(PatchMaps maps) {
    if (maps.layout().channels() != channels()) {
      throw new IllegalArgumentException(
          Text.format(
              "Patches of %d channels cannot be reduced by components of %d channels",
              maps.layout().channels(), channels()));
    }
    if (branches.isEmpty()) {
      return new MapReduction(mean, basis, components).apply(maps);
    }
    List<PatchMaps> own = maps.branches();
    if (own.size() != branches.size()) {
      throw new IllegalArgumentException(
          Text.format(
              "Patches of %d branches cannot be reduced by components of %d",
              own.size(), branches.size()));
    }
    List<float[]> reduced = new ArrayList<>();
    for (int branch = 0; branch < branches.size(); branch++) {
      reduced.add(branches.get(branch).reduce(own.get(branch)));
    }
    return PatchRows.concatenated(reduced, maps.images() * maps.layout().patches());
  }

  /** The mean in the form of a graph input, of the only branch. */
  public float[] floatMean() {
    float[] floats = new float[mean.length];
    for (int i = 0; i < floats.length; i++) {
      floats[i] = (float) mean[i];
    }
    return floats;
  }

  /**
   * The basis in the form of a graph input, row-major {@code [components][channels]}, of the only
   * branch; computed once.
   */
  public synchronized float[] directions() {
    if (directions == null) {
      float[] transposed = new float[basis.length];
      for (int i = 0; i < mean.length; i++) {
        for (int j = 0; j < components; j++) {
          transposed[j * mean.length + i] = basis[i * components + j];
        }
      }
      directions = transposed;
    }
    return directions;
  }
}
