package io.nightjar.job.fit;

import java.io.Serializable;

/**
 * The patches of one image after the projection.
 *
 * @param path what names the image within the bank
 * @param rows {@code patches x dimension} values, row by row; not a copy
 */
@SuppressWarnings("ArrayRecordComponent") // a carrier, never compared
public record ReducedImage(String path, float[] rows) implements Serializable {
  private static final long serialVersionUID = 1L;
}
