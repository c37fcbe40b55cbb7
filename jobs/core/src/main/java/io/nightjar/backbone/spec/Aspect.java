package io.nightjar.backbone.spec;

import io.nightjar.error.InvalidInputException;
import io.nightjar.text.Text;
import java.util.Locale;

/** The shape of the network's input. */
public enum Aspect {
  /** That of the specification, whatever shape images have: as published, a square. */
  SQUEEZE,
  /** About that of the images, see {@link KeptShape}. */
  KEEP;

  /**
   * The name of an option's value.
   *
   * @return in lower case
   */
  public String id() {
    return name().toLowerCase(Locale.ROOT);
  }

  /**
   * Reads an option's value.
   *
   * @param text {@code squeeze} or {@code keep}, in any case
   * @return the value of that name
   * @throws InvalidInputException if there is none
   */
  public static Aspect parse(String text) {
    for (Aspect aspect : values()) {
      if (aspect.id().equals(text.toLowerCase(Locale.ROOT))) {
        return aspect;
      }
    }
    throw new InvalidInputException(
        Text.format("The option --aspect is \"%s\"; it must be squeeze or keep.", text));
  }
}
