package io.nightjar.report.console;

import static io.nightjar.report.SampleReports.category;
import static io.nightjar.report.SampleReports.quarantined;
import static io.nightjar.report.SampleReports.report;
import static io.nightjar.report.SampleReports.run;
import static org.assertj.core.api.Assertions.assertThat;

import io.nightjar.dataset.ledger.Inputs;
import io.nightjar.dataset.ledger.Ledger;
import io.nightjar.report.CategoryResult;
import io.nightjar.report.EvaluationReport;
import io.nightjar.report.FailedCategory;
import io.nightjar.report.QuarantinedFile;
import io.nightjar.report.SampleMetrics;
import io.nightjar.report.published.Comparison;
import io.nightjar.report.published.PublishedResults;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ResultTableTest {
  private static final Comparison PUBLISHED = Comparison.with(PublishedResults.mvtecAdPixelAuprc());
  private static final Comparison NONE = Comparison.none("The images are drawn.");

  @Test
  void showsACategoryNextToThePublishedFigures() {
    String line = line(ResultTable.render(report(category("bottle", 0.789)), PUBLISHED, false));

    assertThat(line.split(" +"))
        .containsExactly(
            "bottle",
            "209+83",
            "167",
            "163,856",
            "0.7890",
            "0.758-0.805",
            "0.9312",
            "0.9864",
            "1.0000",
            "24.9",
            "0.773",
            "+0.0160",
            "0.790");
  }

  @Test
  void endsWithTheMean() {
    String text =
        ResultTable.render(
            report(category("bottle", 0.773), category("cable", 0.647)), PUBLISHED, false);

    assertThat(text.lines().filter(l -> l.startsWith("mean")).findFirst().orElseThrow().split(" +"))
        .containsExactly(
            "mean", "0.7100", "0.9312", "0.9864", "1.0000", "24.9", "0.660", "+0.0500", "0.653");
  }

  @Test
  void alignsTheColumnsWithinAConsole() {
    List<String> table =
        ResultTable.render(
                report(category("bottle", 0.773), category("toothbrush", 0.6)), PUBLISHED, false)
            .lines()
            .filter(l -> l.matches("(category|bottle|toothbrush|mean|---).*"))
            .toList();

    assertThat(table).hasSize(6);
    assertThat(table).extracting(String::length).containsOnly(table.get(0).length());
    assertThat(table.get(0).length()).isBetween(100, 130);
  }

  @Test
  void saysWhyThereIsNoComparison() {
    String text = ResultTable.render(report(category("bottle", 0.789)), NONE, false);

    assertThat(text).contains("The images are drawn.").doesNotContain("difference");
  }

  @Test
  void marksEveryFigureThatAWarningConcerns() {
    EvaluationReport report =
        new EvaluationReport(
            run("random weights: seed 7"), List.of(category("bottle", 0.789)), List.of());
    String text = ResultTable.render(report, NONE, false);

    assertThat(text.indexOf("WARNING: random weights: seed 7"))
        .isBetween(0, text.indexOf("category"));
    assertThat(line(text)).contains("0.7890*", "0.9864*", "1.0000*");
  }

  @Test
  void listsTheFirstFiveQuarantinedFilesAndCountsTheRest() {
    CategoryResult seven = category("bottle", 0.7, quarantined(7).toArray(QuarantinedFile[]::new));
    String text = ResultTable.render(report(seven), NONE, false);

    assertThat(text)
        .contains("7 images were quarantined", "test/crack/004.png: is truncated", "2 more")
        .doesNotContain("test/crack/005.png");
  }

  /** The line on inputs counts masks and maps, and so do the words before the list. */
  @Test
  void quarantinedImagesAreCountedAsTheLedgerCountsThem() {
    CategoryResult three = category("bottle", 0.7, quarantined(3).toArray(QuarantinedFile[]::new));
    Ledger ledger = new Ledger(20, 16, 4, List.of());
    Inputs inputs = new Inputs("MVTec AD's layout", ledger, Map.of("bottle", ledger));

    String text = ResultTable.render(report(three).withInputs(inputs), NONE, false);

    assertThat(text).contains("3 images (with masks and maps 4 files) were quarantined:");
    assertThat(inputs.describe()).contains("4 quarantined");
    CategoryResult one = category("bottle", 0.7, quarantined(1).get(0));
    assertThat(ResultTable.render(report(one), NONE, false)).contains("1 image was quarantined:");
  }

  @Test
  void listsFailedCategoriesWithTheirFiles() {
    EvaluationReport report =
        new EvaluationReport(
            run(),
            List.of(category("bottle", 0.789)),
            List.of(new FailedCategory("cable", "too many bad files", quarantined(1))));

    assertThat(ResultTable.render(report, NONE, false))
        .contains("1 of 2 categories failed", "cable: too many bad files", "test/crack/000.png");
  }

  @Test
  void hasNothingToShowWhereAllFailed() {
    EvaluationReport report =
        new EvaluationReport(
            run(), List.of(), List.of(new FailedCategory("cable", "no images", List.of())));

    assertThat(ResultTable.render(report, PUBLISHED, false))
        .contains("No category has a result.", "cable: no images");
  }

  @Test
  void saysWhyAMetricIsAbsent() {
    CategoryResult bottle =
        category("bottle", SampleMetrics.without("no defective pixel"), List.of(), List.of("odd"));

    assertThat(ResultTable.render(report(bottle), NONE, false))
        .contains(
            "bottle has no pixel AUPRC, AUPRO 0.30, AUPRO 0.05, AUPIMO, pixel best F1, pixel FPR at"
                + " 95 % TPR or image best F1: no defective pixel",
            "bottle: odd");
  }

  @Test
  void leavesOutColumnsWithoutAnythingToSay() {
    CategoryResult maps =
        new CategoryResult(
            "bottle",
            0,
            83,
            List.of(),
            0,
            0,
            SampleMetrics.without("no defective pixel"),
            "original",
            2,
            Map.of(),
            List.of());
    String text = ResultTable.render(report(maps), NONE, false);

    assertThat(line(text).split(" +"))
        .containsExactly("bottle", "83", "-", "0.9864", "1.0000", "2.0");
    assertThat(text).doesNotContain("bank", "nents", "interval", "AUPRO  ", "out", "train");
  }

  @Test
  void countsQuarantinedFilesWhereThereAreAny() {
    String text =
        ResultTable.render(
            report(
                category("cable", 0.6),
                category("bottle", 0.7, quarantined(7).toArray(QuarantinedFile[]::new))),
            NONE,
            false);

    assertThat(line(text)).matches("bottle +209\\+83 +7 +167 .*");
    assertThat(text).containsPattern("cable +209\\+83 +0 +167 ");
  }

  @Test
  void saysThatAnIntervalComesFromABootstrap() {
    assertThat(ResultTable.render(report(category("bottle", 0.789)), NONE, false))
        .contains("interval: bootstrap over test images");
  }

  @Test
  void coloursOnlyWhenAsked() {
    EvaluationReport report = report(category("bottle", 0.789));

    assertThat(ResultTable.render(report, NONE, false)).doesNotContain("\u001b");
    assertThat(ResultTable.render(report, NONE, true)).contains("\u001b[1m");
  }

  @Test
  void keepsControlCharactersOfNamesFromTheConsole() {
    String text = ResultTable.render(report(category("a\u001b[2Jb", 0.5)), NONE, false);

    assertThat(text).contains("a?[2Jb").doesNotContain("\u001b");
  }

  @Test
  void isAscii() {
    EvaluationReport report = report(category("bottle", 0.789));

    assertThat(ResultTable.render(report, PUBLISHED, false)).matches("\\p{ASCII}*");
  }

  private static String line(String text) {
    return text.lines().filter(l -> l.startsWith("bottle")).findFirst().orElseThrow();
  }
}
