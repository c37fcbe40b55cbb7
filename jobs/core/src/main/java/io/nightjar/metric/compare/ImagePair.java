package io.nightjar.metric.compare;

import io.nightjar.metric.sample.SampleImage;

/**
 * One test image in both runs.
 *
 * @param baseline the image as the baseline counted it
 * @param candidate the image as the candidate counted it
 */
public record ImagePair(SampleImage baseline, SampleImage candidate) {
  /**
   * Whether both runs scored it by the same map, bit for bit.
   *
   * @return false also where the hash of a map is not known
   */
  public boolean isIdentical() {
    String map = baseline.hashes().map();
    return !map.isEmpty()
        && map.equals(candidate.hashes().map())
        && baseline.score() == candidate.score()
        && hasSameTruth();
  }

  /**
   * Whether both runs compared it with the same ground truth, as far as hashes and counts show.
   *
   * @return true where both runs have no ground truth for it
   */
  public boolean hasSameTruth() {
    return baseline.hasTruth() == candidate.hasTruth()
        && baseline.hashes().mask().equals(candidate.hashes().mask());
  }

  /**
   * Whether it has the same label and type of defect in both runs.
   *
   * @return false where one of both differs
   */
  public boolean hasSameLabel() {
    return baseline.defective() == candidate.defective()
        && baseline.defect().equals(candidate.defect());
  }
}
