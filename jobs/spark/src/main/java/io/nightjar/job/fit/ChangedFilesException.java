package io.nightjar.job.fit;

/**
 * Files were not what they had been when they were read before. They are in the quarantine; what
 * was made of them is to be made again.
 */
public final class ChangedFilesException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /** Creates the exception, which no person sees. */
  public ChangedFilesException() {
    super("Files changed while they were read");
  }
}
