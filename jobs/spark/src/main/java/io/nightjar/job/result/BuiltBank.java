package io.nightjar.job.result;

import io.nightjar.bank.store.BankLocation;
import io.nightjar.bank.store.BankManifest;
import io.nightjar.report.QuarantinedFile;
import io.nightjar.text.Text;
import java.util.List;

/**
 * A version of a bank that was built.
 *
 * @param location its folder and version
 * @param manifest what the version consists of
 * @param quarantined images that were left out, with the reasons
 * @param seconds it took
 */
public record BuiltBank(
    BankLocation location,
    BankManifest manifest,
    List<QuarantinedFile> quarantined,
    double seconds) {

  /**
   * Size, and how long it took.
   *
   * @return a phrase for a person, without a full stop
   */
  public String summary() {
    return Text.format(
        "%d rows of %d values from %d images, %.1f MB, version %d, %.0f s",
        manifest.rows(),
        manifest.dimension(),
        manifest.images().size(),
        manifest.bytes() / 1e6,
        manifest.version(),
        seconds);
  }
}
