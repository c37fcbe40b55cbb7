package io.nightjar.job.embed;

import java.util.List;

/**
 * A batch of images and their patch embeddings.
 *
 * @param patches in the form that the pass needs
 */
public record EmbeddedBatch<P>(int chunk, int batch, List<LoadedImage> images, P patches) {

  /** The images without their pixels. */
  public List<SourceImage> sources() {
    return images.stream()
        .map(image -> new SourceImage(image.ref(), image.width(), image.height(), image.sha256()))
        .toList();
  }
}
