package io.nightjar.cli.mlflow;

import io.nightjar.cli.options.GivenOptions;
import io.nightjar.cli.outcome.Findings;
import io.nightjar.cli.outcome.SecretAddress;
import io.nightjar.job.result.RunResult;
import io.nightjar.text.Text;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.Map;
import java.util.Optional;
import picocli.CommandLine.Option;

/** Whether and where MLflow records a run. */
public final class MlflowArguments {
  static final String EXPERIMENT = "nightjar";

  @Option(
      names = "--mlflow",
      paramLabel = "URL|env:NAME",
      description =
          "Record the run on this MLflow tracking server when it has ended: options as parameters,"
              + " every figure as a metric, report.html, metrics.json and run.json as artifacts. Keys"
              + " come from MLFLOW_TRACKING_TOKEN, or MLFLOW_TRACKING_USERNAME and"
              + " MLFLOW_TRACKING_PASSWORD.")
  private Optional<String> server = Optional.empty();

  @Option(
      names = "--mlflow-experiment",
      paramLabel = "NAME",
      defaultValue = EXPERIMENT,
      description =
          "The experiment that the run belongs to; created if it is not there"
              + " (default: ${DEFAULT-VALUE}).")
  private String experiment = EXPERIMENT;

  /**
   * Refuses what cannot be obeyed, before any work.
   *
   * @throws io.nightjar.error.InvalidInputException naming the option
   */
  public void check(GivenOptions given) {
    given.refuseWhere(
        server.isEmpty(),
        "is about --mlflow, which is not given; leave it out",
        "--mlflow-experiment");
    server.ifPresent(this::address);
  }

  /** Adds what is given, by the options' names. */
  public void describe(Map<String, Object> described, GivenOptions given) {
    check(given);
    server.ifPresent(
        address -> {
          described.put("mlflow", "given");
          described.put("mlflow_experiment", experiment);
        });
  }

  private SecretAddress address(String value) {
    return SecretAddress.of("--mlflow", value, System.getenv());
  }

  /** Records a run that has ended; where that fails, says so and changes nothing else. */
  public void record(RunResult result, Findings findings, PrintWriter err) {
    server.ifPresent(
        value -> {
          try {
            MlflowClient client = MlflowClient.of(address(value), System.getenv());
            new MlflowRecord(client, findings.configuration())
                .write(experiment, result, findings.sentence())
                .ifPresent(note -> err.println("nightjar: " + note));
          } catch (IOException | RuntimeException e) {
            err.println(
                Text.format(
                    "nightjar: the run was not recorded in MLflow: %s. Its results are not"
                        + " affected.",
                    e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage()));
          }
        });
  }
}
