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
  public Optional<String> keep(BankLocation version) {
    return keep(StoredBank.open(version, run.hadoop()));
  }

  @SuppressWarnings("try") // the memory is held, not used
  Optional<String> keep(StoredBank bank) {
    Optional<String> reason = ReferenceScoring.whyNone(bank);
    if (reason.isPresent()) {
      return reason;
    }
    BankManifest manifest = bank.manifest();
    BankPlacement placement = run.memory().place(manifest.rows(), manifest.dimension(), true);
    if (placement.place() == BankPlacement.Place.NOWHERE || manifest.rows() > Integer.MAX_VALUE) {
      return Optional.of(
          Text.format(
              "The bank %s is too large to compare its images with: %s",
              bank.location(),
              placement.reason().isEmpty() ? "it has too many rows." : placement.reason()));
    }
    try (MemoryPlan.Reservation held = run.memory().take(placement, run::isCancelled)) {
      ReferenceScoring scoring = new ReferenceScoring(run, stages);
      if (placement.place() == BankPlacement.Place.SHARDS) {
        scoring.ofShards(bank, placement.shardBytes(), placement.waveBytes());
      } else {
        stages.begin("load the bank");
        try (LeasedBank rows = LeasedBank.of(bank.memoryBank(), run.spark())) {
          scoring.of(bank, rows);
        }
      }
    }
    return Optional.empty();
  }
}
