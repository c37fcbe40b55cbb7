package io.nightjar.job.evaluate;

import io.nightjar.dataset.Catalogue;
import io.nightjar.job.artifact.RunStore;
import io.nightjar.job.artifact.StoreRequest;
import io.nightjar.job.decision.Calibrations;
import io.nightjar.job.decision.MeasuredDecisions;
import io.nightjar.job.folder.Request;
import io.nightjar.job.folder.RunFolder;
import io.nightjar.job.measure.MapMeasure;
import io.nightjar.job.options.RunLabel;
import io.nightjar.job.output.EvaluationReports;
import io.nightjar.job.output.RunWriter;
import io.nightjar.job.output.WrittenRun;
import io.nightjar.job.run.ExecutorSurvey;
import io.nightjar.job.run.RunContext;
import io.nightjar.job.run.RunInputs;
import io.nightjar.job.run.RunManifest;
import io.nightjar.job.run.TrainPatchesRule;
import io.nightjar.metric.decision.DecisionRates;
import io.nightjar.report.EvaluationReport;
import io.nightjar.report.page.BaselineSummary;
import io.nightjar.report.reason.ReasonOptions;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.apache.spark.sql.SparkSession;

/**
 * An evaluation that is planned: all categories are evaluated, and the results are written and
 * shown.
 *
 * @param data where the data set is, as it was given
 * @param found the data set
 * @param label what the figures mean, as it was given
 * @param rates of decisions
 * @param calibrations of decisions; empty where nothing is decided
 * @param kept what is kept from run to run
 * @param reasons of the scores of test images
 * @param listener takes the outcomes of the categories
 */
public record EvaluationRun(
    SparkSession session,
    String data,
    Catalogue found,
    EvaluationPlan plan,
    RunLabel label,
    DecisionRates rates,
    Optional<Calibrations> calibrations,
    StoreRequest kept,
    ReasonOptions reasons,
    OutcomeListener listener) {

  /**
   * Evaluates, and fills and publishes the folder.
   *
   * @param request that the folder was claimed for
   * @param baseline what the page says of the baseline; empty where none was named
   */
  public WrittenRun into(
      RunFolder folder,
      Request request,
      RunContext run,
      ExecutorSurvey executors,
      Optional<BaselineSummary> baseline) {
    TrainPatchesRule trainPatches = plan.trainPatches(executors, run);
    RunManifest manifest =
        manifest(executors, trainPatches).request(Request.FIELD, request.sha256());
    RunLabel meaning = label.of(found);
    Optional<RunStore> store = kept.open(plan.model(), plan.options(), executors, run.hadoop());
    EvaluationReasons explained = new EvaluationReasons(reasons.plan(plan.catalogue().size()));
    CategoryEvaluations.Evaluated outcomes =
        plan.evaluate(run, trainPatches, meaning, store, reasons.asked() ? explained : listener);
    EvaluationReport report =
        new EvaluationReports(manifest, store.map(opened -> opened.store().uri()))
            .report(outcomes.evaluated(), outcomes.failed(), outcomes.sharedBank());
    EvaluationReport decided =
        calibrations
            .map(own -> MeasuredDecisions.addTo(report, outcomes.evaluated(), own, rates))
            .orElse(report);
    EvaluationReport complete =
        decided
            .withInputs(RunInputs.ofReport(decided).of(found))
            .withRun(run.withResources(report.run()));
    MapMeasure measure =
        MapMeasure.of(
            plan.options().map(), plan.options().measure(), plan.model().spec().imageSize());
    WrittenRun written =
        explained
            .addTo(
                new RunWriter(
                    run, folder.location(), plan.options().output().visualizations(), measure),
                RunManifest.place(session, data),
                plan.model().spec(),
                outcomes.evaluated())
            .write(complete, meaning.comparison(), outcomes.evaluated(), baseline);
    folder.publish();
    return written;
  }

  private RunManifest manifest(ExecutorSurvey executors, TrainPatchesRule trainPatches) {
    Map<String, Object> recorded = new LinkedHashMap<>(plan.recordedOptions());
    recorded.putAll(rates.asMap());
    recorded.putAll(reasons.asMap());
    return new RunManifest(session, data, plan.subject(executors, trainPatches), recorded, label)
        .of(found);
  }
}
