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

  /**
   * The banks that were inspected and those that failed.
   *
   * @param inspected in the order of their names
   * @param failed in the order of their names, with the reasons
   */
  public record Result(List<InspectedBank> inspected, List<FailedCategory> failed) {

    /**
     * Whether every bank could be inspected.
     *
     * @return false if {@code failed} names a bank
     */
    public boolean complete() {
      return failed.isEmpty();
    }
  }

  /**
   * Creates an inspection; nothing is read before {@link #execute}.
   *
   * @param session the Spark session that runs the jobs
   */
  public InspectBanks(SparkSession session) {
    super(session);
  }

  /**
   * Sets the banks to inspect.
   *
   * @param location a bank or a folder of banks by category; {@code URI} or {@code URI@VERSION}
   * @return this action
   */
  public InspectBanks banks(String location) {
    this.banks = Optional.of(location);
    return this;
  }

  /**
   * Reads all files and compares them with the hashes in the manifest.
   *
   * @param allFiles whether to do so; a file that differs fails its bank
   * @return this action
   */
  public InspectBanks verify(boolean allFiles) {
    this.verify = allFiles;
    return this;
  }

  /**
   * Scores each image against the bank without it, and keeps the scores next to the bank.
   *
   * @param deviations robust standard deviations from the median to the guard's limit, above 0
   * @return this action
   * @throws InvalidInputException if the limit is not above 0
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
        "%s inspected, %d failed",
        Text.counted(result.inspected().size(), "bank", "banks"), result.failed().size());
  }

  @Override
  InspectBanks self() {
    return this;
  }
}
