package io.nightjar.backbone.patch;

import io.nightjar.text.Text;
import java.io.Serializable;

/**
 * A linear map from patch embeddings to fewer values, which the network can apply itself: {@code y
 * = basis^T (x - mean)}. Immutable; its arrays must not be changed.
 */
public final class LinearReduction implements Serializable {
  private static final long serialVersionUID = 1L;

  private final double[] mean;
  private final float[] basis;
  private final int components;
  private transient float[] directions;

  /**
   * Keeps the arrays, without a copy.
   *
   * @param mean one value a channel
   * @param basis row-major {@code [channels][components]}
   * @param components values of a reduced patch, at least 1
   */
  public LinearReduction(double[] mean, float[] basis, int components) {
    if (components < 1 || basis.length != (long) components * mean.length) {
      throw new IllegalArgumentException(
          Text.format(
              "%d components of %d channels need %d values, not %d",
              components, mean.length, (long) components * mean.length, basis.length));
    }
    this.mean = mean;
    this.basis = basis;
    this.components = components;
  }

  /** Values of a patch before the reduction. */
  public int channels() {
    return mean.length;
  }

  /** Values of a patch after it. */
  public int components() {
    return components;
  }

  /**
   * Reduces the patches of some images.
   *
   * @return row-major {@code [images * patches][components]}
   * @throws IllegalArgumentException if patches have another number of channels
   */
  public float[] apply(PatchMaps maps) {
    if (maps.layout().channels() != channels()) {
      throw new IllegalArgumentException(
          Text.format(
              "Patches of %d channels cannot be reduced by components of %d channels",
              maps.layout().channels(), channels()));
    }
    return new MapReduction(mean, basis, components).apply(maps);
  }

  /** The mean in the form of a graph input. */
  public float[] floatMean() {
    float[] floats = new float[mean.length];
    for (int i = 0; i < floats.length; i++) {
      floats[i] = (float) mean[i];
    }
    return floats;
  }

  /**
   * The basis in the form of a graph input, row-major {@code [components][channels]}; computed
   * once.
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
