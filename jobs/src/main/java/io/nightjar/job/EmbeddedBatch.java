package io.nightjar.job;

import java.util.List;

/**
 * A batch of images and their patch embeddings.
 *
 * @param patches {@code images x patches x channels}, row by row; components instead of channels
 *     where they are reduced
 */
@SuppressWarnings("ArrayRecordComponent") // a carrier of numbers, never compared or used as a key
record EmbeddedBatch(int chunk, int batch, List<LoadedImage> images, float[] patches) {

  PatchBlock toBlock(int patchesPerImage) {
    return new PatchBlock(chunk, batch, images.size() * patchesPerImage, patches);
  }
}
