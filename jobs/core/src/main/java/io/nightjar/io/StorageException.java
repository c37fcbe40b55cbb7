package io.nightjar.io;

/**
 * The storage failed, and not a file: what was to be read or written is as good as before. The
 * message is one or two sentences for a person: what was asked for, how often, for how long, what
 * the storage said, and what to do.
 */
public final class StorageException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /** Creates an exception with its sentence; without a cause, whose words it has already. */
  public StorageException(String sentence) {
    super(sentence);
  }
}
