package io.nightjar.backbone.engine;

import io.nightjar.backbone.patch.PatchMaps;
import io.nightjar.dataset.image.RgbImage;
import java.util.List;

/** Turns images into patch embeddings in the form of maps. Safe for use by several threads. */
public interface MapEmbedder {

  /** The device that computes, as {@link Embedder#device} names it. */
  String device();

  /**
   * Embeds a batch.
   *
   * @param images images of exactly the specification's size, each at every one of its sizes in
   *     their order; at least one
   * @throws IllegalArgumentException for an empty batch or an image of another size
   */
  PatchMaps embed(List<RgbImage> images);
}
