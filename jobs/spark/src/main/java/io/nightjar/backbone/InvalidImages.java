package io.nightjar.backbone;

import io.nightjar.error.InvalidInputException;
import io.nightjar.text.Text;
import java.util.Locale;

/** What a transformer does with a picture that cannot be decoded. */
enum InvalidImages {
  /** Fails. */
  ERROR,
  /** Leaves the row out. */
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
