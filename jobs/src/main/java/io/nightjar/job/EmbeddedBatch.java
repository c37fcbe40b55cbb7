package io.nightjar.job;

import java.util.List;

/**
 * A batch of images and their patch embeddings.
 *
 * @param patches in the form that the pass needs
 */
record EmbeddedBatch<P>(int chunk, int batch, List<LoadedImage> images, P patches) {}
