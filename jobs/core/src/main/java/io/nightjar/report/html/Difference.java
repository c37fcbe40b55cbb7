package io.nightjar.report.html;

import io.nightjar.report.Numbers;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * A signed difference, coloured; up is good.
 *
 * @param style the class that colours it
 * @param figure the difference with its sign
 */
public record Difference(String style, Figure figure) {
  static Optional<Difference> of(OptionalDouble difference) {
    if (difference.isEmpty()) {
      return Optional.empty();
    }
    String shown = Numbers.difference(difference).replace('-', '−');
    return Optional.of(
        new Difference(
            difference.getAsDouble() < 0 ? "down" : "up",
            new Figure(shown, Double.toString(difference.getAsDouble()))));
  }
}
