package io.nightjar.job;

import io.nightjar.bank.store.BankFolder;
import io.nightjar.bank.store.BankLocation;
import io.nightjar.bank.store.StoredBank;
import io.nightjar.error.InvalidInputException;
import io.nightjar.job.guard.BankInspection;
import io.nightjar.job.options.Progress;
import io.nightjar.job.result.InspectedBank;
import io.nightjar.job.run.ConcurrentCategories;
import io.nightjar.report.FailedCategory;
import io.nightjar.text.Text;
import java.util.List;
import java.util.Objects;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.util.SerializableConfiguration;

/**
 * Tells what stored banks are made of, whether their files are sound, and which of their images lie
 * farthest from the others.
 *
 * <pre>{@code
 * InspectBanks.Result result =
 *     new InspectBanks(spark).banks("s3a://factory/banks").verify(true).contamination(4).execute();
 * }</pre>
 */
public final class InspectBanks implements DatasetAction<InspectBanks.Result> {
  private final SparkSession session;
  private final JavaSparkContext spark;
  private final ConcurrentCategories categories;
  private String banks;
  private List<String> only = List.of();
  private boolean verify;
  private OptionalDouble contamination = OptionalDouble.empty();
  private Progress progress = Progress.SILENT;

  /** What was found, each list in the order of the banks' names. */
  public record Result(List<InspectedBank> inspected, List<FailedCategory> failed) {

    /** Whether every bank could be looked at. */
    public boolean complete() {
      return failed.isEmpty();
    }
  }

  public InspectBanks(SparkSession session) {
    this.session = Objects.requireNonNull(session, "session");
    this.spark = JavaSparkContext.fromSparkContext(session.sparkContext());
    this.categories = new ConcurrentCategories(spark);
  }

  /** A bank, or a folder of banks by category, with or without a version. */
  public InspectBanks banks(String location) {
    this.banks = location;
    return this;
  }

  /** The categories whose banks are inspected, all where none is named. */
  public InspectBanks categories(List<String> names) {
    this.only = List.copyOf(names);
    return this;
  }

  /** Reads all files and compares them with the hashes in the manifest. */
  public InspectBanks verify(boolean allFiles) {
    this.verify = allFiles;
    return this;
  }

  /**
   * Scores each image against the bank without it, and keeps the scores beside the bank.
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
  public InspectBanks progress(Progress listener) {
    this.progress = listener;
    return this;
  }

  @Override
  public Result execute() {
    if (banks == null) {
      throw new InvalidInputException("Name the bank, or the folder of the banks.");
    }
    Configuration configuration = session.sessionState().newHadoopConf();
    List<StoredBank> found = BankFolder.open(BankLocation.parse(banks), only, configuration);
    Broadcast<SerializableConfiguration> shared =
        spark.broadcast(new SerializableConfiguration(configuration));
    try {
      ConcurrentCategories.Outcomes<InspectedBank> outcomes =
          categories.run(
              found.stream()
                  .map(
                      bank ->
                          new BankInspection(spark, bank, verify, contamination, shared, progress))
                  .toList(),
              OptionalInt.empty(),
              progress);
      return new Result(outcomes.evaluated(), outcomes.failed());
    } finally {
      shared.destroy();
    }
  }

  @Override
  public void cancel() {
    categories.cancel();
  }
}
