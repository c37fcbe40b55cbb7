package io.nightjar.cli;

import io.nightjar.cli.mlflow.MlflowArguments;
import io.nightjar.cli.outcome.Findings;
import io.nightjar.cli.table.EvaluationResult;
import io.nightjar.job.result.RunResult;
import java.util.Map;

/** A command whose figures can be recorded besides its results. */
abstract class RecordedCommand extends ActionCommand<RunResult> {

  abstract MlflowArguments mlflow();

  /** What is evaluated, as it was named. */
  abstract String subject();

  @Override
  final void begin(Findings findings) {
    findings.subject(subject());
    mlflow().check(given());
  }

  @Override
  final void describeRecord(Map<String, Object> described) {
    mlflow().describe(described, given());
  }

  @Override
  final void note(RunResult result, Findings findings) {
    EvaluationResult.note(result, findings);
    mlflow().record(result, findings, err());
  }
}
