package io.nightjar.metric.compare;

import io.nightjar.metric.sample.SampleImage;

/** One test image in both runs. */
public record ImagePair(SampleImage baseline, SampleImage candidate) {
  /** Whether both runs scored it by the same map, bit for bit. */
  public boolean isIdentical() {
    String map = baseline.hashes().map();
    return !map.isEmpty()
        && map.equals(candidate.hashes().map())
        && baseline.score() == candidate.score()
        && hasSameTruth();
  }

  /** Whether both runs compared it with the same ground truth, as far as hashes and counts show. */
  public boolean hasSameTruth() {
    return baseline.hasTruth() == candidate.hasTruth()
        && baseline.hashes().mask().equals(candidate.hashes().mask());
  }

  /** Whether it has the same label and type of defect in both runs. */
  public boolean hasSameLabel() {
    return baseline.defective() == candidate.defective()
        && baseline.defect().equals(candidate.defect());
  }
}
