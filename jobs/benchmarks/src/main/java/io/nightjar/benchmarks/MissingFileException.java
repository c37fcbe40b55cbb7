package io.nightjar.benchmarks;

/** A file that a benchmark needs, and that is not part of the project, is absent. */
final class MissingFileException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  MissingFileException(String message) {
    super(message);
  }
}
