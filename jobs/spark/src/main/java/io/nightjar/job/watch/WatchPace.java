package io.nightjar.job.watch;

import io.nightjar.error.InvalidInputException;
import io.nightjar.text.Durations;
import io.nightjar.text.Text;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import org.apache.spark.sql.streaming.Trigger;

/**
 * How often a watch lists its folder, and how much it takes at once.
 *
 * @param once whether the watch ends when the files are scored that are there when it begins
 * @param trigger the time between two listings, at least 100 ms
 * @param mostFiles the largest number of files in a batch, at least 1
 */
record WatchPace(boolean once, Duration trigger, int mostFiles) {
  private static final Duration SHORTEST_TRIGGER = Duration.ofMillis(100);

  /**
   * @throws InvalidInputException naming the option that is out of range
   */
  WatchPace {
    if (trigger.compareTo(SHORTEST_TRIGGER) < 0) {
      throw new InvalidInputException(
          Text.format(
              "The option --trigger is %d ms; it must be at least 100 ms.", trigger.toMillis()));
    }
    requirePositive("max-files", mostFiles);
  }

  /**
   * @throws InvalidInputException naming the option, if it is not positive
   */
  static int requirePositive(String option, int value) {
    if (value < 1) {
      throw new InvalidInputException(
          Text.format("The option --%s is %d; it must be at least 1.", option, value));
    }
    return value;
  }

  WatchPace once(boolean only) {
    return new WatchPace(only, trigger, mostFiles);
  }

  WatchPace trigger(Duration interval) {
    return new WatchPace(once, interval, mostFiles);
  }

  WatchPace mostFiles(int files) {
    return new WatchPace(once, trigger, files);
  }

  /** The pace as Spark knows it. */
  Trigger sparkTrigger() {
    return once ? Trigger.AvailableNow() : Trigger.ProcessingTime(trigger.toMillis());
  }

  Map<String, Object> asMap() {
    Map<String, Object> options = new LinkedHashMap<>();
    options.put("once", once);
    options.put("trigger", Durations.text(trigger));
    options.put("max_files", mostFiles);
    return options;
  }
}
