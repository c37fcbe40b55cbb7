package io.nightjar.dataset.demo.flaw;

import io.nightjar.dataset.demo.canvas.Variation;

/**
 * The defect of the object in one image.
 *
 * @param type one of the scene's defects, or {@link #GOOD}
 * @param variation where it is and how large, independent of the image's own variation, so that the
 *     same image can be painted without it
 */
public record Flaw(String type, Variation variation) {
  /** MVTec AD's name for the absence of a defect. */
  public static final String GOOD = "good";

  /** Whether this is a defect of the given type. */
  public boolean is(String other) {
    return type.equals(other);
  }
}
