package io.nightjar.backbone.engine;

import io.nightjar.dataset.image.RgbImage;
import java.util.List;

/** Turns images into patch embeddings. Safe for use by several threads at once. */
public interface Embedder {

  /** The device that computes: {@code cpu}, or {@code gpu} and its id, such as {@code gpu 1}. */
  String device();

  /**
   * Embeds a batch.
   *
   * @param images images of exactly the specification's size, each at every one of its sizes in
   *     their order; at least one
   * @return patch embeddings, row-major {@code [images * patches][channels]}, or {@code [images *
   *     patches][components]} of an embedder that reduces them, and two more values where that adds
   *     the place on the grid; the patches of one image are in row-major order over the grid
   * @throws IllegalArgumentException for an empty batch or an image of another size
   */
  float[] embed(List<RgbImage> images);
}
