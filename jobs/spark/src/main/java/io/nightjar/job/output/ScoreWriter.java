package io.nightjar.job.output;

import io.nightjar.job.measure.MapMeasure;
import io.nightjar.report.CategoryScores;
import io.nightjar.report.ScoringReport;
import io.nightjar.report.table.ReportFiles;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import org.apache.spark.sql.SparkSession;

/**
 * Leaves the scores of a run in its folder: tables, maps, distributions, pictures.
 *
 * @param pictures images with the highest scores to draw for a category
 */
public record ScoreWriter(SparkSession session, String out, int pictures, MapMeasure measure) {

  public void write(ScoringReport report, List<ScoredCategory> scored) {
    session.sparkContext().setJobGroup("nightjar", "write the scores", false);
    try {
      List<CategoryScores> categories = report.categories();
      ParquetReport tables = new ParquetReport(session);
      tables.writeScores(categories, out + "/" + ParquetReport.SCORES);
      tables.writeUnlabelledMaps(categories, out + "/" + ParquetReport.MAPS);
      new VisualizationDrawing(session, out)
          .draw(
              scored.stream()
                  .flatMap(
                      category ->
                          new VisualizationSelection(
                                  category.scores().category(), category.images(), measure)
                              .highest(pictures).stream())
                  .toList());
      // Last, and score.json last of all: where it stands, the rest is complete.
      new ReportFiles(out, session.sessionState().newHadoopConf()).write(report);
    } catch (IOException e) {
      throw new UncheckedIOException("The scores cannot be written to " + out, e);
    }
  }
}
