package io.nightjar.dataset;

import java.io.IOException;

/** What is wrong with a picture, in a sentence, where the file's name is not known yet. */
final class UnusablePictureException extends IOException {
  private static final long serialVersionUID = 1L;

  UnusablePictureException(String sentence) {
    super(sentence);
  }

  UnusablePictureException(String sentence, Throwable cause) {
    super(sentence, cause);
  }
}
