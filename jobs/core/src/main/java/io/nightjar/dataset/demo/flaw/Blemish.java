package io.nightjar.dataset.demo.flaw;

import io.nightjar.dataset.demo.canvas.Canvas;
import io.nightjar.dataset.demo.canvas.Field;
import io.nightjar.dataset.demo.canvas.Ink;
import io.nightjar.dataset.demo.canvas.Noise;
import io.nightjar.dataset.demo.canvas.Numbers;
import io.nightjar.dataset.demo.canvas.Outline;
import io.nightjar.dataset.demo.canvas.Rgb;
import io.nightjar.dataset.demo.canvas.Shape;
import io.nightjar.dataset.demo.canvas.Variation;

/** Shapes of damage and dirt that occur on many kinds of object. */
public final class Blemish {
  private Blemish() {}

  /** A roundish spot with an uneven outline. */
  public static Shape blob(Variation variation, double x, double y, double radius) {
    Noise outline = variation.noise();
    double stretch = variation.between(0.8, 1.25);
    double turn = variation.angle();
    Field distance =
        (px, py) -> {
          double reach = Math.max(1e-9, Numbers.length(px, py));
          double bulge = outline.fractal(2 * px / reach + 9, 2 * py / reach + 9, 3);
          return reach - radius * (1 + 0.45 * bulge);
        };
    double widest = 1.45 * radius;
    Field stretched = (px, py) -> distance.at(px / stretch, py * stretch);
    double box = widest * Math.max(stretch, 1 / stretch);
    return new Shape(stretched, -box, -box, box, box).turned(turn).moved(x, y);
  }

  /** A smooth line that wanders: points x0, y0, x1, y1, ... from (x, y) on. */
  public static double[] curve(
      Variation variation, double x, double y, double heading, double length, double wander) {
    int steps = 24;
    double[] points = new double[2 * steps + 2];
    points[0] = x;
    points[1] = y;
    double direction = heading;
    double bend = variation.around(0, wander / steps);
    for (int step = 1; step <= steps; step++) {
      bend += variation.around(0, wander / steps / 2);
      direction += bend;
      points[2 * step] = points[2 * step - 2] + StrictMath.cos(direction) * length / steps;
      points[2 * step + 1] = points[2 * step - 1] + StrictMath.sin(direction) * length / steps;
    }
    return points;
  }

  /** A line with sharp turns, as in brittle material. */
  static double[] jagged(Variation variation, double x, double y, double heading, double length) {
    int steps = 9;
    double[] points = new double[2 * steps + 2];
    points[0] = x;
    points[1] = y;
    for (int step = 1; step <= steps; step++) {
      double direction = heading + variation.around(0, 0.75);
      double stride = length / steps * variation.between(0.6, 1.4);
      points[2 * step] = points[2 * step - 2] + StrictMath.cos(direction) * stride;
      points[2 * step + 1] = points[2 * step - 1] + StrictMath.sin(direction) * stride;
    }
    return points;
  }

  /** A jagged crack, wide at its middle, with two finer branches. */
  public static Shape crack(
      Variation variation, double x, double y, double heading, double length, double halfWidth) {
    double[] backbone = jagged(variation, x, y, heading, length);
    Shape crack = Shape.path(halfWidth, backbone);
    for (int branch = 0; branch < 2; branch++) {
      int joint = 2 * (3 + 3 * branch);
      double away = heading + (branch == 0 ? 1 : -1) * variation.between(0.5, 1.1);
      double[] twig = jagged(variation, backbone[joint], backbone[joint + 1], away, 0.4 * length);
      crack = crack.or(Shape.path(0.6 * halfWidth, twig));
    }
    return crack.rough(variation.noise(), 1 / (5 * halfWidth), 0.4 * halfWidth);
  }

  /** A loose thread on the object, with its shadow. */
  public static void thread(Canvas canvas, double[] points, double halfWidth, Rgb colour) {
    Shape thread = Shape.path(halfWidth, points);
    canvas.shadow(thread, 1.2 * halfWidth, 0.5);
    Field twist = (x, y) -> 0.88 + 0.12 * Numbers.wave((x + 1.7 * y) / (3 * halfWidth));
    canvas.fill(thread, canvas.light().solid(thread, halfWidth, 0.05, 4, Ink.lit(colour, twist)));
  }

  /** A splinter of bright metal, with its shadow. */
  public static void metalFlake(
      Canvas canvas, Variation variation, double x, double y, double radius) {
    double[] corners = new double[12];
    double start = variation.angle();
    for (int corner = 0; corner < 6; corner++) {
      double angle = start + Numbers.TURN * (corner + variation.around(0, 0.3)) / 6;
      double reach = radius * variation.between(0.45, 1.25);
      corners[2 * corner] = x + reach * StrictMath.cos(angle);
      corners[2 * corner + 1] = y + reach * StrictMath.sin(angle);
    }
    Shape flake = Shape.polygon(corners);
    canvas.shadow(flake, 0.2 * radius, 0.6);
    Noise facets = variation.noise();
    Field shine = (px, py) -> 0.75 + 0.5 * facets.at(px * 1.6 / radius, py * 1.6 / radius);
    Ink metal = Ink.lit(Rgb.of(0xc4c8ce), shine);
    canvas.fill(flake, canvas.light().solid(flake, 0.35 * radius, 0.25, 4, metal));
  }

  /** A slit along the points, widest in the middle and tapering to both ends. */
  public static Shape gash(double[] points, double halfWidth) {
    Shape gash = Shape.path(0, points).grown(halfWidth);
    int last = points.length - 2;
    Field distance =
        (x, y) -> {
          double nearest = Double.MAX_VALUE;
          for (int i = 0; i < last; i += 2) {
            double along = 2.0 * i / (last - 2) - 1;
            double width = halfWidth * (1 - along * along);
            nearest = Math.min(nearest, Outline.toSegment(points, i, x, y) - width);
          }
          return nearest;
        };
    return new Shape(distance, gash.left(), gash.top(), gash.right(), gash.bottom());
  }

  /** A fan of scratches on the given body: fine bright lines with a dark side. */
  public static void scratches(
      Canvas canvas, Variation variation, Shape body, double x, double y, double heading) {
    double length = variation.between(0.13, 0.19);
    int count = 2 + variation.below(2);
    for (int i = 0; i < count; i++) {
      double startX = x + variation.around(0, 0.12 * length);
      double startY = y + variation.around(0, 0.12 * length);
      double reach = length * variation.between(0.6, 1);
      double direction = heading + variation.around(0, 0.15);
      double[] line = curve(variation, startX, startY, direction, reach, 0.35);
      Shape scratch = Shape.path(Math.max(0.0028, 0.75 * canvas.pixel()), line);
      canvas.fill(scratch.moved(0.0035, 0.0035).and(body), 0, 0.6, Ink.flat(Rgb.grey(0.1)));
      canvas.fill(scratch.and(body), 0, 0.9, Ink.flat(Rgb.grey(0.95)));
    }
  }
}
