package io.nightjar.cli.progress;

import java.time.Duration;

/** Times as people say them. */
final class Times {
  private static final int FINE = 10;
  private static final int MINUTE = 60;
  private static final int HOUR = 3600;

  private Times() {}

  /** A time that was measured: "45 s", "3 min 5 s", "2 h 37 min". */
  static String words(double seconds) {
    Duration time = Duration.ofSeconds(Math.round(seconds));
    return time.toMinutes() == 0
        ? time.toSeconds() + " s"
        : time.toHours() == 0
            ? time.toMinutes() + " min " + time.toSecondsPart() + " s"
            : time.toHours() + " h " + time.toMinutesPart() + " min";
  }

  /** A time that was estimated, no finer than an estimate is: "10 s", "4 min", "1 h 20 min". */
  static String roughly(double seconds) {
    if (seconds < MINUTE - FINE / 2.0) {
      return Math.max(FINE, FINE * Math.round(seconds / FINE)) + " s";
    }
    long minutes = Math.max(1, Math.round(seconds / MINUTE));
    if (seconds < HOUR && minutes < HOUR / MINUTE) {
      return minutes + " min";
    }
    long tens = Math.round(seconds / (FINE * MINUTE)) * FINE;
    return tens % MINUTE == 0
        ? tens / MINUTE + " h"
        : tens / MINUTE + " h " + tens % MINUTE + " min";
  }
}
