package io.nightjar.job;

import io.nightjar.metric.ScoreHistogram;
import java.io.Serializable;
import java.util.ArrayList;

/**
 * What one partition of the score pass hands back. Merging adds integer counts, so any partitioning
 * gives the same histogram; the images are put in order by the caller.
 */
record ScoredPart(ScoreHistogram histogram, ArrayList<ScoredImage> images) implements Serializable {
  private static final long serialVersionUID = 1L;

  static ScoredPart empty() {
    return new ScoredPart(new ScoreHistogram(), new ArrayList<>());
  }

  ScoredPart merge(ScoredPart other) {
    histogram.merge(other.histogram);
    images.addAll(other.images);
    return this;
  }
}
