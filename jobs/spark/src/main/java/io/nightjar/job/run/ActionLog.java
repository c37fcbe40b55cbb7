package io.nightjar.job.run;

import io.nightjar.text.Addresses;
import java.util.Map;
import java.util.function.Function;
import java.util.function.Supplier;
import org.slf4j.Logger;

/** The lines of an action in the log, for operators: its start with its options, and its end. */
public final class ActionLog {
  private ActionLog() {}

  /**
   * Does the work of an action.
   *
   * @param given its options by name
   * @param outcome of a result, in a few words
   */
  public static <R> R of(
      Logger log,
      String name,
      Map<String, Object> given,
      Supplier<R> work,
      Function<R, String> outcome) {
    log.info("{} begins: {}", name, Addresses.redacted(given.toString()));
    R result;
    try {
      result = work.get();
    } catch (RuntimeException e) {
      log.info(
          "{} ended without a result: {}",
          name,
          Addresses.redacted(String.valueOf(e.getMessage())));
      throw e;
    }
    log.info("{} ended: {}", name, Addresses.redacted(outcome.apply(result)));
    return result;
  }
}
