package io.nightjar.job.output;

import static io.nightjar.job.options.MeasureOptions.ORIGINAL;

import io.nightjar.job.measure.MapMeasure;
import io.nightjar.job.measure.ScoredImage;
import io.nightjar.job.run.RunContext;
import io.nightjar.report.EvaluationReport;
import io.nightjar.report.ImageResult;
import io.nightjar.report.page.BaselineSummary;
import io.nightjar.report.page.PageContext;
import io.nightjar.report.published.Comparison;
import io.nightjar.report.table.ReportFiles;
import io.nightjar.score.AnomalyMap;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * Writes a run's results to its folder: tables, maps, visualizations, page.
 *
 * @param visualizations best and worst images to draw, each, for a category
 * @param reasons the page of reasons, next to the report; empty where none were asked for
 */
public record RunWriter(
    RunContext run,
    String out,
    int visualizations,
    MapMeasure measure,
    Optional<LinkedPage> reasons) {

  /**
   * A page that the report links to.
   *
   * @param name of its file
   * @param writing writes it, and what belongs to it
   */
  public record LinkedPage(String name, Runnable writing) {}

  /** Writes the results of a run without reasons. */
  public RunWriter(RunContext run, String out, int visualizations, MapMeasure measure) {
    this(run, out, visualizations, measure, Optional.empty());
  }

  /** The same with a page of reasons. */
  public RunWriter with(LinkedPage page) {
    return new RunWriter(run, out, visualizations, measure, Optional.of(page));
  }

  /**
   * Writes the figures first, then all that can be made of them again: tables, visualizations and
   * page, of which one that fails becomes a note. {@code metrics.json} is written last of all.
   *
   * @param baseline what the page says of the baseline; empty where none was named
   * @return the run as it was written, with notes on what could not be
   * @throws UncheckedIOException if the figures cannot be written
   */
  public WrittenRun write(
      EvaluationReport report,
      Comparison comparison,
      List<CategoryOutcome> outcomes,
      Optional<BaselineSummary> baseline) {
    run.spark().sc().setJobDescription("write the results");
    try {
      ReportFiles files = new ReportFiles(out, run.hadoop());
      files.writeFigures(report);
      WriteFaults faults = new WriteFaults(run);
      ParquetReport tables = new ParquetReport(run.hadoop());
      faults.attempt(
          "The table metrics/",
          () -> tables.writeMetrics(report, out + "/" + ParquetReport.METRICS));
      faults.attempt(
          "The table maps/",
          () -> tables.writeMaps(imageResults(outcomes), out + "/" + ParquetReport.MAPS));
      for (CategoryOutcome outcome : outcomes) {
        if (outcome.sample().isPresent()) {
          faults.attempt(
              "The sample of " + outcome.result().category(),
              () -> files.writeSample(outcome.sample().get()));
        }
      }
      Optional<String> explained =
          reasons
              .filter(page -> faults.attempt("The page " + page.name(), page.writing()::run))
              .map(LinkedPage::name);
      DrawnVisualizations visualizations = draw(outcomes);
      EvaluationReport noted = faults.addTo(visualizations.addTo(report));
      PageContext context =
          new PageContext(
              visualizations.drawn(),
              outcomes.stream().map(TestedParts::of).toList(),
              baseline,
              explained);
      WriteFaults ofPage = new WriteFaults(run);
      ofPage.attempt("The page report.html", () -> files.writePage(noted, comparison, context));
      EvaluationReport written = ofPage.addTo(noted);
      // Names the files that came since, and has the notes; metrics.json last of all.
      files.writeFigures(written);
      return new WrittenRun(written, comparison, context);
    } catch (IOException e) {
      throw new UncheckedIOException("The results cannot be written to " + out, e);
    }
  }

  private DrawnVisualizations draw(List<CategoryOutcome> outcomes) {
    return new VisualizationDrawing(run, out)
        .draw(
            outcomes.stream()
                .flatMap(
                    outcome ->
                        new VisualizationSelection(
                                outcome.result().category(),
                                outcome.images(),
                                outcome.hashes(),
                                measure)
                            .pick(visualizations).stream())
                .toList());
  }

  private static List<ImageResult> imageResults(List<CategoryOutcome> outcomes) {
    return outcomes.stream()
        .flatMap(
            outcome -> {
              boolean ownSize = outcome.result().resolution().equals(ORIGINAL);
              return outcome.images().stream().map(image -> imageResult(image, ownSize));
            })
        .toList();
  }

  /**
   * @param ownSize whether the mask has the image's size
   */
  private static ImageResult imageResult(ScoredImage image, boolean ownSize) {
    // Maps that came as files are where they were; the table has their images' scores alone.
    Optional<AnomalyMap> map = image.map().onGrid().map(AnomalyMap::stitched);
    return new ImageResult(
        image.ref().category(),
        image.ref().split().name().toLowerCase(Locale.ROOT),
        image.ref().defect(),
        image.ref().relativePath(),
        image.ref().isDefective(),
        image.imageScore(),
        map.map(AnomalyMap::height).orElse(0),
        map.map(AnomalyMap::width).orElse(0),
        map.map(AnomalyMap::values).orElse(new float[0]),
        ownSize ? image.truth().height() : 0,
        ownSize ? image.truth().width() : 0,
        image.scores());
  }
}
