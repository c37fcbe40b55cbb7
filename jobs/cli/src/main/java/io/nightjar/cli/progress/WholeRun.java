package io.nightjar.cli.progress;

import io.nightjar.text.Text;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * How many categories are done, and the time that is left for the others: by the seconds an image
 * that those took which are done, less what the running ones have taken already.
 */
final class WholeRun {
  /** Fewer say little of the others. */
  private static final int FEWEST = 2;

  private final Map<String, Integer> images = new LinkedHashMap<>();
  private final Map<String, Long> running = new HashMap<>();
  private final Map<String, Double> done = new HashMap<>();
  private final Map<String, Boolean> failed = new LinkedHashMap<>();
  private String part = "";

  /** A part begins, which works on categories of its own; only these are counted from now on. */
  synchronized void part(String name, int number, int parts) {
    images.clear();
    running.clear();
    done.clear();
    failed.clear();
    part = part(number, parts) + ", " + name + ": ";
  }

  /** "part 2 of 3". */
  static String part(int number, int parts) {
    return Text.format("part %d of %d", number, parts);
  }

  synchronized void begins(Map<String, Integer> categories) {
    images.putAll(categories);
  }

  /** A category is at work. */
  synchronized void works(String category, long nanos) {
    if (images.containsKey(category)) {
      running.putIfAbsent(category, nanos);
    }
  }

  /** A category has ended, with a result or without. */
  synchronized void ended(String category, boolean withResult, long nanos) {
    if (!withResult) {
      images.putIfAbsent(category, 1);
      failed.put(category, true);
    }
    Long since = running.remove(category);
    if (withResult && images.containsKey(category)) {
      done.put(category, since == null ? 0 : (nanos - since) / 1e9);
    }
  }

  /**
   * "4 of 15 categories done, 1 failed, about 25 min left", of the part that runs where there are
   * parts; empty with one category alone.
   */
  synchronized Optional<String> describe(long nanos) {
    if (images.size() < 2 || (done.isEmpty() && failed.isEmpty())) {
      return Optional.empty();
    }
    String text = part + Text.format("%d of %d categories done", done.size(), images.size());
    if (!failed.isEmpty()) {
      text += Text.format(", %d failed", failed.size());
    }
    OptionalDouble left = secondsLeft(nanos);
    return Optional.of(
        left.isEmpty()
            ? text
            : text + Text.format(", about %s left", Times.roughly(left.getAsDouble())));
  }

  /** Empty while it would mean nothing, and when there is nothing left. */
  private OptionalDouble secondsLeft(long nanos) {
    int open = images.size() - done.size() - failed.size();
    if (done.size() < FEWEST || open == 0 || running.isEmpty()) {
      return OptionalDouble.empty();
    }
    double perImage =
        done.values().stream().mapToDouble(Double::doubleValue).sum()
            / done.keySet().stream().mapToInt(images::get).sum();
    double all = 0;
    double longest = 0;
    for (Map.Entry<String, Integer> category : images.entrySet()) {
      if (!done.containsKey(category.getKey()) && !failed.containsKey(category.getKey())) {
        Long since = running.get(category.getKey());
        double taken = since == null ? 0 : (nanos - since) / 1e9;
        double left = Math.max(0, category.getValue() * perImage - taken);
        all += left;
        longest = Math.max(longest, left);
      }
    }
    // As many run at a time as now; no category is done by two.
    double seconds = Math.max(longest, all / running.size());
    return seconds > 0 ? OptionalDouble.of(seconds) : OptionalDouble.empty();
  }
}
