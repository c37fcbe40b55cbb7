package io.nightjar.job.options;

import io.nightjar.report.published.Comparison;
import io.nightjar.report.published.PublishedResults;
import java.util.List;

/**
 * What a run's figures stand for.
 *
 * @param title of the report
 * @param warnings what a reader must know before reading any figure
 * @param notComparable why the figures must not stand beside published ones, in a sentence; empty
 *     where they may
 */
public record RunLabel(String title, List<String> warnings, String notComparable) {

  public RunLabel {
    warnings = List.copyOf(warnings);
  }

  /** Whether the figures may stand beside published ones. */
  public boolean comparable() {
    return notComparable.isEmpty();
  }

  /** What the figures may be held against. */
  public Comparison comparison() {
    return comparable()
        ? Comparison.with(PublishedResults.mvtecAdPixelAuprc())
        : Comparison.none(notComparable);
  }

  /** Pretrained weights on a user's data. */
  public static RunLabel pretrained() {
    return new RunLabel("Anomaly detection evaluation", List.of(), "");
  }

  /** Maps that another program made. */
  public static RunLabel maps() {
    return new RunLabel("Anomaly maps measured", List.of(), "");
  }

  /** Images that nothing is known of. */
  public static RunLabel scores() {
    return new RunLabel("Images scored", List.of(), "");
  }
}
