package io.nightjar.report.published;

import static io.nightjar.report.SampleReports.category;
import static io.nightjar.report.SampleReports.report;
import static io.nightjar.report.published.PublishedResults.RESNET50_KNN;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.nightjar.report.CategoryResult;
import io.nightjar.report.EvaluationReport;
import io.nightjar.report.SampleMetrics;
import java.util.List;
import org.junit.jupiter.api.Test;

class ComparisonTest {
  private final Comparison comparison = Comparison.with(PublishedResults.mvtecAdPixelAuprc());

  @Test
  void subtractsThePublishedFigureFromOurs() {
    assertThat(comparison.difference(category("bottle", 0.789), RESNET50_KNN).orElseThrow())
        .isCloseTo(0.016, within(1e-12));
  }

  @Test
  void averagesOverTheCategoriesThatHaveBothFigures() {
    EvaluationReport report =
        report(
            category("bottle", 0.773),
            category("pear", 0.1),
            category("cable", 0.647),
            category("grid", SampleMetrics.without("no defects"), List.of(), List.of()));

    assertThat(comparison.shared(report))
        .extracting(CategoryResult::category)
        .containsExactly("bottle", "cable");
    assertThat(comparison.mean(report, RESNET50_KNN).orElseThrow())
        .isCloseTo((0.773 + 0.547) / 2, within(1e-12));
    assertThat(comparison.meanDifference(report, RESNET50_KNN).orElseThrow())
        .isCloseTo((0.0 + 0.1) / 2, within(1e-12));
  }

  @Test
  void isNoneWhereTheRunSharesNoCategory() {
    Comparison applied = comparison.appliedTo(report(category("pear", 0.1)));

    assertThat(applied.published()).isEmpty();
    assertThat(applied.reason()).isEqualTo("Nothing is published for the categories of this run.");
  }

  @Test
  void isNoneWhereTheRunHasNoFigureToCompare() {
    Comparison applied =
        comparison.appliedTo(
            report(
                category("pear", 0.1),
                category("grid", SampleMetrics.without("no masks"), List.of(), List.of())));

    assertThat(applied.published()).isEmpty();
    assertThat(applied.reason())
        .isEqualTo(
            "The categories of this run for which figures are published have no pixel AUPRC.");
  }
}
