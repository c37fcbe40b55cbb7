package io.nightjar.job.search;

import io.nightjar.job.measure.ScoredPart;
import java.io.Serializable;

/** Some images, scored by an approximate search and by the exact one. */
record CheckedBatch(ScoredPart found, ScoredPart exact, AnswerComparison answers)
    implements Serializable {
  private static final long serialVersionUID = 1L;
}
