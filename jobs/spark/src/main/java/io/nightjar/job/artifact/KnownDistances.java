package io.nightjar.job.artifact;

import io.nightjar.dataset.ImageRef;
import io.nightjar.job.embed.SourceImage;
import java.io.Serializable;

/**
 * The distances of an image's patches, by an earlier search.
 *
 * @param width of the image in the file, in pixels
 * @param height of the image in the file, in pixels
 * @param sha256 of the file's bytes, in hexadecimal
 * @param values one for each patch, row by row
 */
@SuppressWarnings("ArrayRecordComponent") // a carrier of values, never compared
public record KnownDistances(int width, int height, String sha256, float[] values)
    implements Serializable {
  private static final long serialVersionUID = 1L;

  /** The file that they are of. */
  public SourceImage source(ImageRef ref) {
    return new SourceImage(ref, width, height, sha256);
  }
}
