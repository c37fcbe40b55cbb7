package io.nightjar.job;

import java.io.Serializable;

/**
 * The patch embeddings of one batch of images.
 *
 * @param chunk the chunk that the images belong to
 * @param batch the batch's position within the chunk, from 0
 * @param rows patches: images x grid x grid
 * @param values {@code rows x channels}, row by row
 */
@SuppressWarnings("ArrayRecordComponent") // a carrier of numbers, never compared or used as a key
record PatchBlock(int chunk, int batch, int rows, float[] values)
    implements Serializable, Comparable<PatchBlock> {
  private static final long serialVersionUID = 1L;

  /** Catalogue order. */
  @Override
  public int compareTo(PatchBlock other) {
    int byChunk = Integer.compare(chunk, other.chunk);
    return byChunk != 0 ? byChunk : Integer.compare(batch, other.batch);
  }
}
