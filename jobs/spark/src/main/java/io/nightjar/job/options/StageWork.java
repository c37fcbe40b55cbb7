package io.nightjar.job.options;

import java.util.function.LongSupplier;

/**
 * A stage of the work on a category.
 *
 * @param name what is done to what in a few words, such as "embed normal images"
 * @param counted what it handles one by one
 * @param total how many of those; 0 where nothing measures the stage
 * @param done how many it has handled so far; may be polled from any thread until the next stage
 *     begins
 * @param after what it does once all have been handled, in a few words
 */
public record StageWork(String name, Counted counted, long total, LongSupplier done, String after) {

  /**
   * A stage that nothing measures.
   *
   * @param name what is done in a few words
   * @return the stage
   */
  public static StageWork unmeasured(String name) {
    return new StageWork(name, Counted.IMAGES, 0, () -> 0, "");
  }

  /**
   * How many it has handled, never more than there are.
   *
   * @return from 0 to {@link #total}
   */
  public long handled() {
    return Math.min(total, done.getAsLong());
  }
}
