package io.nightjar.report.html;

import io.nightjar.metric.result.BestF1;
import io.nightjar.metric.result.CategoryMetrics;
import io.nightjar.metric.result.CurvePoint;
import io.nightjar.report.Numbers;
import io.nightjar.text.Text;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.ToDoubleFunction;

/** A category's precision-recall, ROC and per-region overlap curves as small drawings. */
final class HtmlCurves {
  private static final double PRO_LIMIT = 0.3;
  private static final int LEFT = 24;
  private static final int TOP = 6;
  private static final int WIDTH = 150;
  private static final int HEIGHT = 108;

  /** Points nearer to each other than this, in pixels, look like one. */
  private static final double VISIBLE = 0.5;

  private final List<CurvePoint> points;
  private final CategoryMetrics metrics;

  private HtmlCurves(CategoryMetrics metrics) {
    this.metrics = metrics;
    this.points = metrics.curves().points();
  }

  /** The drawings, or nothing where the category has no curves. */
  static String render(CategoryMetrics metrics) {
    if (metrics.curves().points().isEmpty()) {
      return "";
    }
    HtmlCurves curves = new HtmlCurves(metrics);
    return "<div class=\"curves\">\n"
        + curves.precisionRecall()
        + curves.roc()
        + curves.overlap()
        + "</div>\n";
  }

  private record Point(double x, double y) {}

  private String precisionRecall() {
    return figure(
        "Precision over recall",
        1,
        polyline(CurvePoint::recall, CurvePoint::precision, new ArrayList<>()),
        bestF1(metrics.pixelBestF1()));
  }

  private String bestF1(BestF1 best) {
    if (best.threshold().isEmpty() || !best.f1().isPresent()) {
      return "";
    }
    double threshold = best.threshold().getAsDouble();
    CurvePoint nearest =
        points.stream()
            .filter(p -> Double.isFinite(p.threshold()))
            .min(Comparator.comparingDouble(p -> Math.abs(p.threshold() - threshold)))
            .orElse(points.get(0));
    return dot(
        new Point(nearest.recall(), nearest.precision()),
        Text.format("best F1 %s at score %s", best.f1().getAsDouble(), threshold));
  }

  private String roc() {
    String mark =
        metrics.fprAt95Tpr().isPresent()
            ? dot(
                new Point(metrics.fprAt95Tpr().getAsDouble(), 0.95),
                Text.format("FPR %s at 95 %% TPR", metrics.fprAt95Tpr().getAsDouble()))
            : "";
    return figure(
        "ROC: recall over FPR", 1, polyline(CurvePoint::fpr, CurvePoint::recall, origin()), mark);
  }

  private String overlap() {
    List<Point> line = upTo(PRO_LIMIT, polyline(CurvePoint::fpr, CurvePoint::pro, origin()));
    return figure("Region overlap over FPR", PRO_LIMIT, line, "");
  }

  private static List<Point> origin() {
    return new ArrayList<>(List.of(new Point(0, 0)));
  }

  private List<Point> polyline(
      ToDoubleFunction<CurvePoint> x, ToDoubleFunction<CurvePoint> y, List<Point> line) {
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
        double share = (limit - before.x) / (point.x - before.x);
        part.add(new Point(1, before.y + share * (point.y - before.y)));
        break;
      }
      part.add(new Point(point.x / limit, point.y));
      before = point;
    }
    return part;
  }

  private static String figure(String caption, double xLimit, List<Point> line, String mark) {
    StringBuilder svg = new StringBuilder();
    for (int i = 0; i <= 4; i++) {
      int x = Math.round(LEFT + WIDTH * i / 4f);
      int y = Math.round(TOP + HEIGHT * i / 4f);
      svg.append(line(x, TOP, x, TOP + HEIGHT)).append(line(LEFT, y, LEFT + WIDTH, y));
    }
    for (int i = 0; i <= 2; i++) {
      svg.append(text("middle", LEFT + WIDTH * i / 2, TOP + HEIGHT + 15, tick(xLimit * i / 2)));
      svg.append(text("end", LEFT - 5, TOP + HEIGHT - HEIGHT * i / 2 + 4, tick(i / 2.0)));
    }
    if (!line.isEmpty()) {
      svg.append(curve(line)).append(mark);
    }
    return Text.format(
        """
        <figure><figcaption>%1$s</figcaption><svg class="curve" viewBox="0 0 180 132" role="img" aria-label="%1$s">%2$s</svg></figure>
        """,
        Html.escape(caption), svg);
  }

  private static String curve(List<Point> line) {
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
    return Text.format(
        "<path class=\"area\" d=\"%s\"/><path class=\"line\" d=\"%s\"/>", area, path);
  }

  private static double distance(Point a, Point b) {
    return Math.hypot(WIDTH * (a.x - b.x), HEIGHT * (a.y - b.y));
  }

  private static String dot(Point point, String title) {
    String[] place = at(point).split(" ", 2);
    return Text.format(
        "<circle class=\"ours\" cx=\"%s\" cy=\"%s\" r=\"3.2\"><title>%s</title></circle>",
        place[0], place[1], Html.escape(title));
  }

  private static String at(Point point) {
    return Numbers.fixed(LEFT + WIDTH * point.x, 1)
        + " "
        + Numbers.fixed(TOP + HEIGHT * (1 - point.y), 1);
  }

  private static String line(int x1, int y1, int x2, int y2) {
    return Text.format(
        "<line class=\"grid\" x1=\"%s\" y1=\"%s\" x2=\"%s\" y2=\"%s\"/>", x1, y1, x2, y2);
  }

  private static String text(String anchor, int x, int y, String text) {
    return Text.format("<text text-anchor=\"%s\" x=\"%s\" y=\"%s\">%s</text>", anchor, x, y, text);
  }

  private static String tick(double value) {
    return value == Math.rint(value)
        ? Numbers.fixed(value, 0)
        : Numbers.fixed(value, 2).replaceFirst("0$", "");
  }
}
