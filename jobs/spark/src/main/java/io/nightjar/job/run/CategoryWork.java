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

  /**
   * How many images it is about, where that is known, for the time that is left; 0 where the work
   * is no category's own and is not counted among them.
   */
  default int images() {
    return 1;
  }

  /** The outcome in a few words. */
  String summary(T outcome);
}
