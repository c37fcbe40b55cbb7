package io.nightjar.job.embed;

import java.util.List;

/**
 * A batch of images and their patch embeddings.
 *
 * @param images without their pixels; of images that are cut into tiles, an entry for each tile
 * @param patches in the form that the pass needs
 */
public record EmbeddedBatch<P>(int chunk, int batch, List<SourceImage> images, P patches) {}
