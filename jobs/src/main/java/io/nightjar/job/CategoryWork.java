package io.nightjar.job;

/** The work on one category; {@link ConcurrentCategories} runs that of several side by side. */
interface CategoryWork {

  /** The category's name. */
  String category();

  /**
   * Does all of it; call it once.
   *
   * @throws CategoryFailedException if too many of the category's files are defective
   */
  CategoryOutcome run();
}
