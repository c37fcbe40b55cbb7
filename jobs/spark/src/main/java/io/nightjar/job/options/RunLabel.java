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

  /** Keeps a copy of the warnings. */
  public RunLabel {
    warnings = List.copyOf(warnings);
  }

  /** Whether the figures may be compared with published ones. */
  public boolean comparable() {
    return notComparable.isEmpty();
  }

  /** Published results to compare with. */
  public Comparison comparison() {
    return comparable()
        ? Comparison.with(PublishedResults.mvtecAdPixelAuprc())
        : Comparison.none(notComparable);
  }

  /** Pretrained weights on a user's data. */
  public static RunLabel pretrained() {
    return new RunLabel("Anomaly detection evaluation", List.of(), "");
  }

  /** Maps of another program. */
  public static RunLabel maps() {
    return new RunLabel("Anomaly maps measured", List.of(), "");
  }

  /** Unlabelled images. */
  public static RunLabel scores() {
    return new RunLabel("Images scored", List.of(), "");
  }
}
