package io.nightjar.dataset;

import io.nightjar.error.InvalidInputException;
import io.nightjar.text.Text;
import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;

/** Which values of a mask mark a pixel as defective. */
public enum MaskValues {
  /** What the masks of a category hold decides, {@link MaskSummary#rule}. */
  AUTO,
  /** Every value but 0: masks of 0 and 1, class numbers, palettes. */
  NONZERO,
  /** Values above 127 on the scale from 0 to 255: masks of 0 and 255, as MVTec AD has them. */
  ABOVE_127;

  /** As the command line has it, such as {@code above-127}. */
  public String id() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /**
   * The rule of a name.
   *
   * @throws InvalidInputException naming the known ones, for any other name
   */
  public static MaskValues of(String id) {
    return Arrays.stream(values())
        .filter(rule -> rule.id().equalsIgnoreCase(id))
        .findFirst()
        .orElseThrow(
            () ->
                new InvalidInputException(
                    Text.format(
                        "The option --mask-values is \"%s\"; it must be %s.",
                        id,
                        Arrays.stream(values())
                            .map(MaskValues::id)
                            .collect(Collectors.joining(" or ")))));
  }
}
