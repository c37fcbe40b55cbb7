package io.nightjar.job.options;

import io.nightjar.text.Text;
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

  /** What a stage handles one by one. */
  public enum Counted {
    /** Images. */
    IMAGES("image", "images"),
    /** Files of any kind. */
    FILES("file", "files"),
    /** Ground-truth masks. */
    MASKS("mask", "masks"),
    /** Anomaly maps. */
    MAPS("map", "maps"),
    /** Rows of a memory bank. */
    ROWS("row", "rows");

    private final String singular;
    private final String plural;

    Counted(String singular, String plural) {
      this.singular = singular;
      this.plural = plural;
    }

    /**
     * A number of them.
     *
     * @param count how many
     * @return such as {@code 1 image} or {@code 3 images}
     */
    public String of(long count) {
      return Text.counted(count, singular, plural);
    }

    /**
     * One of them.
     *
     * @return its name with an article, such as {@code an image}
     */
    public String one() {
      return (this == IMAGES ? "an " : "a ") + singular;
    }

    /**
     * Several of them.
     *
     * @return their name, such as {@code images}
     */
    public String many() {
      return plural;
    }
  }
}
