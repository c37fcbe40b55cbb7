package io.nightjar.dataset.image;

import io.nightjar.text.Sentences;

/** One file cannot be used and must be quarantined; the others of the data set are not affected. */
public final class UnreadableFileException extends Exception {
  private static final long serialVersionUID = 1L;

  private final String uri;
  private final String reason;

  /**
   * @param uri the file
   * @param reason a sentence for a person that says what is wrong with it
   */
  public UnreadableFileException(String uri, String reason) {
    this(uri, reason, null);
  }

  /** As the other constructor, with what caused it. */
  public UnreadableFileException(String uri, String reason, Throwable cause) {
    super(Sentences.shown(uri + ": " + reason), cause);
    this.uri = uri;
    this.reason = Sentences.shown(reason);
  }

  /** The file. */
  public String uri() {
    return uri;
  }

  /** A sentence that says what is wrong with the file. */
  public String reason() {
    return reason;
  }
}
