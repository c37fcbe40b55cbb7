package io.nightjar.dataset.demo.scene;

import io.nightjar.dataset.demo.canvas.Canvas;
import io.nightjar.dataset.demo.canvas.Field;
import io.nightjar.dataset.demo.canvas.Ink;
import io.nightjar.dataset.demo.canvas.Noise;
import io.nightjar.dataset.demo.canvas.Numbers;
import io.nightjar.dataset.demo.canvas.Rgb;
import io.nightjar.dataset.demo.canvas.Shape;
import io.nightjar.dataset.demo.canvas.Variation;
import io.nightjar.dataset.demo.flaw.Blemish;
import io.nightjar.dataset.demo.flaw.Flaw;
import java.util.List;

/** A bottle of brown glass from above: rings of rim, thread and neck about the dark inside. */
final class Bottle implements Scene {
  private static final String BROKEN_LARGE = "broken_large";
  private static final String BROKEN_SMALL = "broken_small";
  private static final String CONTAMINATION = "contamination";
  private static final double OUTER = 0.44;
  private static final double RIM = 0.34;
  private static final double MOUTH = 0.215;
  private static final Rgb TABLE = Rgb.of(0xfafcfa);
  private static final Rgb GLASS = Rgb.of(0x25242e);
  private static final Rgb AMBER = Rgb.of(0xc0713c);

  @Override
  public String category() {
    return "bottle";
  }

  @Override
  public List<String> defects() {
    return List.of(BROKEN_LARGE, BROKEN_SMALL, CONTAMINATION);
  }

  @Override
  public void paint(Canvas canvas, Variation variation, Flaw flaw) {
    canvas.fill(Ink.flat(TABLE));
    canvas.look(variation.view(0.012, 0.0, 0.015));
    glass(canvas, variation);
    Variation place = flaw.variation();
    if (flaw.is(BROKEN_LARGE)) {
      shatter(canvas, place, place.between(0.9, 1.5));
    } else if (flaw.is(BROKEN_SMALL)) {
      shatter(canvas, place, place.between(0.25, 0.4));
    } else if (flaw.is(CONTAMINATION)) {
      contamination(canvas, place);
    }
  }

  private static void glass(Canvas canvas, Variation variation) {
    Noise streaks = variation.noise();
    canvas.fill(Shape.circle(0, 0, OUTER), 0.03, 1, Ink.flat(GLASS));
    ring(canvas, 0.395, 0.022, 0.04, Rgb.of(0x7d7076), 0.75, streaks);
    ring(canvas, 0.362, 0.008, 0.02, Rgb.of(0x55505b), 0.8, streaks);
    // The rim: an amber line of light, broken where the neck's thread ends.
    double start = variation.angle();
    Shape amber = Shape.ring(0, 0, RIM, 0.009);
    Field glow = arc(start, 0.36);
    Field streak = (x, y) -> glow.at(x, y) * (0.75 + 0.6 * streaks.at(40 * x, 40 * y));
    canvas.fill(amber, 0.006, 1, Ink.ramp(Rgb.of(0x5a4236), AMBER, streak));
    ring(canvas, 0.325, 0.003, 0.006, Rgb.of(0x8d8b98), 0.6, streaks);
    ring(canvas, 0.295, 0.02, 0.01, Rgb.of(0x343541), 1, streaks);
    ring(canvas, 0.272, 0.003, 0.006, Rgb.of(0x6c7078), 0.7, streaks);
    Field rough = (x, y) -> 0.7 + 0.9 * streaks.fractal(45 * x, 45 * y, 3);
    canvas.fill(Shape.ring(0, 0, 0.245, 0.024), 0.008, 1, Ink.lit(Rgb.of(0x39433f), rough));
    Field depth = (x, y) -> 1 - 3.2 * Numbers.length(x, y);
    canvas.fill(Shape.circle(0, 0, MOUTH), Ink.ramp(Rgb.of(0x191823), Rgb.of(0x35323b), depth));
    canvas.fill(Shape.ring(0, 0, MOUTH, 0.0025), 0, 0.7, Ink.flat(Rgb.of(0x7a4a33)));
    reflection(canvas, start + 0.9, 0.31, 0.16);
    reflection(canvas, start + 3.6, 0.283, 0.1);
    reflection(canvas, start + 2.2, 0.4, 0.35);
  }

