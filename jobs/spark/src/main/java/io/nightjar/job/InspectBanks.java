package io.nightjar.job;

import io.nightjar.bank.store.BankFolder;
import io.nightjar.bank.store.BankLocation;
import io.nightjar.bank.store.StoredBank;
import io.nightjar.error.InvalidInputException;
import io.nightjar.job.guard.BankInspection;
import io.nightjar.job.result.InspectedBank;
import io.nightjar.job.run.ConcurrentCategories;
import io.nightjar.job.run.RunContext;
import io.nightjar.report.FailedCategory;
import io.nightjar.text.Text;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.sql.SparkSession;

/**
 * Reports what stored banks consist of, whether their files are whole, and which of their images
 * lie farthest from the others.
 *
 * <pre>{@code
 * InspectBanks.Result result =
 *     new InspectBanks(spark).banks("s3a://factory/banks").verify(true).contamination(4).execute();
 * }</pre>
 */
public final class InspectBanks extends SparkAction<InspectBanks, InspectBanks.Result> {
  private Optional<String> banks = Optional.empty();
  private boolean verify;
  private OptionalDouble contamination = OptionalDouble.empty();

  /** The banks that were inspected and those that failed, each list in the order of their names. */
  public record Result(List<InspectedBank> inspected, List<FailedCategory> failed) {

    /** Whether every bank could be inspected. */
    public boolean complete() {
      return failed.isEmpty();
    }
  }

  /** Creates an inspection; nothing is read before {@link #execute}. */
  public InspectBanks(SparkSession session) {
    super(session);
  }

  /** A bank, or a folder of banks by category, with or without a version. */
  public InspectBanks banks(String location) {
    this.banks = Optional.of(location);
    return this;
  }

  /** Reads all files and compares them with the hashes in the manifest. */
  public InspectBanks verify(boolean allFiles) {
    this.verify = allFiles;
    return this;
  }

  /**
   * Scores each image against the bank without it, and keeps the scores next to the bank.
   *
   * @param deviations of the guard's limit, above 0
   */
  public InspectBanks contamination(double deviations) {
    if (!(deviations > 0)) {
      throw new InvalidInputException(
          Text.format("The option --guard is %s; it must be above 0.", deviations));
    }
    this.contamination = OptionalDouble.of(deviations);
    return this;
  }

  @Override
  Result perform(Configuration configuration) {
    String location =
        banks.orElseThrow(
            () -> new InvalidInputException("Name the bank, or the folder of the banks."));
    List<StoredBank> found =
        BankFolder.open(BankLocation.parse(location), categories(), configuration);
    try (RunContext run = run().build()) {
      ConcurrentCategories.Outcomes<InspectedBank> outcomes =
          new ConcurrentCategories(run)
              .run(
                  found.stream()
                      .map(bank -> new BankInspection(run, bank, verify, contamination))
                      .toList());
      return new Result(outcomes.evaluated(), outcomes.failed());
    }
  }

  @Override
  void describe(Map<String, Object> given) {
    super.describe(given);
    banks.ifPresent(location -> given.put("bank", location));
    given.put("verify", verify);
    contamination.ifPresent(deviations -> given.put("contamination", deviations));
  }

  @Override
  String outcome(Result result) {
    return Text.format(
        "%d banks inspected, %d failed", result.inspected().size(), result.failed().size());
  }

  @Override
  InspectBanks self() {
    return this;
  }
}
