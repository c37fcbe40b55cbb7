package io.nightjar.job.decision;

import io.nightjar.bank.store.StoredBank;
import io.nightjar.decision.calibration.NormalScores;
import io.nightjar.job.bank.UnifiedImages;
import io.nightjar.metric.decision.ConformalScores;
import io.nightjar.score.ImageScoreKind;
import io.nightjar.text.Text;
import java.util.Optional;
import org.apache.hadoop.conf.Configuration;

/** The scores of one bank's own images, and why there are none. */
public final class BankCalibration {
  private BankCalibration() {}

  /**
   * The scores that all images are compared with, whatever they are of.
   *
   * @param kind of image score
   * @return empty where the bank has none, or is one of all categories
   */
  public static Optional<ConformalScores> find(
      StoredBank bank, ImageScoreKind kind, Configuration configuration) {
    return isOfAll(bank)
        ? Optional.empty()
        : NormalScores.find(bank, configuration)
            .map(own -> NormalScores.scores(own.images(), kind));
  }

  private static boolean isOfAll(StoredBank bank) {
    return bank.manifest().category().equals(UnifiedImages.NAME);
  }

  /** Why {@link #find} finds none, and what to do about it: a sentence. */
  public static String absence(StoredBank bank) {
    if (isOfAll(bank)) {
      return Text.format(
          "The bank %s is one of all categories, and an image is compared with the scores of its own"
              + " category, which the file is not given; build a bank of each category.",
          bank.location());
    }
    return bank.manifest().coreset().isPresent()
        ? Text.format(
            "The bank %s keeps a coreset and has no calibration, the scores of its own images, which"
                + " are taken while a coreset is chosen; build it again with nightjar build-bank"
                + " --overwrite for p-values.",
            bank.location())
        : NormalScores.missing(bank);
  }
}
