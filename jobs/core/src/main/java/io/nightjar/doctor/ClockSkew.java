package io.nightjar.doctor;

import io.nightjar.text.Text;
import java.util.LinkedHashMap;
import java.util.Map;

/** Another clock against this machine's. */
public final class ClockSkew {
  /** Claims of folders and states of commands allow for minutes; people who read logs do not. */
  private static final double NOTE_SECONDS = 5;

  /** A claim is renewed each minute, and taken for abandoned after ten; S3 refuses 15 minutes. */
  private static final double PROBLEM_SECONDS = 60;

  private ClockSkew() {}

  /**
   * The seconds by which a clock is certainly ahead (or, below 0, behind): it showed a time while
   * something was going on between two times of this machine's clock.
   *
   * @param beforeMillis when that began, by this machine's clock
   * @param afterMillis when it had ended
   * @param shownMillis what the other clock showed meanwhile
   * @param stepMillis of the other clock, which shows whole steps
   */
  public static double seconds(
      long beforeMillis, long afterMillis, long shownMillis, long stepMillis) {
    if (shownMillis > afterMillis) {
      return (shownMillis - afterMillis) / 1e3;
    }
    return shownMillis + stepMillis < beforeMillis
        ? (shownMillis + stepMillis - beforeMillis) / 1e3
        : 0;
  }

  /**
   * The skew as a finding.
   *
   * @param whose clock, such as "the storage's"
   * @param figures to which the skew is added
   */
  public static Finding finding(
      String subject, String whose, double seconds, Map<String, Object> figures) {
    Map<String, Object> all = new LinkedHashMap<>(figures);
    all.put("skew_seconds", seconds);
    String sentence =
        seconds == 0
            ? Text.format("The clock of %s agrees with this machine's.", whose)
            : Text.format(
                "The clock of %s is at least %.1f s %s this machine's.",
                whose, Math.abs(seconds), seconds > 0 ? "ahead of" : "behind");
    String remedy =
        "Synchronise both clocks (NTP, chrony): with a larger skew a run that lives is taken for one"
            + " that was killed, and S3 refuses requests.";
    if (Math.abs(seconds) >= PROBLEM_SECONDS) {
      return new Finding.Problem(subject, sentence, remedy, all);
    }
    return Math.abs(seconds) >= NOTE_SECONDS
        ? new Finding.Note(subject, sentence, remedy, all)
        : new Finding.Ok(subject, sentence, all);
  }
}
