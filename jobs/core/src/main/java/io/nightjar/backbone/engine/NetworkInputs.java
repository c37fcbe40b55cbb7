package io.nightjar.backbone.engine;

import io.nightjar.backbone.spec.EmbeddingSpec;
import io.nightjar.dataset.image.BilinearResize;
import io.nightjar.dataset.image.RgbImage;
import java.util.List;

/** The inputs that a network takes of an image. */
public final class NetworkInputs {
  private NetworkInputs() {}

  /**
   * A decoded image at every size of a specification, squeezed to its shape.
   *
   * @param image at its own size
   * @param spec of the embedding
   * @return an image for each size, in the order of the sizes
   */
  public static List<RgbImage> of(RgbImage image, EmbeddingSpec spec) {
    return spec.imageSizes().stream()
        .map(size -> BilinearResize.resize(image, size.width(), size.height()))
        .toList();
  }
}
