package io.nightjar.job.result;

import io.nightjar.bank.store.BankManifest;
import io.nightjar.bank.store.ReferenceScores;
import io.nightjar.text.Text;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * A bank that was looked at.
 *
 * @param manifest what the version consists of
 * @param folder of the bank
 * @param sha256 of its manifest, which names the hashes of all files
 * @param verified whether all files were read and have the hashes and rows that the manifest says
 * @param contamination how its images lie from one another, where that was asked for
 */
public record InspectedBank(
    BankManifest manifest,
    String folder,
    String sha256,
    boolean verified,
    Optional<Contamination> contamination) {

  /**
   * The scores of a bank's images, each against the bank without it.
   *
   * @param scores of the images, in the order of the bank
   * @param limit the guard's: images beyond it would be held back if they were new
   */
  public record Contamination(ReferenceScores scores, double limit) {

    /**
     * The most isolated images first.
     *
     * @return the images in descending order of novelty
     */
    public List<ReferenceScores.Image> mostIsolated() {
      return scores.images().stream()
          .sorted(Comparator.comparingDouble(ReferenceScores.Image::novelty).reversed())
          .toList();
    }
  }

  /**
   * What was found, in a few words.
   *
   * @return a phrase for a person, without a full stop
   */
  public String summary() {
    return Text.format(
        "%s, %s%s",
        Text.counted(manifest.images().size(), "image", "images"),
        Text.counted(manifest.rows(), "row", "rows"),
        verified ? ", all files verified" : "");
  }
}
