package io.nightjar.dataset.demo.scene;

import io.nightjar.dataset.demo.canvas.Canvas;
import io.nightjar.dataset.demo.canvas.Field;
import io.nightjar.dataset.demo.canvas.Ink;
import io.nightjar.dataset.demo.canvas.Noise;
import io.nightjar.dataset.demo.canvas.Numbers;
import io.nightjar.dataset.demo.canvas.Rgb;
import io.nightjar.dataset.demo.canvas.Shape;
import io.nightjar.dataset.demo.canvas.Variation;
import io.nightjar.dataset.demo.flaw.Flaw;
import java.util.List;

/** A cable cut across: three insulated conductors of copper strands in a grey sheath. */
final class Cable implements Scene {
  private static final String CUT_INNER_INSULATION = "cut_inner_insulation";
  private static final String MISSING_CABLE = "missing_cable";
  private static final String MISSING_WIRE = "missing_wire";
  private static final double SHEATH = 0.44;
  private static final double FILLING = 0.375;
  private static final double INSULATION = 0.165;
  private static final double COPPER = 0.112;
  private static final double STRAND = 0.0155;
  private static final double[] ANGLES = {-90, 30, 150};
  private static final Rgb[] COLOURS = {Rgb.of(0x5f9a3c), Rgb.of(0x2f62a8), Rgb.of(0x7b4a2d)};
  private static final Rgb RUBBER = Rgb.of(0xb4b2ac);
  private static final Rgb BRIGHT_COPPER = Rgb.of(0xd98a55);

  @Override
  public String category() {
    return "cable";
  }

  @Override
  public List<String> defects() {
    return List.of(CUT_INNER_INSULATION, MISSING_CABLE, MISSING_WIRE);
  }

  @Override
  public void paint(Canvas canvas, Variation variation, Flaw flaw) {
    Noise bench = variation.noise();
    Field dust = (x, y) -> 1 + 0.12 * bench.fractal(8 * x, 8 * y, 4);
    canvas.fill(Ink.lit(Rgb.of(0x4d4843), dust));
    canvas.look(variation.view(0.012, 0.09, 0.015));
    sheath(canvas, variation);
    int damaged = flaw.variation().below(3);
    for (int conductor = 0; conductor < 3; conductor++) {
      double angle = Math.toRadians(ANGLES[conductor] + variation.around(0, 2.5));
      double x = 0.195 * StrictMath.cos(angle);
      double y = 0.195 * StrictMath.sin(angle);
      Rgb colour = COLOURS[conductor].varied(variation, 0.05);
      Variation strands = new Variation(variation.seed());
      boolean hit = conductor == damaged;
      if (hit && flaw.is(MISSING_CABLE)) {
        emptySeat(canvas, x, y);
        continue;
      }
      insulation(canvas, x, y, colour, bench);
      if (hit && flaw.is(CUT_INNER_INSULATION)) {
        cutInsulation(canvas, flaw.variation(), x, y, colour);
      }
      boolean gappy = hit && flaw.is(MISSING_WIRE);
      copper(canvas, strands, x, y, gap(flaw.variation(), x, y, gappy ? 0.045 : 0));
    }
  }

  private static void sheath(Canvas canvas, Variation variation) {
    Noise grain = variation.noise();
    Shape outside = Shape.circle(0, 0, SHEATH).rough(variation.noise(), 9, 0.004);
    canvas.shadow(outside, 0.025, 0.6);
    Field rubber = (x, y) -> 1 + 0.1 * grain.fractal(35 * x, 35 * y, 3);
    Ink cutFace = Ink.lit(RUBBER.varied(variation, 0.03), rubber);
    canvas.fill(outside, canvas.light().solid(outside, 0.02, 0.1, 4, cutFace));
    Field hollow = (x, y) -> 1 + 0.25 * grain.fractal(20 * x, 20 * y, 3);
    canvas.fill(Shape.circle(0, 0, FILLING), 0.008, 1, Ink.lit(Rgb.of(0x23211f), hollow));
    canvas.fill(Shape.circle(0, 0, 0.05), 0.02, 0.8, Ink.lit(Rgb.of(0x8c8a84), rubber));
  }

