package io.nightjar.job.embed;

import io.nightjar.dataset.ImageRef;
import java.io.Serializable;

/**
 * A file that was read, without its pixels.
 *
 * @param width of the image in the file, in pixels
 * @param height of the image in the file, in pixels
 * @param sha256 of the file's bytes, in hexadecimal
 */
public record SourceImage(ImageRef ref, int width, int height, String sha256)
    implements Serializable {
  private static final long serialVersionUID = 1L;
}
