package io.nightjar.metric.history;

import io.nightjar.error.InvalidInputException;
import io.nightjar.text.Durations;
import io.nightjar.text.Text;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;

/**
 * How often runs are made.
 *
 * @param every the time from one run to the next, more than 0
 */
public record Cadence(Duration every) {
  /** Distances that differ by more than this fraction of the median are not those of a cadence. */
  private static final double REGULAR = 0.25;

  private static final int FEWEST_DISTANCES = 2;

  /**
   * Checks that the time is more than 0.
   *
   * @param every the time from one run to the next, more than 0
   * @throws IllegalArgumentException if it is not
   */
  public Cadence {
    if (every.isZero() || every.isNegative()) {
      throw new IllegalArgumentException("Runs cannot follow each other every " + every);
    }
  }

  /**
   * Reads a number and a unit: {@code 1d}, {@code 12h}, {@code 30m} (minutes), {@code 1w}.
   *
   * @param text a whole number and a unit without a space, at least one minute
   * @return the cadence
   * @throws InvalidInputException if it is none
   */
  public static Cadence parse(String text) {
    return Durations.parse(text)
        .filter(every -> every.toMinutes() > 0)
        .map(Cadence::new)
        .orElseThrow(
            () ->
                new InvalidInputException(
                    Text.format(
                        "The option --every has \"%s\"; give a whole number and a unit, such as 1d,"
                            + " 12h, 30m or 1w.",
                        text)));
  }

  /**
   * The lower median of the distances between runs; empty for fewer than three runs, and where more
   * than half of the distances are not near it, so that the runs follow no cadence.
   *
   * @param times in their order; of equal ones one counts
   * @return the usual time from one run to the next
   */
  public static Optional<Cadence> of(List<Instant> times) {
    List<Duration> distances = new ArrayList<>();
    for (int i = 1; i < times.size(); i++) {
      Duration distance = Duration.between(times.get(i - 1), times.get(i));
      if (!distance.isZero()) {
        distances.add(distance);
      }
    }
    if (distances.size() < FEWEST_DISTANCES) {
      return Optional.empty();
    }
    Collections.sort(distances);
    Cadence median = new Cadence(distances.get((distances.size() - 1) / 2));
    long near = distances.stream().filter(median::isNear).count();
    return 2 * near > distances.size() ? Optional.of(median) : Optional.empty();
  }

  private boolean isNear(Duration distance) {
    return Math.abs(seconds(distance) / seconds(every) - 1) <= REGULAR;
  }

  /**
   * When runs were due between two that follow each other, and were not made.
   *
   * @param from when the earlier run began
   * @param to when the later one began
   * @param most times that are given at most
   * @return ascending; empty where none is missing
   */
  public List<Instant> missing(Instant from, Instant to, int most) {
    long missing = missing(from, to);
    List<Instant> due = new ArrayList<>();
    for (long i = 1; i <= Math.min(missing, most); i++) {
      due.add(from.plus(every.multipliedBy(i)));
    }
    return due;
  }

  /**
   * How many runs are missing between two that follow each other.
   *
   * @param from when the earlier run began
   * @param to when the later one began
   * @return at least 0
   */
  public long missing(Instant from, Instant to) {
    return Math.max(0, Math.round(seconds(Duration.between(from, to)) / seconds(every)) - 1);
  }

  /**
   * How many runs are due since the last one and not there; one is given a quarter of the time
   * between runs to end.
   *
   * @param last when the last run began
   * @param now the time
   * @return at least 0
   */
  public long overdue(Instant last, Instant now) {
    double since = seconds(Duration.between(last, now)) / seconds(every);
    return Math.max(0, (long) Math.floor(since - REGULAR));
  }

  private static double seconds(Duration duration) {
    return duration.toNanos() / 1e9;
  }

  /** In words, such as {@code 1 day}, {@code 12 hours} or {@code 90 minutes}. */
  @Override
  public String toString() {
    long minutes = Math.max(1, Math.round(seconds(every) / 60));
    if (minutes >= 24 * 60 - 60 && isWhole(minutes, 24 * 60)) {
      return Text.counted(Math.round(minutes / (24.0 * 60)), "day", "days");
    }
    return minutes >= 60 - 5 && isWhole(minutes, 60)
        ? Text.counted(Math.round(minutes / 60.0), "hour", "hours")
        : Text.counted(minutes, "minute", "minutes");
  }

  /** Whether a number is near a multiple of a unit. */
  private static boolean isWhole(long number, long unit) {
    long rest = number % unit;
    return Math.min(rest, unit - rest) * 12 <= unit;
  }
}
