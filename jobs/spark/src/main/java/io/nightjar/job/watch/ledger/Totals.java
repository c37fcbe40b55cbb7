package io.nightjar.job.watch.ledger;

import io.nightjar.metric.decision.ImageDecision;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * How many files came to what.
 *
 * @param scored files with a row
 * @param repeated files with the bytes of an earlier row of their path
 * @param quarantined files that cannot be used
 * @param gone files that vanished between listing and reading
 * @param changed files that were written to in between
 * @param missing files of which a batch said nothing
 * @param anomalous rows whose verdict is anomalous; 0 where nothing is decided
 */
public record Totals(
    long scored,
    long repeated,
    long quarantined,
    long gone,
    long changed,
    long missing,
    long anomalous) {
  /** Of no file. */
  public static final Totals NONE = new Totals(0, 0, 0, 0, 0, 0, 0);

  /**
   * With the files of one more batch.
   *
   * @param batch that was scored
   * @return the sums
   */
  public Totals plus(BatchRecord batch) {
    Map<Outcome, Long> counts = new EnumMap<>(Outcome.class);
    long more = 0;
    for (FileEntry file : batch.files()) {
      counts.merge(file.outcome(), 1L, Long::sum);
      if (file.values() != null && file.values().verdict().equals(ImageDecision.ANOMALOUS)) {
        more++;
      }
    }
    return new Totals(
        scored + counts.getOrDefault(Outcome.SCORED, 0L),
        repeated + counts.getOrDefault(Outcome.REPEATED, 0L),
        quarantined + counts.getOrDefault(Outcome.QUARANTINED, 0L),
        gone + counts.getOrDefault(Outcome.GONE, 0L),
        changed + counts.getOrDefault(Outcome.CHANGED, 0L),
        missing + counts.getOrDefault(Outcome.MISSING, 0L),
        anomalous + more);
  }

  /**
   * The files of an outcome.
   *
   * @param outcome what became of them
   * @return at least 0
   */
  public long of(Outcome outcome) {
    return switch (outcome) {
      case SCORED -> scored;
      case REPEATED -> repeated;
      case QUARANTINED -> quarantined;
      case GONE -> gone;
      case CHANGED -> changed;
      case MISSING -> missing;
    };
  }

  /**
   * Every number of files by its outcome.
   *
   * @return in a fixed order
   */
  public Map<String, Long> byOutcome() {
    Map<String, Long> counts = new LinkedHashMap<>();
    for (Outcome outcome : Outcome.values()) {
      counts.put(outcome.id(), of(outcome));
    }
    return counts;
  }
}
