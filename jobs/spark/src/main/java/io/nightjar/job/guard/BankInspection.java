package io.nightjar.job.guard;

import io.nightjar.bank.shard.StoredRows;
import io.nightjar.bank.store.ReferenceScores;
import io.nightjar.bank.store.StoredBank;
import io.nightjar.bank.store.WrittenRows;
import io.nightjar.error.InvalidInputException;
import io.nightjar.job.result.InspectedBank;
import io.nightjar.job.run.CategoryWork;
import io.nightjar.job.run.RunContext;
import io.nightjar.job.run.StageReport;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;

/** Looks at one bank: verifies its files and compares its images with one another, where asked. */
public record BankInspection(
    RunContext context, StoredBank bank, boolean verify, OptionalDouble contamination)
    implements CategoryWork<InspectedBank> {

  @Override
  public String category() {
    return bank.manifest().category();
  }

  @Override
  public String summary(InspectedBank inspected) {
    return inspected.summary();
  }

  @Override
  public InspectedBank run() {
    StageReport stages = new StageReport(context, category());
    if (verify) {
      stages.begin("verify the files");
      readAll();
    }
    Optional<InspectedBank.Contamination> found =
        contamination.isPresent()
            ? Optional.of(contamination(stages, contamination.getAsDouble()))
            : Optional.empty();
    return new InspectedBank(bank.manifest(), bank.location().uri(), bank.sha256(), verify, found);
  }

  private void readAll() {
    bank.reduction();
    List<WrittenRows> files = bank.rowFiles();
    StoredRows rows = StoredRows.of(bank, context.configuration());
    context.spark().parallelize(files, context.partitionsOf(files.size())).foreach(rows::images);
  }

  private InspectedBank.Contamination contamination(StageReport stages, double deviations) {
    ReferenceScoring scoring = new ReferenceScoring(context, stages);
    ReferenceScores scores = scoring.stored(bank).orElseGet(() -> computed(scoring, stages));
    return new InspectedBank.Contamination(
        scores, ContaminationGuard.limit(scores, deviations).value());
  }

  private ReferenceScores computed(ReferenceScoring scoring, StageReport stages) {
    new Calibration(context, stages)
        .keep(bank)
        .ifPresent(
            reason -> {
              throw new InvalidInputException(reason);
            });
    return scoring.stored(bank).orElseThrow();
  }
}
