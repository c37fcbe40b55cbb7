package io.nightjar.job.ensemble;

import io.nightjar.backbone.spec.Size;
import io.nightjar.dataset.Catalogue;
import io.nightjar.job.evaluate.CategoryNotes;
import io.nightjar.job.folder.RunFolder;
import io.nightjar.job.measure.MapMeasure;
import io.nightjar.job.options.EvaluationOptions;
import io.nightjar.job.options.MapOptions;
import io.nightjar.job.options.RunLabel;
import io.nightjar.job.output.CategoryOutcome;
import io.nightjar.job.output.EvaluationReports;
import io.nightjar.job.output.RunWriter;
import io.nightjar.job.output.WrittenRun;
import io.nightjar.job.run.ConcurrentCategories;
import io.nightjar.job.run.RunContext;
import io.nightjar.job.run.RunInputs;
import io.nightjar.job.run.RunManifest;
import io.nightjar.report.EvaluationReport;
import io.nightjar.report.page.BaselineSummary;
import java.util.List;
import java.util.Optional;

/**
 * An ensemble whose members were evaluated: the mean of their maps is measured, and the results are
 * written and shown.
 *
 * @param found the data set
 * @param quantile of the scores of normal patches that the maps are divided by
 * @param options of the first member, which say how the mean is measured
 * @param label what the figures mean
 */
public record EnsembleRun(
    Catalogue found,
    List<MemberOutcomes> members,
    double quantile,
    EvaluationOptions options,
    RunLabel label) {

  /**
   * Measures, and fills and publishes the folder.
   *
   * @param baseline what the page says of the baseline; empty where none was named
   */
  public WrittenRun into(
      RunFolder folder, RunManifest manifest, RunContext run, Optional<BaselineSummary> baseline) {
    // The maps of the members have their own smoothing, so that no size of an input counts here.
    MapMeasure measure =
        MapMeasure.of(
            MapOptions.DEFAULT.withImageScore(options.map().imageScore()),
            options.measure(),
            Size.square(1));
    ConcurrentCategories.Outcomes<CategoryOutcome> measured = measured(measure, run);
    EvaluationReport report =
        new EvaluationReports(manifest).report(measured.evaluated(), measured.failed());
    EvaluationReport complete =
        report
            .withInputs(RunInputs.ofReport(report).of(found))
            .withRun(run.withResources(report.run()));
    WrittenRun written =
        new RunWriter(run, folder.location(), options.output().visualizations(), measure)
            .write(complete, label.comparison(), measured.evaluated(), baseline);
    folder.publish();
    return written;
  }

  private ConcurrentCategories.Outcomes<CategoryOutcome> measured(
      MapMeasure measure, RunContext run) {
    return new ConcurrentCategories(run)
        .run(
            found.categories().stream()
                .map(
                    category ->
                        new EnsembleMeasurement(
                            run,
                            category,
                            members,
                            quantile,
                            options.measure(),
                            measure,
                            CategoryNotes.of(category, label)))
                .toList());
  }
}
