package io.nightjar.report.html;

import static org.assertj.core.api.Assertions.assertThat;

import io.nightjar.metric.result.BestF1;
import io.nightjar.metric.result.CategoryMetrics;
import io.nightjar.metric.result.CurvePoint;
import io.nightjar.metric.result.Curves;
import io.nightjar.metric.result.DefectMetrics;
import io.nightjar.metric.result.Estimate;
import io.nightjar.metric.result.Interval;
import io.nightjar.metric.result.PixelMetrics;
import io.nightjar.report.Definition;
import io.nightjar.report.Definitions;
import io.nightjar.report.OptionalMetric;
import io.nightjar.report.SampleMetrics;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;

/** The drawings of the page: a plot is 150 wide from x = 24 and 108 high down from y = 6. */
class HtmlFiguresTest {
  @Test
  void drawsPrecisionOverRecall() {
    // Recall 0.5 is at 24 + 75, precision 0.75 at 6 + 27.
    String curves =
        HtmlCurves.render(
            metrics(
                new CurvePoint(3, 0, 1, 0, 0),
                new CurvePoint(2, 0.5, 0.75, 0.01, 0.5),
                new CurvePoint(1, 1, 0.5, 1, 1)));

    assertThat(curves).contains("<path class=\"line\" d=\"M24.0 6.0L99.0 33.0L174.0 60.0\"/>");
  }

  @Test
  void marksTheBestF1AtTheNearestPoint() {
    String curves =
        HtmlCurves.render(
            metrics(
                new CurvePoint(3, 0, 1, 0, 0),
                new CurvePoint(2, 0.5, 0.75, 0.01, 0.5),
                new CurvePoint(1, 1, 0.5, 1, 1)));

    assertThat(curves).contains("cx=\"99.0\" cy=\"33.0\"", "best F1 0.6 at score 2.1");
  }

  @Test
  void marksTheFprAt95Tpr() {
    // FPR 0.25 is at 24 + 37.5, recall 0.95 at 6 + 0.05 * 108.
    assertThat(HtmlCurves.render(metrics(new CurvePoint(1, 1, 0.5, 1, 1))))
        .contains("cx=\"61.5\" cy=\"11.4\"", "FPR 0.25 at 95 % TPR");
  }

  @Test
  void drawsTheRegionOverlapUpToAnFprOf30Percent() {
    // From (0.2, 0.6) to (0.4, 1) the line is at 0.8 where the FPR is 0.3.
    String curves =
        HtmlCurves.render(
            metrics(new CurvePoint(2, 0.5, 0.75, 0.2, 0.6), new CurvePoint(1, 1, 0.5, 0.4, 1)));

    assertThat(curves).contains("d=\"M24.0 114.0L124.0 49.2L174.0 27.6\"/>", ">0.15<", ">0.3<");
  }

  @Test
  void drawsNoPointThatIsNotANumber() {
    String curves =
        HtmlCurves.render(
            metrics(
                new CurvePoint(Double.POSITIVE_INFINITY, 0, Double.NaN, 0, Double.NaN),
                new CurvePoint(1, 1, 0.5, 1, Double.NaN)));

    assertThat(curves).doesNotContain("NaN", "Infinity");
  }

  @Test
  void drawsNothingWithoutCurves() {
    assertThat(HtmlCurves.render(metrics())).isEmpty();
  }

  @Test
  void putsTheIntervalOnTheBar() {
    String bar = HtmlBar.of(OptionalMetric.of(0.75), Optional.of(new Interval(0.7, 0.8125)));

    assertThat(bar)
        .contains(
            "width=\"75.00%\"",
            "x1=\"70.00%\" x2=\"81.25%\"", "<title>95 % interval: 0.7 to 0.8125</title>");
  }

  @Test
  void listsTheKindsOfDefect() {
    String table = HtmlDefects.render(SampleMetrics.of(0.75));

    assertThat(table)
        .containsSubsequence(">contamination<", ">21<", ">0.6875<", ">crack<", ">20<", ">0.8125<")
        .contains("title=\"no good image was tested\">–<");
    assertThat(HtmlDefects.render(metrics())).isEmpty();
  }

  @Test
  void escapesTheNameOfADefect() {
    Estimate half = SampleMetrics.known(0.5);
    String table =
        HtmlDefects.render(
            metrics(Map.of("<b>", new DefectMetrics(1, half, half, half, half)), List.of()));

    assertThat(table).contains("&lt;b&gt;").doesNotContain("<b>");
  }

  @Test
  void definesEveryFigureWithFormulaAndSource() {
    String section = HtmlDefinitions.render();

    for (Definition definition : Definitions.byKey().values()) {
      assertThat(section)
          .contains(
              Html.escape(definition.sentence()),
              Html.escape(definition.formula()),
              Html.escape(definition.source()));
    }
  }

  private static CategoryMetrics metrics(CurvePoint... points) {
    return metrics(Map.of(), List.of(points));
  }

  private static CategoryMetrics metrics(
      Map<String, DefectMetrics> byDefect, List<CurvePoint> points) {
    Estimate half = SampleMetrics.known(0.5);
    BestF1 best = new BestF1(SampleMetrics.known(0.6), OptionalDouble.of(2.1));
    return new CategoryMetrics(
        new PixelMetrics(100, 10, half, half, half),
        half,
        half,
        half,
        best,
        SampleMetrics.known(0.25),
        Optional.empty(),
        half,
        half,
        best,
        Optional.empty(),
        byDefect,
        Map.of(),
        new Curves(points),
        false);
  }
}
