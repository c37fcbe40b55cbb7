package io.nightjar.report.openmetrics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.nightjar.metric.LabelledImage;
import io.nightjar.metric.compare.Verdict;
import io.nightjar.metric.drift.DriftLimits;
import io.nightjar.metric.drift.DriftScore;
import io.nightjar.metric.drift.ScoreDistribution;
import io.nightjar.metric.drift.ScoreDrift;
import io.nightjar.report.CategoryScores;
import io.nightjar.report.EvaluationReport;
import io.nightjar.report.FailedCategory;
import io.nightjar.report.QuarantinedFile;
import io.nightjar.report.SampleReports;
import io.nightjar.report.ScoreBasis;
import io.nightjar.report.ScoredFile;
import io.nightjar.report.ScoringReport;
import io.nightjar.report.comparison.ComparisonOptions;
import io.nightjar.report.comparison.ComparisonReport;
import io.nightjar.report.comparison.FinishedRun;
import io.nightjar.report.comparison.Gate;
import io.nightjar.report.comparison.TestRuns;
import io.nightjar.report.drift.CategoryDrift;
import io.nightjar.report.drift.DriftReport;
import io.nightjar.report.drift.RunDrift;
import io.nightjar.score.ImageScores;
import io.nightjar.testing.PrometheusText;
import io.nightjar.testing.PrometheusText.Sample;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ReportMetricsTest {
  private final MetricFamilies families = new MetricFamilies(Map.of());

  private Map<Sample, Double> written() throws IOException {
    return PrometheusText.samples(
        new String(MetricsFile.content("n.prom", families), StandardCharsets.UTF_8));
  }

  @Test
  void anEvaluationHasItsFiguresFailuresAndTimes() throws IOException {
    EvaluationReport report =
        new EvaluationReport(
            SampleReports.run(),
            List.of(
                SampleReports.category("bottle", 0.75),
                SampleReports.category(
                    "cable", 0.5, SampleReports.quarantined(2).toArray(quarantined()))),
            List.of(new FailedCategory("nut", "it has no image", SampleReports.quarantined(3))));

    ReportMetrics.add(report, families);

    assertThat(written())
        .containsEntry(figure("bottle", "pixel_auprc"), 0.75)
        .containsEntry(figure("cable", "pixel_auprc"), 0.5)
        .containsEntry(Sample.of("nightjar_figure_mean", "figure", "pixel_auprc"), 0.625)
        .containsEntry(Sample.of("nightjar_category_failed", "category", "bottle"), 0.0)
        .containsEntry(Sample.of("nightjar_category_failed", "category", "nut"), 1.0)
        .containsEntry(Sample.of("nightjar_quarantined_files", "category", "cable"), 2.0)
        .containsEntry(Sample.of("nightjar_quarantined_files", "category", "nut"), 3.0)
        .containsEntry(Sample.of("nightjar_images", "category", "bottle", "use", "test"), 83.0)
        .containsEntry(
            Sample.of("nightjar_stage_seconds", "category", "bottle", "stage", "embed train"),
            12.25)
        .containsEntry(Sample.of("nightjar_category_seconds", "category", "cable"), 24.875)
        .containsEntry(Sample.of("nightjar_figures_undefined", "category", "bottle"), 0.0)
        // Bounds and thresholds are no figures of merit.
        .doesNotContainKey(figure("bottle", "pixel_auprc_lower"))
        .doesNotContainKey(figure("bottle", "image_best_f1_threshold"));
  }

  private static QuarantinedFile[] quarantined() {
    return new QuarantinedFile[0];
  }

  private static Sample figure(String category, String figure) {
    return Sample.of("nightjar_figure", "category", category, "figure", figure);
  }

  /** Of good images alone there is no figure at all. */
  @Test
  void figuresThatDoNotExistAreCountedAndHaveNoValue(@TempDir Path work) throws IOException {
    List<LabelledImage> good =
        TestRuns.images(1, 3).stream().filter(image -> !image.defective()).toList();
    String run = TestRuns.in(work, "2026-11-23T01:00:00Z").category("nut", good).write();
    EvaluationReport report = FinishedRun.read(run, TestRuns.CONFIGURATION).report();

    ReportMetrics.add(report, families);

    Map<Sample, Double> written = written();
    long there =
        written.keySet().stream().filter(one -> one.name().equals("nightjar_figure")).count();
    double missing = written.get(Sample.of("nightjar_figures_undefined", "category", "nut"));
    // Pixel AUPRC, its trapezoid, AUROC, two AUPROs, AUPIMO, FPR, two F1s, image AUROC and AP.
    assertThat(there + missing).isEqualTo(11);
    assertThat(missing).isGreaterThanOrEqualTo(5);
    assertThat(written).doesNotContainKey(figure("nut", "image_auroc"));
  }

  @Test
  void scoresHaveTheirQuantiles() throws IOException {
    CategoryScores scores =
        new CategoryScores(
            "bottle",
            List.of(file("a.png", 1), file("b.png", 4), file("c.png", 2)),
            List.of(),
            new ScoreBasis("banks/bottle", 1, "ab", 1),
            2.5,
            Map.of("score", 2.0));
    ReportMetrics.add(
        new ScoringReport(
            Instant.EPOCH,
            SampleReports.run(),
            List.of(scores),
            List.of(new FailedCategory("cable", "no bank", List.of()))),
        families);

    assertThat(written())
        .containsEntry(score("0.5"), 2.0)
        .containsEntry(score("1.0"), 4.0)
        .containsEntry(Sample.of("nightjar_images", "category", "bottle", "use", "scored"), 3.0)
        .containsEntry(Sample.of("nightjar_category_failed", "category", "cable"), 1.0);
    // The 95 % quantile of 1, 2 and 4 is 2 + 0.9 * 2.
    assertThat(written().get(score("0.95"))).isCloseTo(3.8, within(1e-12));
  }

  private static Sample score(String fraction) {
    return Sample.of("nightjar_image_score", "category", "bottle", "fraction", fraction);
  }

  private static ScoredFile file(String path, float score) {
    return new ScoredFile(
        path,
        score,
        score,
        score,
        8,
        8,
        "ab",
        1,
        1,
        new float[] {score},
        new ImageScores(score, score, score));
  }

  @Test
  void aComparisonHasItsGateAndVerdicts(@TempDir Path work) throws IOException {
    List<LabelledImage> images = TestRuns.images(1, 6);
    FinishedRun before = run(work.resolve("a"), images);
    FinishedRun after = run(work.resolve("b"), TestRuns.rescored(images, 0.6, 0, 3));
    ComparisonReport one = compare(before, List.of(after));
    double change =
        after.category("bottle").orElseThrow().pixelAuprc().get()
            - before.category("bottle").orElseThrow().pixelAuprc().get();

    ReportMetrics.add(one, families);

    assertThat(ReportMetrics.gravest(one)).isEqualTo(Verdict.WORSE);
    assertThat(written())
        .containsEntry(Sample.of("nightjar_gate_passed"), 0.0)
        .containsEntry(
            Sample.of("nightjar_verdict", "category", "bottle", "nightjar_verdict", "worse"), 1.0)
        .containsEntry(
            Sample.of("nightjar_verdict", "category", "bottle", "nightjar_verdict", "same"), 0.0)
        .containsEntry(
            Sample.of("nightjar_figure_change", "category", "bottle", "figure", "pixel_auprc"),
            change);
  }

  @Test
  void severalCandidatesAreNumbered(@TempDir Path work) throws IOException {
    List<LabelledImage> images = TestRuns.images(1, 6);
    FinishedRun before = run(work.resolve("a"), images);
    FinishedRun worse = run(work.resolve("b"), TestRuns.rescored(images, 0.6, 0, 3));
    ComparisonReport both = compare(before, List.of(before, worse));

    ReportMetrics.add(both, families);

    assertThat(ReportMetrics.gravest(both)).isEqualTo(Verdict.WORSE);
    assertThat(written())
        .containsEntry(Sample.of("nightjar_gate_passed", "candidate", "1"), 1.0)
        .containsEntry(Sample.of("nightjar_gate_passed", "candidate", "2"), 0.0);
  }

  private static FinishedRun run(Path folder, List<LabelledImage> images) throws IOException {
    return FinishedRun.read(
        TestRuns.in(folder, "2026-11-23T01:00:00Z").category("bottle", images).write(),
        TestRuns.CONFIGURATION);
  }

  private static ComparisonReport compare(FinishedRun before, List<FinishedRun> after) {
    return ComparisonReport.of(before, after, ComparisonOptions.DEFAULT, Gate.DEFAULT, List.of());
  }

  @Test
  void driftHasItsMeasuresAndItsLimit() throws IOException {
    ScoreDistribution reference = rising(0);
    ScoreDrift moved = ScoreDrift.between(reference, rising(5), DriftLimits.DEFAULT);
    CategoryDrift category =
        new CategoryDrift(
            "nut",
            "banks/nut@1",
            "the bank",
            Map.of(DriftScore.MEAN, reference),
            List.of(new RunDrift("runs/1", Instant.EPOCH, Map.of(DriftScore.MEAN, moved))),
            List.of());

    ReportMetrics.add(new DriftReport(DriftLimits.DEFAULT, List.of(category)), families);

    assertThat(written())
        .containsEntry(Sample.of("nightjar_drifted", "category", "nut"), 1.0)
        .containsEntry(
            Sample.of("nightjar_drift_psi", "category", "nut", "score", "mean"),
            moved.psi().value())
        .containsEntry(
            Sample.of("nightjar_drift_psi_limit", "category", "nut", "score", "mean"),
            moved.psiLimit())
        .containsEntry(
            Sample.of("nightjar_drift_ks_p_value", "category", "nut", "score", "mean"),
            moved.ks().pValue());
  }

  private static ScoreDistribution rising(float from) {
    float[] scores = new float[100];
    for (int i = 0; i < scores.length; i++) {
      scores[i] = from + i / 100f;
    }
    return ScoreDistribution.of(scores);
  }
}
