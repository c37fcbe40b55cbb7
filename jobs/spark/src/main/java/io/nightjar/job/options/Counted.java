package io.nightjar.job.options;

import io.nightjar.text.Text;

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
