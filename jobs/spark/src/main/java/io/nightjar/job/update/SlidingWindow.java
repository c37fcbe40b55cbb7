package io.nightjar.job.update;

import io.nightjar.error.InvalidInputException;
import io.nightjar.text.Text;
import java.time.Instant;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;

/**
 * Which images stay in a bank.
 *
 * @param keepLast as many of those added last, at least 1; empty for all
 * @param newerThan those added at this time or later; empty for all
 */
public record SlidingWindow(OptionalInt keepLast, Optional<Instant> newerThan) {

  /**
   * @throws InvalidInputException if no image would be kept
   */
  public SlidingWindow {
    if (keepLast.orElse(1) < 1) {
      throw new InvalidInputException(
          Text.format(
              "The option --keep-last is %d; a bank keeps at least 1 image.", keepLast.getAsInt()));
    }
  }

  /** Whether all images stay. */
  public boolean isOpen() {
    return keepLast.isEmpty() && newerThan.isEmpty();
  }

  /**
   * The images that are removed.
   *
   * @param images in the order in which they were added
   * @param added when; an image without a time is added now
   */
  Set<String> removed(List<String> images, Map<String, Instant> added) {
    Set<String> removed = new LinkedHashSet<>();
    int surplus = images.size() - keepLast.orElse(images.size());
    for (int i = 0; i < images.size(); i++) {
      Instant time = added.getOrDefault(images.get(i), Instant.MAX);
      if (i < surplus || newerThan.filter(time::isBefore).isPresent()) {
        removed.add(images.get(i));
      }
    }
    return removed;
  }
}
