package io.nightjar.job.embed;

import io.nightjar.dataset.ImageRef;
import java.io.Serializable;

/**
 * A file that was read, without its pixels, or one of its tiles.
 *
 * @param width of the image in the file, in pixels
 * @param height of the image in the file, in pixels
 * @param sha256 of the file's bytes, in hexadecimal
 * @param tile the number of the tile, from 0; 0 also for a whole image
 */
public record SourceImage(ImageRef ref, int width, int height, String sha256, int tile)
    implements Serializable {
  private static final long serialVersionUID = 2L;

  /** A whole image. */
  public SourceImage(ImageRef ref, int width, int height, String sha256) {
    this(ref, width, height, sha256, 0);
  }

  /** One of its tiles, or the image as a whole for 0. */
  public SourceImage withTile(int number) {
    return number == tile ? this : new SourceImage(ref, width, height, sha256, number);
  }
}
