package io.nightjar.report;

import java.util.ArrayList;
import java.util.List;

/**
 * What image scores depend on beside the image: scores of one basis can be compared.
 *
 * @param bank the bank's folder
 * @param version of the bank
 * @param bankSha256 of the version's manifest, which stands for the rows and the network
 * @param neighbours rows whose mean distance is a patch's score
 * @param smoothing of the map, in pixels of the network's input
 */
public record ScoreBasis(
    String bank, int version, String bankSha256, int neighbours, double smoothing) {

  /** Why scores of the two cannot be compared, both values side by side; empty where they can. */
  public List<String> differences(ScoreBasis other) {
    List<String> differences = new ArrayList<>();
    if (!bankSha256.equals(other.bankSha256)) {
      differences.add(
          "the bank is %s@%d and %s@%d".formatted(bank, version, other.bank, other.version));
    }
    if (neighbours != other.neighbours) {
      differences.add("--neighbours is %d and %d".formatted(neighbours, other.neighbours));
    }
    if (smoothing != other.smoothing) {
      differences.add("--smoothing is %s and %s".formatted(smoothing, other.smoothing));
    }
    return differences;
  }
}
