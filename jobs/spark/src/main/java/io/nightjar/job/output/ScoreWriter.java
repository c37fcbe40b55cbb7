package io.nightjar.job.output;

import io.nightjar.job.measure.MapMeasure;
import io.nightjar.job.run.RunContext;
import io.nightjar.metric.detection.RegionRules;
import io.nightjar.report.CategoryScores;
import io.nightjar.report.ScoringReport;
import io.nightjar.report.detection.RegionSummary;
import io.nightjar.report.table.ReportFiles;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;

/**
 * Writes the scores of a run to its folder: tables, maps, distributions, visualizations.
 *
 * @param visualizations images with the highest scores to draw for a category
 * @param rules what counts as one region of those that are outlined on visualizations
 */
public record ScoreWriter(
    RunContext run, String out, int visualizations, MapMeasure measure, RegionRules rules) {

  /**
   * Writes everything; {@code score.json} last of all.
   *
   * @param submission writes maps for an evaluation server, before the files that name all others
   */
  public void write(ScoringReport report, List<ScoredCategory> scored, Runnable submission) {
    run.spark().sc().setJobDescription("write the scores");
    try {
      List<CategoryScores> categories = report.categories();
      ParquetReport tables = new ParquetReport(run.hadoop());
      tables.writeScores(categories, out + "/" + ParquetReport.SCORES);
      tables.writeUnlabelledMaps(categories, out + "/" + ParquetReport.MAPS);
      new VisualizationDrawing(run, out)
          .draw(
              scored.stream()
                  .flatMap(
                      category ->
                          new VisualizationSelection(
                                  category.scores().category(),
                                  category.images(),
                                  category.hashes(),
                                  measure)
                                  .highest(
                                      visualizations,
                                      outlined(report, category.scores().category()))
                                  .stream())
                  .toList());
      submission.run();
      // Last, and score.json last of all: where it is there, the rest is complete.
      new ReportFiles(out, run.hadoop()).write(report);
    } catch (IOException e) {
      throw new UncheckedIOException("The scores cannot be written to " + out, e);
    }
  }

  private OutlinedRegions outlined(ScoringReport report, String category) {
    RegionSummary found = report.regions().get(category);
    return found == null
        ? OutlinedRegions.NONE
        : new OutlinedRegions((float) found.threshold(), rules);
  }
}
