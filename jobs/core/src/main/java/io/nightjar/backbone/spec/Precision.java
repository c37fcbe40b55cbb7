package io.nightjar.backbone.spec;

import io.nightjar.error.InvalidInputException;
import io.nightjar.text.Text;
import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;

/**
 * The floating-point format that the backbone computes with; images, patches and all later steps
 * are unaffected.
 */
public enum Precision {
  /** Weights and activations in IEEE 754 binary32. */
  FP32,

  /**
   * Weights and activations in IEEE 754 binary16. The normalised image is rounded to it, and each
   * stage's output becomes float32 before it is resized.
   */
  FP16;

  /**
   * The precision of this name, in any case.
   *
   * @param name {@code fp32} or {@code fp16}; surrounding spaces are ignored
   * @return the precision
   * @throws InvalidInputException naming the known ones
   */
  public static Precision parse(String name) {
    return Arrays.stream(values())
        .filter(precision -> precision.id().equals(name.strip().toLowerCase(Locale.ROOT)))
        .findFirst()
        .orElseThrow(
            () ->
                new InvalidInputException(
                    Text.format(
                        "Unknown precision '%s': choose %s.",
                        name,
                        Arrays.stream(values())
                            .map(Precision::id)
                            .collect(Collectors.joining(" or ")))));
  }

  /**
   * The name in options and files.
   *
   * @return {@code fp32} or {@code fp16}
   */
  public String id() {
    return name().toLowerCase(Locale.ROOT);
  }
}
