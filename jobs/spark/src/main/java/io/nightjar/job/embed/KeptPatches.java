package io.nightjar.job.embed;

import io.nightjar.backbone.graph.PatchLayout;
import io.nightjar.dataset.ImageRef;
import java.io.Serializable;
import java.util.List;
import java.util.Optional;

/** Patch embeddings of images that are kept from run to run. Used within tasks. */
public interface KeptPatches extends Serializable {
  /** Nothing is kept. */
  static KeptPatches none() {
    return NoPatches.NONE;
  }

  /**
   * The embeddings of one image.
   *
   * @param image whose file they are of
   * @param values of all its levels, one after the other; not to be changed
   */
  @SuppressWarnings("ArrayRecordComponent") // a carrier of values, never compared
  record Kept(SourceImage image, float[] values) {}

  /** Gives what is kept of some images, on the driver. */
  @FunctionalInterface
  interface Source {
    /** What is kept of these images, or is to be kept. */
    KeptPatches of(List<ImageRef> images);
  }

  /** Whether nothing is kept and nothing is to be kept. */
  default boolean isNone() {
    return false;
  }

  /** Whether those of an image seem to be there; nothing is read. */
  boolean has(ImageRef image);

  /** Those of an image; empty where they are not there, or not as they were written. */
  Optional<Kept> find(ImageRef image, PatchLayout layout);

  /** Keeps those of an image for later runs; does nothing where its file is not what it was. */
  void keep(Kept patches);
}
