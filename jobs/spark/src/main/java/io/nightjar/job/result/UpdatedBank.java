package io.nightjar.job.result;

import io.nightjar.bank.store.BankManifest;
import io.nightjar.dataset.ledger.Ledger;
import io.nightjar.report.QuarantinedFile;
import io.nightjar.text.Text;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * What an update did to a bank.
 *
 * @param before the version that was there
 * @param after the version that is there now; the same where nothing was to be changed
 * @param folder of the bank
 * @param added names of the images that were added
 * @param removed names of the images that were removed
 * @param duplicates new images whose bytes the bank has already
 * @param heldBack new images that the guard held back
 * @param limit the score beyond which it did; empty where no image was screened
 * @param review the folder of the list of those; empty where there are none
 * @param explainedVariance ratio of the new images' variance that the bank's components explain;
 *     empty where there are none
 * @param refitted whether the components were fitted again
 * @param quarantined images that were left out as unreadable, with the reasons
 * @param inputs what became of every entry that was found for the update
 * @param seconds it took
 * @param reused what was taken from a store, a phrase for a person; empty where nothing was
 */
public record UpdatedBank(
    BankManifest before,
    BankManifest after,
    String folder,
    List<String> added,
    List<String> removed,
    List<String> duplicates,
    List<HeldBack> heldBack,
    OptionalDouble limit,
    Optional<String> review,
    OptionalDouble explainedVariance,
    boolean refitted,
    List<QuarantinedFile> quarantined,
    Ledger inputs,
    double seconds,
    String reused) {

  /**
   * Whether there is a new version.
   *
   * @return false if nothing was to be changed
   */
  public boolean changed() {
    return after.version() != before.version();
  }

  /**
   * What changed, and how long it took.
   *
   * @return a phrase for a person, without a full stop
   */
  public String summary() {
    return Text.format(
        "%s added, %d removed, %d held back, version %d, %.0f s%s",
        Text.counted(added.size(), "image", "images"),
        removed.size(),
        heldBack.size(),
        after.version(),
        seconds,
        reused.isEmpty() ? "" : "; " + reused);
  }
}
