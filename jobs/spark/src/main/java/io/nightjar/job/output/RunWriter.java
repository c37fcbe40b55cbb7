package io.nightjar.job.output;

import io.nightjar.job.measure.MapMeasure;
import io.nightjar.job.measure.MapSource;
import io.nightjar.job.measure.ScoredImage;
import io.nightjar.report.EvaluationReport;
import io.nightjar.report.ImageResult;
import io.nightjar.report.VisualizationRef;
import io.nightjar.report.published.Comparison;
import io.nightjar.report.table.ReportFiles;
import io.nightjar.score.AnomalyMap;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Locale;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.sql.SparkSession;

/** Leaves a run's results in its folder: tables, maps, pictures, page. */
public final class RunWriter {
  private final SparkSession session;
  private final JavaSparkContext spark;
  private final String out;
  private final int pictures;
  private final MapMeasure measure;

  /**
   * @param pictures best and worst images to draw, each, for a category
   */
  public RunWriter(SparkSession session, String out, int pictures, MapMeasure measure) {
    this.session = session;
    this.spark = JavaSparkContext.fromSparkContext(session.sparkContext());
    this.out = out;
    this.pictures = pictures;
    this.measure = measure;
  }

  public void write(
      EvaluationReport report, Comparison comparison, List<CategoryOutcome> outcomes) {
    spark.setJobGroup("nightjar", "write the results", false);
    try {
      ParquetReport tables = new ParquetReport(session);
      tables.writeMetrics(report, out + "/" + ParquetReport.METRICS);
      tables.writeMaps(imageResults(outcomes), out + "/" + ParquetReport.MAPS);
      List<VisualizationRef> drawn = draw(outcomes);
      // Last, and metrics.json last of all: where it stands, the rest is complete.
      new ReportFiles(out, configuration()).write(report, comparison, drawn);
    } catch (IOException e) {
      throw new UncheckedIOException("The results cannot be written to " + out, e);
    }
  }

  private Configuration configuration() {
    return session.sessionState().newHadoopConf();
  }

  private List<VisualizationRef> draw(List<CategoryOutcome> outcomes) {
    return new VisualizationDrawing(session, out)
        .draw(
            outcomes.stream()
                .flatMap(
                    outcome ->
                        new VisualizationSelection(
                                outcome.result().category(), outcome.images(), measure)
                            .pick(pictures).stream())
                .toList());
  }

  private static List<ImageResult> imageResults(List<CategoryOutcome> outcomes) {
    return outcomes.stream()
        .flatMap(outcome -> outcome.images().stream())
        .map(RunWriter::imageResult)
        .toList();
  }

  private static ImageResult imageResult(ScoredImage image) {
    // Maps that came as files are where they were; the table has their images' scores alone.
    boolean kept = image.map() instanceof MapSource.InMemory;
    AnomalyMap map = kept ? ((MapSource.InMemory) image.map()).map() : null;
    return new ImageResult(
        image.ref().category(),
        image.ref().split().name().toLowerCase(Locale.ROOT),
        image.ref().defect(),
        image.ref().relativePath(),
        image.ref().isDefective(),
        image.imageScore(),
        kept ? map.height() : 0,
        kept ? map.width() : 0,
        kept ? map.values() : new float[0]);
  }
}
