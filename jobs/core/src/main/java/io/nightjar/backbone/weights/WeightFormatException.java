package io.nightjar.backbone.weights;

/** A weight file that cannot be read; the message says why, for a sentence that names the file. */
final class WeightFormatException extends Exception {
  private static final long serialVersionUID = 1L;

  WeightFormatException(String reason) {
    super(reason);
  }

  WeightFormatException(String reason, Throwable cause) {
    super(reason, cause);
  }
}
