package io.nightjar.job.update;

import io.nightjar.error.InvalidInputException;
import io.nightjar.job.options.Refit;
import io.nightjar.text.Text;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;

/**
 * What an update does to a bank.
 *
 * @param remove names of images to remove
 * @param window which images stay
 * @param refit whether the components are kept
 * @param guard deviations above the median of the bank's own scores beyond which an image is held
 *     back; empty to add all
 * @param accept names of images that are added whatever their scores
 * @param review the folder for the list of images held back; empty for one within the bank's own
 */
public record UpdateOptions(
    Set<String> remove,
    SlidingWindow window,
    Refit refit,
    OptionalDouble guard,
    Set<String> accept,
    Optional<String> review) {

  /**
   * @throws InvalidInputException if the guard is not above 0
   */
  public UpdateOptions {
    if (guard.isPresent() && !(guard.getAsDouble() > 0)) {
      throw new InvalidInputException(
          Text.format(
              "The option --guard is %s; it must be above 0, or off.", guard.getAsDouble()));
    }
  }

  /** Whether a person has looked at an image and wants it. */
  boolean accepts(String name) {
    return accept.contains(name) || accept.contains(NameInBank.path(name));
  }
}
