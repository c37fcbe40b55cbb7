package io.nightjar.report.console;

import static org.assertj.core.api.Assertions.assertThat;

import io.nightjar.metric.decision.CategoryDecision;
import io.nightjar.metric.decision.ImageDecision;
import io.nightjar.report.CategoryScores;
import io.nightjar.report.FailedCategory;
import io.nightjar.report.RunInfo;
import io.nightjar.report.SampleReports;
import io.nightjar.report.ScoreBasis;
import io.nightjar.report.ScoredFile;
import io.nightjar.report.ScoringReport;
import io.nightjar.score.ImageScoreKind;
import io.nightjar.score.ImageScores;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;

class ScoreTableTest {
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

  private static ScoringReport report(List<FailedCategory> failed, CategoryScores... categories) {
    return new ScoringReport(
        Instant.parse("2026-11-16T06:00:00Z"),
        new RunInfo("Scores", List.of(), Map.of()),
        List.of(categories),
        failed);
  }

  private static CategoryScores category(int quarantined) {
    return new CategoryScores(
        "bottle",
        List.of(file("a.png", 1), file("b.png", 4), file("c.png", 2)),
        SampleReports.quarantined(quarantined),
        new ScoreBasis("banks/bottle", 1, "ab", 1),
        2.5,
        Map.of());
  }

  @Test
  void saysWhatWasDecided() {
    CategoryDecision decision =
        new CategoryDecision(
            ImageScoreKind.MAX,
            209,
            3.5f,
            OptionalDouble.of(2.25),
            List.of(
                new ImageDecision(1, false, Optional.of(false)),
                new ImageDecision(1 / 210.0, true, Optional.of(true)),
                new ImageDecision(0.5, false, Optional.of(false))));

    assertThat(ScoreTable.render(report(List.of(), category(0).with(decision)), false).lines())
        .contains(
            "bottle: 1 of 3 images anomalous, those with a score above 3.5000, 1 selected, patches"
                + " from 2.2500 on");
  }

  @Test
  void saysWhatAReaderShouldKnow() {
    CategoryScores noted =
        category(0).withNotes(List.of("3 of 3 images are squeezed.", "The second."));

    assertThat(ScoreTable.render(report(List.of(), noted), false).lines())
        .endsWith("bottle: 3 of 3 images are squeezed.", "bottle: The second.");
  }

  @Test
  void showsTheDistributionAndTheHighestImage() {
    String row =
        ScoreTable.render(report(List.of(), category(0)), false)
            .lines()
            .filter(line -> line.startsWith("bottle"))
            .findFirst()
            .orElseThrow();

    // The 95 % quantile of 1, 2 and 4 is 2 + 0.9 * 2.
    assertThat(row.split(" +"))
        .containsExactly("bottle", "3", "0", "2.0000", "3.8000", "4.0000", "2.5", "b.png");
  }

  @Test
  void namesWhatFailedAndTheFirstQuarantinedFiles() {
    String table =
        ScoreTable.render(
            report(List.of(new FailedCategory("cable", "no bank\n", List.of())), category(7)),
            false);

    assertThat(table)
        .contains(
            "cable FAILED: no bank?", "test/crack/004.png", "and 2 more, all of them in score.json")
        .doesNotContain("test/crack/005.png");
  }

  @Test
  void noLineIsEmptyButTheOneBeforeWhatIsLeftOut() {
    assertThat(ScoreTable.render(report(List.of(), category(0)), false).lines())
        .noneMatch(String::isEmpty);
    assertThat(ScoreTable.render(report(List.of(), category(1)), false).lines())
        .filteredOn(String::isEmpty)
        .hasSize(1);
  }

  @Test
  void coloursOnlyWhereAsked() {
    ScoringReport report = report(List.of(), category(1));

    assertThat(ScoreTable.render(report, true)).contains("\u001b[1m");
    assertThat(ScoreTable.render(report, false)).doesNotContain("\u001b");
  }
}
