package io.nightjar.job.watch;

import io.nightjar.job.watch.ledger.BatchRecord;
import io.nightjar.job.watch.ledger.FileEntry;
import io.nightjar.job.watch.ledger.RowValues;
import io.nightjar.metric.decision.ImageDecision;
import io.nightjar.metric.drift.DriftLimits;
import io.nightjar.metric.drift.ScoreDistribution;
import io.nightjar.metric.drift.ScoreDrift;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import java.util.function.ToDoubleFunction;

/** The last images that were compared with the version of the bank in use; empty at a new one. */
final class ScoreWindow {
  private final int size;
  private final Deque<RowValues> rows = new ArrayDeque<>();
  private int bankVersion;

  ScoreWindow(int size) {
    this.size = size;
  }

  /** Adds the rows of a batch, and forgets the oldest. */
  void add(BatchRecord batch) {
    if (batch.bankVersion() != bankVersion) {
      rows.clear();
      bankVersion = batch.bankVersion();
    }
    for (FileEntry row : batch.rows()) {
      rows.add(row.values());
      if (rows.size() > size) {
        rows.remove();
      }
    }
  }

  int images() {
    return rows.size();
  }

  long anomalous() {
    return rows.stream().filter(row -> row.verdict().equals(ImageDecision.ANOMALOUS)).count();
  }

  /** Of the image scores; empty without an image. */
  Optional<ScoreDistribution> imageScores() {
    return distribution(RowValues::imageScore);
  }

  /** How far the largest distances are from the bank's own; empty without either. */
  Optional<ScoreDrift> drift(Optional<ScoreDistribution> reference) {
    return distribution(RowValues::mapMax)
        .flatMap(own -> reference.map(bank -> ScoreDrift.between(bank, own, DriftLimits.DEFAULT)));
  }

  private Optional<ScoreDistribution> distribution(ToDoubleFunction<RowValues> score) {
    if (rows.isEmpty()) {
      return Optional.empty();
    }
    float[] scores = new float[rows.size()];
    int at = 0;
    for (RowValues row : rows) {
      scores[at++] = (float) score.applyAsDouble(row);
    }
    return Optional.of(ScoreDistribution.of(scores));
  }
}
