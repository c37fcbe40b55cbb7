package io.nightjar.error;

import io.nightjar.text.Sentences;

/**
 * An input of the user's cannot be used: a path, an option, a weight file. Raised before any heavy
 * work starts; the command line ends with exit code 2.
 *
 * <p>The message is one or two sentences for a person: what was wrong, where (path, category,
 * value), and what to do. It is shown as {@link Sentences#shown} says.
 */
public class InvalidInputException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /**
   * Creates an exception with its sentence.
   *
   * @param message one or two sentences for a person
   */
  public InvalidInputException(String message) {
    super(Sentences.shown(message));
  }

  /**
   * Creates an exception with its sentence and what caused it.
   *
   * @param message one or two sentences for a person
   * @param cause what the input failed on
   */
  public InvalidInputException(String message, Throwable cause) {
    super(Sentences.shown(message), cause);
  }
}
