package io.nightjar.report.html;

import static org.assertj.core.api.Assertions.assertThat;

import io.nightjar.metric.result.BestF1;
import io.nightjar.metric.result.CategoryMetrics;
import io.nightjar.metric.result.CurvePoint;
import io.nightjar.metric.result.Curves;
import io.nightjar.metric.result.Estimate;
import io.nightjar.metric.result.PixelMetrics;
import io.nightjar.report.SampleMetrics;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;

/** A plot is 150 wide from x = 24 and 108 high down from y = 6. */
class CurvePlotTest {
  private static final int PRECISION_RECALL = 0;
  private static final int ROC = 1;
  private static final int OVERLAP = 2;

  @Test
  void drawsPrecisionOverRecall() {
    // Recall 0.5 is at 24 + 75, precision 0.75 at 6 + 27.
    CurvePlot plot =
        plots(
                new CurvePoint(3, 0, 1, 0, 0),
                new CurvePoint(2, 0.5, 0.75, 0.01, 0.5),
                new CurvePoint(1, 1, 0.5, 1, 1))
            .get(PRECISION_RECALL);

    assertThat(plot.curve().orElseThrow())
        .isEqualTo(
            new CurvePlot.Curve(
                "M24.0 6.0L99.0 33.0L174.0 60.0L174.0 114.0 L24.0 114.0 Z",
                "M24.0 6.0L99.0 33.0L174.0 60.0"));
  }

  @Test
  void marksTheBestF1AtTheNearestPoint() {
    CurvePlot plot =
        plots(
                new CurvePoint(3, 0, 1, 0, 0),
                new CurvePoint(2, 0.5, 0.75, 0.01, 0.5),
                new CurvePoint(1, 1, 0.5, 1, 1))
            .get(PRECISION_RECALL);

    assertThat(plot.mark())
        .contains(new CurvePlot.Mark("99.0", "33.0", "best F1 0.6 at score 2.1"));
  }

  @Test
  void marksTheFprAt95Tpr() {
    // FPR 0.25 is at 24 + 37.5, recall 0.95 at 6 + 0.05 * 108.
    assertThat(plots(new CurvePoint(1, 1, 0.5, 1, 1)).get(ROC).mark())
        .contains(new CurvePlot.Mark("61.5", "11.4", "FPR 0.25 at 95 % TPR"));
  }

  @Test
  void drawsTheRegionOverlapUpToAnFprOf30Percent() {
    // From (0.2, 0.6) to (0.4, 1) the line is at 0.8 where the FPR is 0.3.
    CurvePlot plot =
        plots(new CurvePoint(2, 0.5, 0.75, 0.2, 0.6), new CurvePoint(1, 1, 0.5, 0.4, 1))
            .get(OVERLAP);

    assertThat(plot.curve().orElseThrow().line()).isEqualTo("M24.0 114.0L124.0 49.2L174.0 27.6");
    assertThat(plot.ticks())
        .extracting(CurvePlot.Tick::text)
        .containsExactly("0", "0", "0.15", "0.5", "0.3", "1");
  }

  @Test
  void drawsNoPointThatIsNotANumber() {
    List<CurvePlot> plots =
        plots(
            new CurvePoint(Double.POSITIVE_INFINITY, 0, Double.NaN, 0, Double.NaN),
            new CurvePoint(1, 1, 0.5, 1, Double.NaN));

    assertThat(plots.get(PRECISION_RECALL).curve().orElseThrow().line()).isEqualTo("M174.0 60.0");
    assertThat(plots.get(OVERLAP).curve().orElseThrow().line()).isEqualTo("M24.0 114.0");
  }

  @Test
  void leavesOutAMarkWhereThereIsNoCurve() {
    CurvePlot plot = plots(new CurvePoint(1, 0.5, Double.NaN, 0, 0)).get(PRECISION_RECALL);

    assertThat(plot.curve()).isEmpty();
    assertThat(plot.mark()).isEmpty();
  }

  @Test
  void drawsNothingWithoutCurves() {
    assertThat(plots()).isEmpty();
  }

  private static List<CurvePlot> plots(CurvePoint... points) {
    Estimate half = SampleMetrics.known(0.5);
    BestF1 best = new BestF1(SampleMetrics.known(0.6), OptionalDouble.of(2.1));
    return CurvePlot.of(
        new CategoryMetrics(
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
            Map.of(),
            Map.of(),
            new Curves(List.of(points)),
            false));
  }
}
