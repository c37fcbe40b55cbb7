package io.nightjar.job.run;

/**
 * The work on one category; {@link ConcurrentCategories} runs that of several side by side.
 *
 * @param <T> what comes of it
 */
public interface CategoryWork<T> {

  /** The category's name. */
  String category();

  /**
   * Does all of it; call it once.
   *
   * @throws CategoryFailedException if too many of the category's files are defective
   */
  T run();

  /** What came of it, in a few words. */
  String summary(T outcome);
}
