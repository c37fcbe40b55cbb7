package io.nightjar.dataset.demo.scene;

import io.nightjar.dataset.demo.canvas.Canvas;
import io.nightjar.dataset.demo.canvas.Field;
import io.nightjar.dataset.demo.canvas.Ink;
import io.nightjar.dataset.demo.canvas.Light;
import io.nightjar.dataset.demo.canvas.Noise;
import io.nightjar.dataset.demo.canvas.Numbers;
import io.nightjar.dataset.demo.canvas.Rgb;
import io.nightjar.dataset.demo.canvas.Shape;
import io.nightjar.dataset.demo.canvas.Variation;
import io.nightjar.dataset.demo.flaw.Blemish;
import io.nightjar.dataset.demo.flaw.Flaw;
import java.util.List;

/** A wood screw from the side, lying at any angle on a bright table. */
final class Screw implements Scene {
  private static final String MANIPULATED_FRONT = "manipulated_front";
  private static final String SCRATCH_HEAD = "scratch_head";
  private static final String THREAD_SIDE = "thread_side";
  private static final double HEAD_END = -0.4;
  private static final double NECK = -0.3;
  private static final double THREAD_START = -0.12;
  private static final double TAPER = 0.28;
  private static final double TIP = 0.41;
  private static final double SHANK = 0.036;
  private static final double PITCH = 0.043;
  private static final double RIDGE = 0.019;
  private static final Rgb STEEL = Rgb.of(0x8b8a86);

  @Override
  public String category() {
    return "screw";
  }

  @Override
  public List<String> defects() {
    return List.of(MANIPULATED_FRONT, SCRATCH_HEAD, THREAD_SIDE);
  }

  @Override
  public void paint(Canvas canvas, Variation variation, Flaw flaw) {
    Noise table = variation.noise();
    canvas.fill(Ink.lit(Rgb.of(0xcfd0cd), (x, y) -> 1 + 0.02 * table.fractal(4 * x, 4 * y, 3)));
    canvas.look(variation.view(0.02, Math.PI, 0.02));
    Wear wear = Wear.of(flaw);
    double phase = variation.between(0, 1);
    Shape outline = outline(phase, wear);
    canvas.shadow(outline, 0.022, 0.5);
    Noise scale = variation.noise();
    canvas.fill(outline, metal(canvas.light(), phase, wear, scale, STEEL.varied(variation, 0.05)));
    head(canvas);
    if (flaw.is(SCRATCH_HEAD)) {
      Variation place = flaw.variation();
      double x = place.between(-0.385, -0.35);
      double y = place.around(0, 0.03);
      Blemish.scratches(canvas, place, outline, x, y, place.angle());
    }
  }

  /**
   * The damage to thread and tip.
   *
   * @param from where the ridges are worn off, to {@code to}; empty where they are whole
   * @param side 1 or -1: the flank on which they are
   * @param tip how much of the tip is missing
   * @param lean how far the tip is bent aside
   */
  private record Wear(double from, double to, double side, double tip, double lean) {
    static Wear of(Flaw flaw) {
      Variation place = flaw.variation();
      double side = place.chance(0.5) ? 1 : -1;
      double from = place.between(-0.05, 0.12);
      double to = flaw.is(THREAD_SIDE) ? from + place.between(0.07, 0.12) : from;
      boolean front = flaw.is(MANIPULATED_FRONT);
      double tip = front ? place.between(0.03, 0.06) : 0;
      double lean = front ? side * place.between(0.03, 0.05) : 0;
      return new Wear(from, to, side, tip, lean);
    }

    double worn(double x, double y) {
      return x > from && x < to && y * side > 0 ? 1 : 0;
    }

    double middle(double x) {
      double bend = Math.max(0, (x - TAPER) / (TIP - TAPER));
      return lean * bend * bend;
    }
  }

  private static double ridge(double turns) {
    double part = turns - Math.floor(turns);
    return 1 - Math.abs(2 * part - 1);
  }

  /** Half the thickness at x on the flank of y. */
  private static double radius(double x, double y, double phase, Wear wear) {
    if (x < NECK) {
      double cone = (NECK - x) / (NECK - HEAD_END);
      return Math.min(0.112, SHANK + 0.105 * cone);
    }
    if (x < THREAD_START) {
      return SHANK;
    }
    double taper = 1 - Numbers.clamp((x - TAPER) / (TIP - TAPER));
    double core = 0.8 * SHANK * Math.min(1, taper + 0.04);
    double height = RIDGE * Math.min(1, 1.6 * taper) * Numbers.clamp((x - THREAD_START) / 0.03);
    double turns = x / PITCH + phase + (y > 0 ? 0.5 : 0);
    double worn = wear.worn(x, y);
    double crest = Math.max(0, 1.5 * ridge(turns) - 0.5);
    return core + height * crest * (1 - worn) - 0.006 * worn;
  }

  private static Shape outline(double phase, Wear wear) {
    double end = TIP - wear.tip();
    Field distance =
        (x, y) -> {
          double off = y - wear.middle(x);
          double flank = 0.8 * (Math.abs(off) - radius(x, off, phase, wear));
          return Math.max(flank, Math.max(HEAD_END - x, x - end));
        };
    return new Shape(distance, HEAD_END, -0.14, TIP, 0.14);
  }

  private static Ink metal(Light light, double phase, Wear wear, Noise scale, Rgb steel) {
    return (x, y, rgb) -> {
      double off = y - wear.middle(x);
      double thickness = Math.max(0.004, radius(x, off, phase, wear));
      double normalY = Math.max(-0.97, Math.min(0.97, off / thickness));
      double normalX = 0;
      double tone = 1;
      if (x < NECK) {
        normalX = 0.45;
      } else if (x > THREAD_START) {
        // The helix crosses the front at a slant, half a turn from flank to flank.
        double across = Math.max(-1, Math.min(1, off / (SHANK + RIDGE)));
        double turns = x / PITCH + phase + 0.25 + 0.25 * across;
        double crest = (1 - wear.worn(x, off)) * (ridge(turns + 0.13) - ridge(turns - 0.13));
        normalX = -1.7 * crest;
        tone = 0.62 + 0.5 * ridge(turns);
      }
      double rest = Math.sqrt(Math.max(0.05, 1 - normalY * normalY));
      double norm = Math.sqrt(normalX * normalX + normalY * normalY + rest * rest);
      Ink.set(rgb, steel.times(tone * (1 + 0.12 * scale.fractal(30 * x, 70 * y, 3))));
      light.illuminate(normalX / norm, normalY / norm, rest / norm, 0.75, 3, rgb);
    };
  }

  private static void head(Canvas canvas) {
    Shape rim = Shape.box(HEAD_END + 0.008, 0, 0.012, 0.115, 0.006);
    Field round = (x, y) -> 1.15 - 5 * Math.abs(y + 0.03);
    canvas.fill(rim, canvas.light().solid(rim, 0.008, 0.4, 4, Ink.lit(STEEL, round)));
  }
}
