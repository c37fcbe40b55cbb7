package io.nightjar.dataset.layout.known;

import io.nightjar.dataset.ImageRef;
import io.nightjar.io.FileNames;

/**
 * What a file of a category is for.
 *
 * @param use of the file
 * @param label the kind of defect that an image shows, {@link ImageRef#GOOD} for none; empty where
 *     its mask says
 * @param key what an image and its masks have in common
 * @param group what the image shares with images of other kinds; empty where that is unknown
 * @param item the object that the image shows, as others may; empty where that is unknown
 * @param unit of images to divide, what must not be torn apart
 */
record Role(Use use, String label, String key, String group, String item, String unit) {
  /** Names that look the same are the same key. */
  Role {
    key = FileNames.composed(key);
  }

  /** The uses of files. */
  enum Use {
    /** An image to learn from. */
    TRAIN,
    /** A test image. */
    TEST,
    /** An image of a data set without parts: one to learn from or a test image. */
    DIVIDED,
    /** An image that the data set has no label for. */
    UNLABELLED,
    /** A mask. */
    MASK,
    /** What no command needs, such as images for validation. */
    NOT_NEEDED,
    /** An image that the data set's own list does not name. */
    NOT_LISTED,
    /** What the layout has no place for. */
    OUTSIDE
  }

  static Role train() {
    return new Role(Use.TRAIN, ImageRef.GOOD, "", "", "", "");
  }

  static Role test(String label, String key) {
    return new Role(Use.TEST, label, key, "", "", "");
  }

  /**
   * An image with a label, or without one where its mask says it; images of a unit stay together.
   */
  static Role divided(String label, String key, String unit) {
    return new Role(Use.DIVIDED, label, key, "", "", unit);
  }

  static Role mask(String key) {
    return new Role(Use.MASK, "", key, "", "", "");
  }

  static Role of(Use use) {
    return new Role(use, "", "", "", "", "");
  }

  Role inGroup(String name) {
    return new Role(use, label, key, name, item, unit);
  }

  Role ofItem(String name) {
    return new Role(use, label, key, group, name, unit);
  }

  /** The same with a label, or without one where the mask of that key gives it. */
  Role labelled(String name, String maskKey) {
    return new Role(use, name, maskKey, group, item, unit);
  }

  /** The same with a label that its mask gives. */
  Role labelled(String name) {
    return new Role(use, name, key, group, item, unit);
  }

  boolean isImage() {
    return use == Use.TRAIN || use == Use.TEST || use == Use.DIVIDED || use == Use.UNLABELLED;
  }
}
