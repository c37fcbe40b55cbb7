package io.nightjar.dataset;

/** The two parts of a category: training images and test images. */
public enum Split {
  TRAIN,
  TEST
}
