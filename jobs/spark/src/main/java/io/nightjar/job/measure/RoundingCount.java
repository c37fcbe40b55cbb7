package io.nightjar.job.measure;

import io.nightjar.dataset.map.ScoreRounding;
import java.io.Serializable;

/** What the maps of a pass lose to float32, summed over them. */
public final class RoundingCount implements Serializable {
  private static final long serialVersionUID = 1L;

  private ScoreRounding total = ScoreRounding.NONE;

  /** Adds what one more map loses. */
  public void add(ScoreRounding more) {
    total = total.plus(more);
  }

  void merge(RoundingCount other) {
    add(other.total);
  }

  /** The sum of all that were added. */
  public ScoreRounding total() {
    return total;
  }
}
