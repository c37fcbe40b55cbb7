package io.nightjar.dataset;

/** The two parts of a category: images to learn from, and images to be judged. */
public enum Split {
  TRAIN,
  TEST
}
