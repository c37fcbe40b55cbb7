package io.nightjar.report;

import io.nightjar.text.Text;
import java.util.ArrayList;
import java.util.List;

/**
 * What the distance of a patch depends on, other than the patch: scores of one basis can be
 * compared.
 *
 * @param bank the bank's folder
 * @param version of the bank
 * @param bankSha256 of the version's manifest, which identifies the rows and the network
 * @param neighbours rows whose mean distance is a patch's score
 */
public record ScoreBasis(String bank, int version, String bankSha256, int neighbours) {

  /**
   * Why scores of the two cannot be compared, both values side by side; empty where they can.
   *
   * @param other the basis of the other scores
   * @return clauses without a full stop; empty where the scores can be compared
   */
  public List<String> differences(ScoreBasis other) {
    List<String> differences = new ArrayList<>();
    if (!bankSha256.equals(other.bankSha256)) {
      differences.add(
          Text.format("the bank is %s@%d and %s@%d", bank, version, other.bank, other.version));
    }
    if (neighbours != other.neighbours) {
      differences.add(Text.format("--neighbours is %d and %d", neighbours, other.neighbours));
    }
    return differences;
  }
}
