package io.nightjar.dataset.demo.canvas;

/**
 * A region of a scene.
 *
 * @param distance signed distance to the outline, negative inside, in scene units
 * @param left the left side of a bounding box, so that painting stays cheap
 */
public record Shape(Field distance, double left, double top, double right, double bottom) {

  /** The whole scene and its surroundings. */
  static final Shape EVERYWHERE = new Shape((x, y) -> -10, -10, -10, 10, 10);

  /** A disc about (x, y). */
  public static Shape circle(double x, double y, double radius) {
    return new Shape(
        (px, py) -> Numbers.length(px - x, py - y) - radius,
        x - radius,
        y - radius,
        x + radius,
        y + radius);
  }

  /** A ring about (x, y), from {@code radius - halfWidth} to {@code radius + halfWidth}. */
  public static Shape ring(double x, double y, double radius, double halfWidth) {
    double outer = radius + halfWidth;
    return new Shape(
        (px, py) -> Math.abs(Numbers.length(px - x, py - y) - radius) - halfWidth,
        x - outer,
        y - outer,
        x + outer,
        y + outer);
  }

  /** An ellipse about (x, y) with axes along x and y. */
  public static Shape ellipse(double x, double y, double radiusX, double radiusY) {
    return new Shape(
        (px, py) -> {
          double u = (px - x) / radiusX;
          double v = (py - y) / radiusY;
          double reach = Numbers.length(u, v);
          double slope = Numbers.length(u / radiusX, v / radiusY);
          return reach < 1e-6 ? -Math.min(radiusX, radiusY) : reach * (reach - 1) / slope;
        },
        x - radiusX,
        y - radiusY,
        x + radiusX,
        y + radiusY);
  }

  /** A box with rounded corners; the half sizes include them. */
  public static Shape box(double x, double y, double halfWidth, double halfHeight, double corner) {
    return new Shape(
        (px, py) -> {
          double across = Math.abs(px - x) - halfWidth + corner;
          double down = Math.abs(py - y) - halfHeight + corner;
          double outside = Numbers.length(Math.max(0, across), Math.max(0, down));
          return outside + Math.min(0, Math.max(across, down)) - corner;
        },
        x - halfWidth,
        y - halfHeight,
        x + halfWidth,
        y + halfHeight);
  }

  /** A straight line with round ends. */
  public static Shape line(double fromX, double fromY, double toX, double toY, double halfWidth) {
    return path(halfWidth, fromX, fromY, toX, toY);
  }

  /** A line of one width through the points x0, y0, x1, y1, ..., with round ends. */
  public static Shape path(double halfWidth, double... points) {
    return around(points, halfWidth, (x, y) -> Outline.toPath(points, x, y) - halfWidth);
  }

  /** The inside of the closed outline through the points x0, y0, x1, y1, ... */
  public static Shape polygon(double... points) {
    return around(points, 0, (x, y) -> Outline.toPolygon(points, x, y));
  }

  private static Shape around(double[] points, double margin, Field distance) {
    double left = Double.MAX_VALUE;
    double top = Double.MAX_VALUE;
    double right = -Double.MAX_VALUE;
    double bottom = -Double.MAX_VALUE;
    for (int i = 0; i < points.length; i += 2) {
      left = Math.min(left, points[i]);
      right = Math.max(right, points[i]);
      top = Math.min(top, points[i + 1]);
      bottom = Math.max(bottom, points[i + 1]);
    }
    return new Shape(distance, left - margin, top - margin, right + margin, bottom + margin);
  }

  /** This shape, larger by a margin on all sides; smaller where it is negative. */
  public Shape grown(double margin) {
    return new Shape(
        (x, y) -> distance.at(x, y) - margin,
        left - margin,
        top - margin,
        right + margin,
        bottom + margin);
  }

  /** This shape shifted by (x, y). */
  public Shape moved(double x, double y) {
    return new Shape(
        (px, py) -> distance.at(px - x, py - y), left + x, top + y, right + x, bottom + y);
  }

  /** This shape turned about its own origin. */
  public Shape turned(double angle) {
    double cos = StrictMath.cos(angle);
    double sin = StrictMath.sin(angle);
    double middleX = (left + right) / 2;
    double middleY = (top + bottom) / 2;
    double halfX = (right - left) / 2;
    double halfY = (bottom - top) / 2;
    double x0 = cos * middleX - sin * middleY;
    double y0 = sin * middleX + cos * middleY;
    double reachX = Math.abs(cos) * halfX + Math.abs(sin) * halfY;
    double reachY = Math.abs(sin) * halfX + Math.abs(cos) * halfY;
    return new Shape(
        (x, y) -> distance.at(cos * x + sin * y, cos * y - sin * x),
        x0 - reachX,
        y0 - reachY,
        x0 + reachX,
        y0 + reachY);
  }

  /** The intersection of the two shapes. */
  public Shape and(Shape other) {
    return new Shape(
        (x, y) -> Math.max(distance.at(x, y), other.distance.at(x, y)),
        Math.max(left, other.left),
        Math.max(top, other.top),
        Math.min(right, other.right),
        Math.min(bottom, other.bottom));
  }

  /** The union of the two shapes. */
  public Shape or(Shape other) {
    return new Shape(
        (x, y) -> Math.min(distance.at(x, y), other.distance.at(x, y)),
        Math.min(left, other.left),
        Math.min(top, other.top),
        Math.max(right, other.right),
        Math.max(bottom, other.bottom));
  }

  /** This shape without the other. */
  public Shape minus(Shape other) {
    return new Shape(
        (x, y) -> Math.max(distance.at(x, y), -other.distance.at(x, y)), left, top, right, bottom);
  }

  /** This shape with an uneven outline. */
  public Shape rough(Noise noise, double frequency, double depth) {
    return new Shape(
        (x, y) -> distance.at(x, y) + depth * noise.at(x * frequency, y * frequency),
        left - depth,
        top - depth,
        right + depth,
        bottom + depth);
  }
}
