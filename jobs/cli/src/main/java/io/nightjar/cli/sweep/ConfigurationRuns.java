package io.nightjar.cli.sweep;

import io.nightjar.cli.options.SparkOptions.RunningSpark;
import io.nightjar.cli.outcome.ExitCodes;
import io.nightjar.cli.progress.ActionRun;
import io.nightjar.cli.status.StatusReport;
import io.nightjar.cli.table.EvaluationResult;
import io.nightjar.error.InvalidInputException;
import io.nightjar.io.HadoopPaths;
import io.nightjar.io.StorageException;
import io.nightjar.job.SelectConfiguration;
import io.nightjar.job.result.FinishedRunException;
import io.nightjar.job.result.RunResult;
import io.nightjar.report.status.StatusFile;
import io.nightjar.text.Text;
import java.io.PrintWriter;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CancellationException;
import org.apache.hadoop.conf.Configuration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Makes the evaluations of a sweep, one after the other, each as the command {@code evaluate} makes
 * it and with a status of its own. One that an earlier process has finished is taken; one that
 * fails is reported, and the others go on.
 */
public final class ConfigurationRuns {
  private static final Logger LOG = LoggerFactory.getLogger(ConfigurationRuns.class);
  private static final String EVALUATE = "evaluate";

  private final RunningSpark spark;
  private final Configuration configuration;
  private final PrintWriter err;
  private int failures;
  private Optional<InvalidInputException> refusal = Optional.empty();

  /**
   * Creates the runs; nothing runs before {@link #make}.
   *
   * @param err for progress and for what cannot be done
   */
  public ConfigurationRuns(RunningSpark spark, Configuration configuration, PrintWriter err) {
    this.spark = spark;
    this.configuration = configuration;
    this.err = err;
  }

  /**
   * Makes the evaluations.
   *
   * @param selection receives what became of each
   * @throws CancellationException if a signal ended one of them
   * @throws InvalidInputException if every one of them is refused: the reason of the first
   */
  public void make(List<PlannedEvaluation> planned, SelectConfiguration selection) {
    for (int i = 0; i < planned.size(); i++) {
      PlannedEvaluation one = planned.get(i);
      err.println(
          Text.format(
              "Configuration %d of %d: %s", i + 1, planned.size(), one.configuration().name()));
      make(one, selection);
    }
    if (failures == planned.size() && refusal.isPresent()) {
      throw refusal.get();
    }
  }

  private void make(PlannedEvaluation one, SelectConfiguration selection) {
    StatusReport status =
        StatusReport.of(
            StatusFile.at(
                HadoopPaths.child(HadoopPaths.parse(one.out()), StatusFile.NAME).toString(),
                configuration),
            UUID.randomUUID().toString(),
            EVALUATE,
            err);
    try {
      RunResult result =
          ActionRun.execute(one.action().apply(spark.session()), spark, err, status::begin);
      status.end(
          result.complete() ? ExitCodes.OK : ExitCodes.INCOMPLETE,
          EvaluationResult.sentence(
              "evaluated", result.report().categories().size(), result.report().failed()),
          false);
      selection.evaluated(one.configuration(), one.out());
    } catch (FinishedRunException e) {
      err.println(Text.format("%s is taken: it was evaluated before.", one.configuration().name()));
      selection.evaluated(one.configuration(), one.out());
    } catch (CancellationException e) {
      status.end(ExitCodes.INTERRUPTED, String.valueOf(e.getMessage()), false);
      throw e;
    } catch (Exception e) { // Scala throws checked exceptions undeclared
      fail(one, e, status, selection);
    }
  }

  private void fail(
      PlannedEvaluation one, Exception e, StatusReport status, SelectConfiguration selection) {
    failures++;
    if (e instanceof InvalidInputException refused && refusal.isEmpty()) {
      refusal = Optional.of(refused);
    } else if (!(e instanceof InvalidInputException)) {
      LOG.error("The configuration {} failed", one.configuration().name(), e);
    }
    String reason =
        e instanceof InvalidInputException || e instanceof StorageException
            ? String.valueOf(e.getMessage())
            : Text.format("The run broke: %s", e);
    err.println(Text.format("%s failed: %s", one.configuration().name(), reason));
    status.end(ExitCodes.of(e), reason, false);
    selection.failed(one.configuration(), reason);
  }
}
