package io.nightjar.dataset.demo.canvas;

/** Distances to lines of points x0, y0, x1, y1, ... */
public final class Outline {
  private Outline() {}

  /** Distance to an open path. */
  public static double toPath(double[] points, double x, double y) {
    double nearest = Double.MAX_VALUE;
    for (int i = 0; i + 3 < points.length; i += 2) {
      nearest = Math.min(nearest, squareToSegment(points, i, i + 2, x, y));
    }
    return Math.sqrt(nearest);
  }

  static double toPolygon(double[] points, double x, double y) {
    double nearest = Double.MAX_VALUE;
    boolean inside = false;
    int previous = points.length - 2;
    for (int i = 0; i < points.length; i += 2) {
      nearest = Math.min(nearest, squareToSegment(points, previous, i, x, y));
      double y0 = points[previous + 1];
      double y1 = points[i + 1];
      if ((y0 > y) != (y1 > y)
          && x < points[i] + (points[previous] - points[i]) * (y - y1) / (y0 - y1)) {
        inside = !inside;
      }
      previous = i;
    }
    return inside ? -Math.sqrt(nearest) : Math.sqrt(nearest);
  }

  /** Distance to the piece of the path that starts with the point at index {@code from}. */
  public static double toSegment(double[] points, int from, double x, double y) {
    return Math.sqrt(squareToSegment(points, from, from + 2, x, y));
  }

  private static double squareToSegment(double[] points, int from, int to, double x, double y) {
    double alongX = points[to] - points[from];
    double alongY = points[to + 1] - points[from + 1];
    double offsetX = x - points[from];
    double offsetY = y - points[from + 1];
    double square = alongX * alongX + alongY * alongY;
    double t = square == 0 ? 0 : Numbers.clamp((offsetX * alongX + offsetY * alongY) / square);
    double across = offsetX - t * alongX;
    double down = offsetY - t * alongY;
    return across * across + down * down;
  }
}
