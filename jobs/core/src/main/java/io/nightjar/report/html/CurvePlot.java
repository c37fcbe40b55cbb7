package io.nightjar.report.html;

import io.nightjar.metric.result.BestF1;
import io.nightjar.metric.result.CategoryMetrics;
import io.nightjar.metric.result.CurvePoint;
import io.nightjar.report.Numbers;
import io.nightjar.text.Text;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.ToDoubleFunction;

/**
 * A curve of a category as a small drawing.
 *
 * @param caption what is drawn over what
 * @param grid its lines
 * @param ticks its labels
 * @param curve absent where there is no point to draw
 * @param mark a point that is highlighted
 */
public record CurvePlot(
    String caption,
    List<GridLine> grid,
    List<Tick> ticks,
    Optional<Curve> curve,
    Optional<Mark> mark) {

  private static final double PRO_LIMIT = 0.3;
  private static final int LEFT = 24;
  private static final int TOP = 6;
  private static final int WIDTH = 150;
  private static final int HEIGHT = 108;

  /** Points nearer to each other than this, in pixels, look like one. */
  private static final double VISIBLE = 0.5;

  /** A line from one point to another, in pixels. */
  public record GridLine(int x1, int y1, int x2, int y2) {}

  /**
   * A label of an axis.
   *
   * @param anchor the side at which the text is held
   */
  public record Tick(String anchor, int x, int y, String text) {}

  /**
   * The curve and the area under it, each the data of an SVG path. Path data is a language of its
   * own, made of numbers alone; a template would only spread it over loops.
   */
  public record Curve(String area, String line) {}

  /** A dot with a title. */
  public record Mark(String x, String y, String title) {}

  private record Point(double x, double y) {}

  /**
   * Precision over recall, ROC and per-region overlap; none where the category has no curves. A
   * plot is 150 pixels wide from x = 24 and 108 high down from y = 6.
   */
  static List<CurvePlot> of(CategoryMetrics metrics) {
    List<CurvePoint> points = metrics.curves().points();
    return points.isEmpty()
        ? List.of()
        : List.of(precisionRecall(metrics, points), roc(metrics, points), overlap(points));
  }

  private static CurvePlot precisionRecall(CategoryMetrics metrics, List<CurvePoint> points) {
    return plot(
        "Precision over recall",
        1,
        polyline(points, CurvePoint::recall, CurvePoint::precision, new ArrayList<>()),
        bestF1(metrics.pixelBestF1(), points));
  }

  private static Optional<Mark> bestF1(BestF1 best, List<CurvePoint> points) {
    if (best.threshold().isEmpty() || !best.f1().isPresent()) {
      return Optional.empty();
    }
    double threshold = best.threshold().getAsDouble();
    CurvePoint nearest =
        points.stream()
            .filter(p -> Double.isFinite(p.threshold()))
            .min(Comparator.comparingDouble(p -> Math.abs(p.threshold() - threshold)))
            .orElse(points.get(0));
    return Optional.of(
        mark(
            new Point(nearest.recall(), nearest.precision()),
            Text.format("best F1 %s at score %s", best.f1().getAsDouble(), threshold)));
  }

  private static CurvePlot roc(CategoryMetrics metrics, List<CurvePoint> points) {
    Optional<Mark> mark =
        metrics.fprAt95Tpr().isPresent()
            ? Optional.of(
                mark(
                    new Point(metrics.fprAt95Tpr().getAsDouble(), 0.95),
                    Text.format("FPR %s at 95 %% TPR", metrics.fprAt95Tpr().getAsDouble())))
            : Optional.empty();
    return plot(
        "ROC: recall over FPR",
        1,
        polyline(points, CurvePoint::fpr, CurvePoint::recall, origin()),
        mark);
  }

  private static CurvePlot overlap(List<CurvePoint> points) {
    List<Point> line =
        upTo(PRO_LIMIT, polyline(points, CurvePoint::fpr, CurvePoint::pro, origin()));
    return plot("Region overlap over FPR", PRO_LIMIT, line, Optional.empty());
  }

  private static List<Point> origin() {
    return new ArrayList<>(List.of(new Point(0, 0)));
  }

  private static List<Point> polyline(
      List<CurvePoint> points,
      ToDoubleFunction<CurvePoint> x,
      ToDoubleFunction<CurvePoint> y,
      List<Point> line) {
    for (CurvePoint point : points) {
      Point next = new Point(x.applyAsDouble(point), y.applyAsDouble(point));
      if (Double.isFinite(next.x) && Double.isFinite(next.y)) {
        line.add(next);
      }
    }
    return line;
  }

  /** The line as far as x reaches the limit, stretched over 0 to 1. */
  private static List<Point> upTo(double limit, List<Point> line) {
    List<Point> part = new ArrayList<>();
    Point before = null;
    for (Point point : line) {
      if (point.x > limit) {
        double fraction = (limit - before.x) / (point.x - before.x);
        part.add(new Point(1, before.y + fraction * (point.y - before.y)));
        break;
      }
      part.add(new Point(point.x / limit, point.y));
      before = point;
    }
    return part;
  }

  private static CurvePlot plot(
      String caption, double xLimit, List<Point> line, Optional<Mark> mark) {
    List<GridLine> grid = new ArrayList<>();
    for (int i = 0; i <= 4; i++) {
      int x = Math.round(LEFT + WIDTH * i / 4f);
      int y = Math.round(TOP + HEIGHT * i / 4f);
      grid.add(new GridLine(x, TOP, x, TOP + HEIGHT));
      grid.add(new GridLine(LEFT, y, LEFT + WIDTH, y));
    }
    List<Tick> ticks = new ArrayList<>();
    for (int i = 0; i <= 2; i++) {
      ticks.add(new Tick("middle", LEFT + WIDTH * i / 2, TOP + HEIGHT + 15, tick(xLimit * i / 2)));
      ticks.add(new Tick("end", LEFT - 5, TOP + HEIGHT - HEIGHT * i / 2 + 4, tick(i / 2.0)));
    }
    return line.isEmpty()
        ? new CurvePlot(caption, grid, ticks, Optional.empty(), Optional.empty())
        : new CurvePlot(caption, grid, ticks, Optional.of(curve(line)), mark);
  }

  private static Curve curve(List<Point> line) {
    StringBuilder path = new StringBuilder();
    Point drawn = null;
    for (int i = 0; i < line.size(); i++) {
      Point point = line.get(i);
      if (drawn == null || i == line.size() - 1 || distance(drawn, point) >= VISIBLE) {
        path.append(path.isEmpty() ? "M" : "L").append(at(point));
        drawn = point;
      }
    }
    String area =
        path
            + Text.format(
                "L%s L%s Z",
                at(new Point(line.get(line.size() - 1).x, 0)), at(new Point(line.get(0).x, 0)));
    return new Curve(area, path.toString());
  }

  private static double distance(Point a, Point b) {
    return Math.hypot(WIDTH * (a.x - b.x), HEIGHT * (a.y - b.y));
  }

  private static Mark mark(Point point, String title) {
    return new Mark(x(point), y(point), title);
  }

  private static String at(Point point) {
    return x(point) + " " + y(point);
  }

  private static String x(Point point) {
    return Numbers.fixed(LEFT + WIDTH * point.x, 1);
  }

  private static String y(Point point) {
    return Numbers.fixed(TOP + HEIGHT * (1 - point.y), 1);
  }

  private static String tick(double value) {
    return value == Math.rint(value)
        ? Numbers.fixed(value, 0)
        : Numbers.fixed(value, 2).replaceFirst("0$", "");
  }
}
