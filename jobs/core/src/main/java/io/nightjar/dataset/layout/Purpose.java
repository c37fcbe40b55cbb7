package io.nightjar.dataset.layout;

/** What a data set is read for, which decides which parts of it are needed. */
public enum Purpose {
  /** Training images to learn from, test images, and masks: an evaluation that builds its banks. */
  EVALUATE(true, true, true),
  /** Test images and masks; training images are counted, where there are any. */
  TEST(false, true, true),
  /** The same for anomaly maps of another program, for which masks alone may do. */
  MAPS(false, true, true),
  /** Training images alone. */
  LEARN(true, false, false),
  /** All images with their labels, whatever they are for. */
  DESCRIBE(false, true, true),
  /** Test images without their labels. */
  SCORE(false, true, false);

  private final boolean learns;
  private final boolean tests;
  private final boolean masks;

  Purpose(boolean learns, boolean tests, boolean masks) {
    this.learns = learns;
    this.tests = tests;
    this.masks = masks;
  }

  /** Whether a category needs training images. */
  public boolean learns() {
    return learns;
  }

  /** Whether the test images are listed. */
  public boolean tests() {
    return tests;
  }

  /** Whether training images are counted and not read. */
  public boolean onlyCounts() {
    return this == TEST || this == MAPS;
  }

  /** Whether a category may consist of masks alone. */
  public boolean knowsMasksAlone() {
    return this == MAPS || this == SCORE;
  }

  /** Whether labels count, and with them the masks. */
  public boolean masks() {
    return masks;
  }
}
