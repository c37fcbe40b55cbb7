package io.nightjar.backbone;

import io.nightjar.error.InvalidInputException;
import io.nightjar.text.Text;
import java.util.Locale;

/** How a transformer handles an image that cannot be decoded. */
enum InvalidImages {
  /** Fails. */
  ERROR,
  /** Skips the row. */
  SKIP,
  /** Keeps the row, with null for its patches. */
  KEEP;

  String id() {
    return name().toLowerCase(Locale.ROOT);
  }

  static InvalidImages parse(String name) {
    for (InvalidImages value : values()) {
      if (value.id().equals(name)) {
        return value;
      }
    }
    throw new InvalidInputException(
        Text.format("Unknown handleInvalid '%s': choose error, skip or keep.", name));
  }
}
