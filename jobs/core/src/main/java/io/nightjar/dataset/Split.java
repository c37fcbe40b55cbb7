package io.nightjar.dataset;

/** The two parts of a category: training images and test images. */
public enum Split {
  /** Images that a bank is built of. */
  TRAIN,
  /** Images that are scored. */
  TEST
}
