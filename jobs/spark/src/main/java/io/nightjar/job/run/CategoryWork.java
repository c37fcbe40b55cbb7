package io.nightjar.job.run;

/**
 * The work on one category; {@link ConcurrentCategories} runs that of several side by side.
 *
 * @param <T> the outcome
 */
public interface CategoryWork<T> {

  /** The category's name. */
  String category();

  /**
   * Does all of it; call it once.
   *
   * @throws CategoryFailedException if too many of the category's files are unreadable
   */
  T run();

  /** The outcome in a few words. */
  String summary(T outcome);
}
