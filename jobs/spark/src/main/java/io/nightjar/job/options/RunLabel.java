package io.nightjar.job.options;

import io.nightjar.report.published.Comparison;
import io.nightjar.report.published.PublishedResults;
import java.util.List;

/**
 * What a run's figures mean.
 *
 * @param title of the report
 * @param warnings what a reader must know before reading any figure
 * @param notComparable why the figures must not be compared with published ones, in a sentence;
 *     empty where they may
 */
public record RunLabel(String title, List<String> warnings, String notComparable) {

  /**
   * Keeps a copy of the warnings.
   *
   * @param title of the report
   * @param warnings what a reader must know before reading any figure
   * @param notComparable the reason in a sentence; empty where figures are comparable
   */
  public RunLabel {
    warnings = List.copyOf(warnings);
  }

  /**
   * Whether the figures may be compared with published ones.
   *
   * @return false if {@link #notComparable} gives a reason
   */
  public boolean comparable() {
    return notComparable.isEmpty();
  }

  /**
   * Published results to compare with.
   *
   * @return those of MVTec AD, or none with the reason
   */
  public Comparison comparison() {
    return comparable()
        ? Comparison.with(PublishedResults.mvtecAdPixelAuprc())
        : Comparison.none(notComparable);
  }

  /**
   * The label of an evaluation with pretrained weights on a user's data.
   *
   * @return a label without warnings, comparable with published results
   */
  public static RunLabel pretrained() {
    return new RunLabel("Anomaly detection evaluation", List.of(), "");
  }

  /**
   * The label of measured maps of another program.
   *
   * @return a label without warnings, comparable with published results
   */
  public static RunLabel maps() {
    return new RunLabel("Anomaly maps measured", List.of(), "");
  }

  /**
   * The label of scores of unlabelled images.
   *
   * @return a label without warnings
   */
  public static RunLabel scores() {
    return new RunLabel("Images scored", List.of(), "");
  }
}
