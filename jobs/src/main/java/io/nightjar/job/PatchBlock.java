package io.nightjar.job;

import io.nightjar.backbone.PatchMaps;
import java.io.Serializable;

/**
 * The patch embeddings of one batch of images.
 *
 * @param chunk the chunk that the images belong to
 * @param batch the batch's position within the chunk, from 0
 */
record PatchBlock(int chunk, int batch, PatchMaps maps) implements Serializable {
  private static final long serialVersionUID = 3L;
}
