package io.nightjar.dataset.tiff;

import io.nightjar.dataset.image.UnreadableImageException;
import io.nightjar.text.Text;

/** What the bits of a sample are (tag 339). */
public enum SampleFormat {
  /** Whole numbers from 0; also where the tag is absent or says "undefined". */
  UNSIGNED("unsigned"),
  /** Whole numbers in two's complement. */
  SIGNED("signed"),
  /** IEEE 754 numbers. */
  FLOAT("floating-point"),
  /** Pairs of whole or IEEE 754 numbers. */
  COMPLEX("complex");

  private final String word;

  SampleFormat(String word) {
    this.word = word;
  }

  /** As it is in a sentence, such as {@code signed}. */
  public String word() {
    return word;
  }

  static SampleFormat of(long code) throws UnreadableImageException {
    return switch ((int) code) {
      case 1, 4 -> UNSIGNED;
      case 2 -> SIGNED;
      case 3 -> FLOAT;
      case 5, 6 -> COMPLEX;
      default ->
          throw new UnreadableImageException(
              Text.format(
                  "The TIFF is damaged: its sample format is %d, which does not exist.", code));
    };
  }
}
