package io.nightjar.report.page;

import java.util.List;

/**
 * How a run compares with its baseline.
 *
 * @param state whether it passes the gate
 * @param sentence the outcome
 * @param baseline the folder of the baseline; empty where there is none
 * @param started when the baseline began; may be empty
 * @param reasons why it does not pass, in sentences
 * @param changes the deciding figures of each category, and the means
 * @param settings what the records of both runs say differently, as "name: before, now after"
 * @param page the file with the whole comparison, relative to the report; empty where there is none
 */
public record BaselineSummary(
    State state,
    String sentence,
    String baseline,
    String started,
    List<String> reasons,
    List<Change> changes,
    List<String> settings,
    String page) {
  public BaselineSummary {
    reasons = List.copyOf(reasons);
    changes = List.copyOf(changes);
    settings = List.copyOf(settings);
  }

  /** Whether a run passes the gate against its baseline. */
  public enum State {
    PASSED,
    NOT_PASSED,
    /** Nothing was compared, or not yet. */
    OPEN
  }

  /** A figure in both runs, as people read it; empty where there is none. */
  public record Change(
      String category,
      String figure,
      String before,
      String now,
      String difference,
      String verdict,
      String style) {}

  /** A sentence alone. */
  public static BaselineSummary of(State state, String sentence) {
    return new BaselineSummary(state, sentence, "", "", List.of(), List.of(), List.of(), "");
  }
}
