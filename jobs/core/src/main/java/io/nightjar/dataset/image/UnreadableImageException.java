package io.nightjar.dataset.image;

import java.io.IOException;

/**
 * An image that cannot be decoded; the message is a sentence that says why, where the file's name
 * is not known yet.
 */
public final class UnreadableImageException extends IOException {
  private static final long serialVersionUID = 1L;

  /** Creates an exception with its sentence. */
  public UnreadableImageException(String sentence) {
    super(sentence);
  }

  /** Creates an exception with its sentence and what caused it. */
  public UnreadableImageException(String sentence, Throwable cause) {
    super(sentence, cause);
  }
}
