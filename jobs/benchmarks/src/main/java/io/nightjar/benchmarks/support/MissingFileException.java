package io.nightjar.benchmarks.support;

/** A file that a benchmark needs, and that is not part of the project, is absent. */
public final class MissingFileException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  public MissingFileException(String message) {
    super(message);
  }
}
