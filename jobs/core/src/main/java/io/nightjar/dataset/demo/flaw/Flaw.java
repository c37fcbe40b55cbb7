package io.nightjar.dataset.demo.flaw;

import io.nightjar.dataset.demo.canvas.Variation;

/**
 * What is wrong with the object of one picture.
 *
 * @param type one of the scene's defects, or {@link #GOOD}
 * @param variation where it is and how large, apart from the picture's own variation, so that the
 *     same picture can be painted without it
 */
public record Flaw(String type, Variation variation) {
  /** MVTec AD's name for no defect. */
  public static final String GOOD = "good";

  public boolean is(String other) {
    return type.equals(other);
  }
}