  private static void insulation(Canvas canvas, double x, double y, Rgb colour, Noise grain) {
    Shape body = Shape.circle(x, y, INSULATION);
    canvas.shadow(body, 0.008, 0.6);
    Field plastic = (px, py) -> 1 + 0.07 * grain.fractal(40 * px, 40 * py, 3);
    canvas.fill(body, canvas.light().solid(body, 0.02, 0.25, 4, Ink.lit(colour, plastic)));
    canvas.fill(Shape.circle(x, y, COPPER + 0.006), 0.01, 0.9, Ink.flat(Rgb.of(0x1c120c)));
  }

  /** Where a conductor lacks strands, away from its middle. */
  private static Shape gap(Variation place, double x, double y, double radius) {
    double towards = place.angle();
    double gapX = x + 0.5 * COPPER * StrictMath.cos(towards);
    double gapY = y + 0.5 * COPPER * StrictMath.sin(towards);
    return Shape.circle(gapX, gapY, radius);
  }

  private static void copper(Canvas canvas, Variation variation, double x, double y, Shape gap) {
    double turn = variation.angle();
    double cos = StrictMath.cos(turn);
    double sin = StrictMath.sin(turn);
    double spacing = 2 * STRAND * 1.02;
    for (int row = -4; row <= 4; row++) {
      for (int column = -4; column <= 4; column++) {
        double u = spacing * (column + 0.5 * Math.floorMod(row, 2)) + variation.around(0, 0.002);
        double v = spacing * 0.866 * row + variation.around(0, 0.002);
        Rgb tone = BRIGHT_COPPER.varied(variation, 0.14);
        double strandX = x + cos * u - sin * v;
        double strandY = y + sin * u + cos * v;
        if (Numbers.length(u, v) < COPPER - 0.6 * STRAND
            && gap.distance().at(strandX, strandY) > 0) {
          strand(canvas, strandX, strandY, tone);
        }
      }
    }
  }

  private static void strand(Canvas canvas, double x, double y, Rgb tone) {
    Shape strand = Shape.circle(x, y, STRAND);
    canvas.fill(strand, canvas.light().solid(strand, 0.8 * STRAND, 0.35, 4, Ink.flat(tone)));
  }

  private static void emptySeat(Canvas canvas, double x, double y) {
    canvas.fill(Shape.circle(x, y, INSULATION), 0.02, 0.45, Ink.flat(Rgb.of(0x0d0c0b)));
  }

  private static void cutInsulation(
      Canvas canvas, Variation place, double x, double y, Rgb colour) {
    double angle = place.angle();
    double spread = place.between(0.3, 0.5);
    double near = COPPER * 0.9;
    double far = INSULATION * 1.06;
    Shape notch =
        Shape.polygon(
                x + near * StrictMath.cos(angle - 0.8 * spread),
                y + near * StrictMath.sin(angle - 0.8 * spread),
                x + far * StrictMath.cos(angle - spread),
                y + far * StrictMath.sin(angle - spread),
                x + 1.1 * far * StrictMath.cos(angle),
                y + 1.1 * far * StrictMath.sin(angle),
                x + far * StrictMath.cos(angle + spread),
                y + far * StrictMath.sin(angle + spread),
                x + near * StrictMath.cos(angle + 0.7 * spread),
                y + near * StrictMath.sin(angle + 0.7 * spread))
            .rough(place.noise(), 50, 0.006);
    Shape body = Shape.circle(x, y, INSULATION);
    canvas.fill(body.and(notch.grown(0.008)), 0, 0.8, Ink.flat(colour.mix(Rgb.WHITE, 0.55)));
    canvas.fill(body.grown(0.002).and(notch), Ink.flat(Rgb.of(0x1a1715)));
  }
}
