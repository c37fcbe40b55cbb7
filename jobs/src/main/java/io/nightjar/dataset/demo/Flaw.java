package io.nightjar.dataset.demo;

/**
 * What is wrong with the object of one picture.
 *
 * @param type one of the scene's defects, or {@link #GOOD}
 * @param variation where it is and how large, apart from the picture's own variation, so that the
 *     same picture can be painted without it
 */
record Flaw(String type, Variation variation) {
  /** MVTec AD's name for no defect. */
  static final String GOOD = "good";

  boolean is(String other) {
    return type.equals(other);
  }
}