  private static void ring(
      Canvas canvas,
      double radius,
      double halfWidth,
      double softness,
      Rgb colour,
      double opacity,
      Noise streaks) {
    Field unevenness = (x, y) -> 1 + 0.15 * streaks.at(6 * x, 6 * y);
    canvas.fill(
        Shape.ring(0, 0, radius, halfWidth), softness, opacity, Ink.lit(colour, unevenness));
  }

  /** A lamp's image in the glass: a short bright arc. */
  private static void reflection(Canvas canvas, double angle, double radius, double spread) {
    Shape arc =
        Shape.path(0.0035, arcPoints(0, 0, radius, angle - spread / 2, angle + spread / 2, 12));
    canvas.fill(arc.grown(0.004), 0.012, 0.45, Ink.flat(Rgb.of(0xb6b8be)));
    canvas.fill(arc, 0.004, 0.8, Ink.flat(Rgb.WHITE));
  }

  private static double[] arcPoints(
      double x, double y, double radius, double from, double to, int steps) {
    double[] points = new double[2 * steps + 2];
    for (int i = 0; i <= steps; i++) {
      double angle = Numbers.mix(from, to, (double) i / steps);
      points[2 * i] = x + radius * StrictMath.cos(angle);
      points[2 * i + 1] = y + radius * StrictMath.sin(angle);
    }
    return points;
  }

  /** 1 towards the given direction, fading round the circle down to the given floor. */
  private static Field arc(double direction, double floor) {
    double cos = StrictMath.cos(direction);
    double sin = StrictMath.sin(direction);
    return (x, y) -> {
      double facing = (cos * x + sin * y) / Math.max(1e-6, Numbers.length(x, y));
      return Numbers.mix(floor, 1, Numbers.smoothStep(-0.7, 0.5, facing));
    };
  }

  /** A piece of the rim is gone: facets of fresh glass between the mouth and the thread. */
  private static void shatter(Canvas canvas, Variation place, double spread) {
    double from = place.angle();
    int facets = spread > 0.6 ? 8 : 3;
    double depth = spread > 0.6 ? 0.135 : place.between(0.08, 0.11);
    Noise ripple = place.noise();
    double[] near = corner(from, MOUTH);
    double[] far = corner(from, MOUTH + 0.35 * depth);
    for (int i = 1; i <= facets; i++) {
      boolean end = i == facets;
      double angle = from + spread * (i + (end ? 0 : place.around(0, 0.3))) / facets;
      double[] nextNear = corner(angle, MOUTH - (end ? 0 : place.between(0.004, 0.024)));
      double reach = (end ? 0.35 : 1) * depth * place.between(0.55, 1.1);
      double[] nextFar = corner(angle, MOUTH + reach);
      double brightness = place.between(0.34, 0.78);
      // Glass breaks in shells: fine waves over each facet.
      double waves = place.between(20, 34);
      Field shell =
          (x, y) -> {
            double wave = Numbers.wave(waves * (x - y) + 2 * ripple.at(7 * x, 7 * y));
            return 1 + 0.16 * wave + 0.8 * ripple.fractal(16 * x, 16 * y, 4);
          };
      Shape facet =
          Shape.polygon(
              near[0], near[1], far[0], far[1], nextFar[0], nextFar[1], nextNear[0], nextNear[1]);
      canvas.fill(facet, Ink.lit(Rgb.of(0xcfccd4).times(brightness), shell));
      Shape edge = Shape.line(far[0], far[1], nextFar[0], nextFar[1], 0.0028);
      canvas.fill(edge, 0, 0.85, Ink.flat(Rgb.of(0xe8e6ea).times(place.between(0.4, 1))));
      near = nextNear;
      far = nextFar;
    }
  }

  private static double[] corner(double angle, double radius) {
    return new double[] {radius * StrictMath.cos(angle), radius * StrictMath.sin(angle)};
  }

  private static void contamination(Canvas canvas, Variation place) {
    double angle = place.angle();
    double reach = place.between(0.05, 0.15);
    double x = reach * StrictMath.cos(angle);
    double y = reach * StrictMath.sin(angle);
    Noise fluff = place.noise();
    Shape blob = Blemish.blob(place, x, y, place.between(0.04, 0.065));
    Field cotton = (px, py) -> 0.8 + 0.45 * fluff.fractal(60 * px, 60 * py, 3);
    canvas.fill(blob, 0.012, 0.85, Ink.lit(Rgb.of(0xb9b3a4), cotton));
    double[] fibre = Blemish.curve(place, x, y, place.angle(), 0.16, 2.5);
    canvas.fill(Shape.path(0.0028, fibre), 0, 0.9, Ink.flat(Rgb.of(0xd8d2c4)));
  }
}
