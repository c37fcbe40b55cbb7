package io.nightjar.job.result;

import io.nightjar.bank.store.BankLocation;
import io.nightjar.bank.store.BankManifest;
import io.nightjar.report.QuarantinedFile;
import io.nightjar.text.Text;
import java.util.List;
import java.util.Optional;

/**
 * A version of a bank that was built.
 *
 * @param location its folder and version
 * @param manifest what the version consists of
 * @param quarantined images that were left out, with the reasons
 * @param seconds it took
 * @param reused what was taken from a store, a phrase for a person; empty where nothing was
 * @param uncalibrated why the scores of its own images were not taken, which decisions on new
 *     images need, a sentence; empty where they were
 */
public record BuiltBank(
    BankLocation location,
    BankManifest manifest,
    List<QuarantinedFile> quarantined,
    double seconds,
    String reused,
    Optional<String> uncalibrated) {

  /**
   * Size, and how long it took.
   *
   * @return a phrase for a person, without a full stop
   */
  public String summary() {
    return Text.format(
        "%s of %d values from %s, %s, version %d, %.0f s%s%s",
        Text.counted(manifest.rows(), "row", "rows"),
        manifest.dimension(),
        Text.counted(manifest.images().size(), "image", "images"),
        Text.megabytes(manifest.bytes()),
        manifest.version(),
        seconds,
        reused.isEmpty() ? "" : "; " + reused,
        uncalibrated.isPresent() ? "; without calibration" : "");
  }
}
