package io.nightjar.job.result;

import io.nightjar.bank.store.BankManifest;
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
 * @param added names of the images that came
 * @param left names of the images that went
 * @param known new images that the bank had already
 * @param held new images that the guard held back
 * @param limit the score beyond which it did; empty where no image was judged
 * @param review where the list of those lies; empty where there are none
 * @param captured share of the new images' variance that the bank's components have; empty where
 *     none came
 * @param refitted whether the components were fitted anew
 * @param quarantined images that were left out as defective, with the reasons
 * @param seconds it took
 */
public record UpdatedBank(
    BankManifest before,
    BankManifest after,
    String folder,
    List<String> added,
    List<String> left,
    List<String> known,
    List<HeldBack> held,
    OptionalDouble limit,
    Optional<String> review,
    OptionalDouble captured,
    boolean refitted,
    List<QuarantinedFile> quarantined,
    double seconds) {

  /** Whether there is a new version. */
  public boolean changed() {
    return after.version() != before.version();
  }

  /** What changed, and how long it took. */
  public String summary() {
    return Text.format(
        "%d images came, %d left, %d were held back, version %d, %.0f s",
        added.size(), left.size(), held.size(), after.version(), seconds);
  }
}
