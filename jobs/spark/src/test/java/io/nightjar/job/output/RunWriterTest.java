package io.nightjar.job.output;

import static io.nightjar.report.SampleReports.category;
import static io.nightjar.report.SampleReports.report;
import static org.assertj.core.api.Assertions.assertThat;

import io.nightjar.backbone.spec.Size;
import io.nightjar.dataset.ImageRef;
import io.nightjar.dataset.MaskValues;
import io.nightjar.dataset.PackedMask;
import io.nightjar.dataset.Split;
import io.nightjar.dataset.decode.WhiteLevel;
import io.nightjar.job.measure.MapMeasure;
import io.nightjar.job.measure.MapSource;
import io.nightjar.job.measure.ScoredImage;
import io.nightjar.job.options.MapOptions;
import io.nightjar.job.options.MeasureOptions;
import io.nightjar.job.run.RunContext;
import io.nightjar.report.CategoryResult;
import io.nightjar.report.EvaluationReport;
import io.nightjar.report.published.Comparison;
import io.nightjar.report.table.ReportFiles;
import io.nightjar.score.AnomalyMap;
import io.nightjar.score.ImageScoreKind;
import io.nightjar.score.ImageScores;
import io.nightjar.testing.Sparks;
import io.nightjar.testing.TinyDataset;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A visualization or a page that cannot be written is a note, and no figure is lost. */
class RunWriterTest {
  @TempDir private Path out;

  @Test
  void aFolderForPicturesThatCannotBeMadeIsANote() throws Exception {
    Files.writeString(out.resolve("pictures"), "in the way");
    Path data = TinyDataset.generate(out.resolveSibling(out.getFileName() + "-data"));

    EvaluationReport written = write(data.resolve("bottle/test/good/000.png"));

    assertThat(written.categories().get(0).notes())
        .anyMatch(
            note -> note.startsWith("No visualization of test/good/000.png could be drawn: "));
    assertThatFiguresAreThere(written);
  }

  @Test
  void aPictureFileThatIsMissingIsANote() throws Exception {
    EvaluationReport written = write(out.resolve("missing.png"));

    assertThat(written.categories().get(0).notes())
        .anyMatch(note -> note.startsWith("No visualization of test/good/000.png was drawn"));
    assertThatFiguresAreThere(written);
  }

  @Test
  void aPartThatCannotBeWrittenIsANoteOfEveryCategory() {
    try (RunContext run = RunContext.builder(Sparks.local(2)).build()) {
      WriteFaults faults = new WriteFaults(run);
      faults.attempt("The page report.html", () -> {});
      faults.attempt(
          "The table maps/",
          () -> {
            throw new IllegalStateException("Job aborted", new IOException("disk full\n\tat"));
          });

      EvaluationReport noted = faults.addTo(report(category("bottle", 1), category("nut", 1)));

      assertThat(noted.categories())
          .allSatisfy(
              category ->
                  assertThat(category.notes())
                      .contains("The table maps/ could not be written: disk full")
                      .noneMatch(note -> note.contains("report.html")));
    }
  }

  private void assertThatFiguresAreThere(EvaluationReport written) throws Exception {
    EvaluationReport read =
        new ReportFiles(out.toString(), new org.apache.hadoop.conf.Configuration()).read();
    CategoryResult result = read.categories().get(0);
    assertThat(result.pixelAuprc().get()).isEqualTo(0.75);
    assertThat(result.notes()).isEqualTo(written.categories().get(0).notes());
    assertThat(Files.readString(out.resolve("run.json")))
        .contains("\"maps/_SUCCESS\"", "\"metrics/_SUCCESS\"", "\"metrics.json\"");
  }

  private EvaluationReport write(Path image) {
    CategoryResult bottle = category("bottle", 0.75);
    ImageRef ref =
        new ImageRef(
            "bottle", Split.TEST, "good", "test/good/000.png", image.toUri().toString(), "");
    ScoredImage scored =
        new ScoredImage(
            ref,
            new MapSource.InMemory(new AnomalyMap(new float[] {1, 2, 3, 4}, 2, 2)),
            new PackedMask(2, 2, new byte[0]),
            List.of(),
            MaskValues.NONZERO,
            WhiteLevel.FULL,
            Size.square(64),
            new ImageScores(4, 3, 4),
            ImageScoreKind.MAX,
            Double.NaN,
            1,
            4);
    CategoryOutcome outcome = new CategoryOutcome(bottle, Map.of(), List.of(scored), Map.of());
    MapMeasure measure = MapMeasure.of(MapOptions.DEFAULT, MeasureOptions.DEFAULT, Size.square(64));
    try (RunContext run = RunContext.builder(Sparks.local(2)).build()) {
      return new RunWriter(run, out.toString(), 1, measure)
          .write(report(bottle), Comparison.none("A test."), List.of(outcome), Optional.empty())
          .report();
    }
  }
}
