package io.nightjar.job.guard;

import io.nightjar.bank.store.BankLocation;
import io.nightjar.bank.store.BankManifest;
import io.nightjar.bank.store.StoredBank;
import io.nightjar.job.memory.BankPlacement;
import io.nightjar.job.memory.MemoryPlan;
import io.nightjar.job.run.RunContext;
import io.nightjar.job.run.StageReport;
import io.nightjar.text.Text;
import java.util.Optional;

/**
 * Takes the scores of a new version's own images and keeps them next to it, so that later runs know
 * how normal images score.
 */
public record Calibration(RunContext run, StageReport stages) {

  /**
   * Scores the images of a version that was published.
   *
   * @return why it has no scores, a sentence; empty where it has
   */
  @SuppressWarnings("try") // the memory is held, not used
  public Optional<String> keep(BankLocation version) {
    StoredBank bank = StoredBank.open(version, run.hadoop());
    Optional<String> reason = ReferenceScoring.whyNone(bank);
    if (reason.isPresent()) {
      return reason;
    }
    BankManifest manifest = bank.manifest();
    BankPlacement placement = run.memory().place(manifest.rows(), manifest.dimension(), true);
    if (placement.place() != BankPlacement.Place.WHOLE) {
      return Optional.of(
          Text.format(
              "The bank %s does not fit whole into the memory of every executor, as the comparison"
                  + " of its own images needs it.",
              bank.location()));
    }
    stages.begin("load the bank");
    try (MemoryPlan.Reservation held = run.memory().take(placement, run::isCancelled);
        LeasedBank rows = LeasedBank.of(bank.memoryBank(), run.spark())) {
      new ReferenceScoring(run, stages).of(bank, rows);
    }
    return Optional.empty();
  }
}
