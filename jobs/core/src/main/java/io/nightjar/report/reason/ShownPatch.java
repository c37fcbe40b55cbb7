package io.nightjar.report.reason;

import java.io.Serializable;

/**
 * A cut-out of an image, around a patch.
 *
 * @param jpeg a JPEG file
 */
@SuppressWarnings("ArrayRecordComponent") // a carrier of a file, never compared
public record ShownPatch(byte[] jpeg) implements Serializable {
  private static final long serialVersionUID = 1L;
}
