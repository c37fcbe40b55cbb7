package io.nightjar.job.embed;

import io.nightjar.dataset.ImageRef;
import io.nightjar.dataset.image.RgbImage;
import java.util.List;

/**
 * An image ready for the backbone.
 *
 * @param ref where it came from
 * @param inputs of each tile in turn, at each size that the network takes
 * @param width of the image in the file, in pixels
 * @param height of the image in the file, in pixels
 * @param sha256 of the file's bytes, in hexadecimal
 */
public record LoadedImage(
    ImageRef ref, List<RgbImage> inputs, int width, int height, String sha256) {

  /** The image without its pixels. */
  SourceImage source() {
    return new SourceImage(ref, width, height, sha256);
  }
}
