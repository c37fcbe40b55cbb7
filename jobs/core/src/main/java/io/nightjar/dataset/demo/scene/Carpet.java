package io.nightjar.dataset.demo.scene;

import io.nightjar.dataset.demo.canvas.Canvas;
import io.nightjar.dataset.demo.canvas.Ink;
import io.nightjar.dataset.demo.canvas.Noise;
import io.nightjar.dataset.demo.canvas.Numbers;
import io.nightjar.dataset.demo.canvas.Rgb;
import io.nightjar.dataset.demo.canvas.Shape;
import io.nightjar.dataset.demo.canvas.Variation;
import io.nightjar.dataset.demo.flaw.Blemish;
import io.nightjar.dataset.demo.flaw.Flaw;
import java.util.List;

/** A woven carpet: two sets of woollen threads, over and under each other. */
final class Carpet implements Scene {
  private static final String COLOR = "color";
  private static final String CUT = "cut";
  private static final String HOLE = "hole";
  private static final String METAL_CONTAMINATION = "metal_contamination";
  private static final String THREAD = "thread";
  private static final double THREADS = 44;
  private static final Rgb WARP = Rgb.of(0x8d8378);
  private static final Rgb WEFT = Rgb.of(0xb9ad9c);
  private static final Rgb FLECK = Rgb.of(0x5d5a5c);
  private static final Rgb BACKING = Rgb.of(0x231d19);

  @Override
  public String category() {
    return "carpet";
  }

  @Override
  public List<String> defects() {
    return List.of(COLOR, CUT, HOLE, METAL_CONTAMINATION, THREAD);
  }

  @Override
  public void paint(Canvas canvas, Variation variation, Flaw flaw) {
    canvas.look(variation.view(0.02, 0.03, 0.03));
    canvas.fill(weave(variation));
    Variation place = flaw.variation();
    double x = place.around(0, 0.3);
    double y = place.around(0, 0.3);
    if (flaw.is(COLOR)) {
      stain(canvas, place, x, y);
    } else if (flaw.is(CUT)) {
      cut(canvas, place, x, y);
    } else if (flaw.is(HOLE)) {
      hole(canvas, place, x, y);
    } else if (flaw.is(METAL_CONTAMINATION)) {
      Blemish.metalFlake(canvas, place, x, y, place.between(0.035, 0.05));
    } else if (flaw.is(THREAD)) {
      double[] line = Blemish.curve(place, x, y, place.angle(), place.between(0.3, 0.5), 2.5);
      Rgb colour = place.chance(0.5) ? Rgb.of(0xd8d2c8) : Rgb.of(0x7e2f35);
      Blemish.thread(canvas, line, 0.006, colour);
    }
  }

  private static Ink weave(Variation variation) {
    Noise sway = variation.noise();
    Noise wool = variation.noise();
    Noise dye = variation.noise();
    Rgb warp = WARP.varied(variation, 0.04);
    Rgb weft = WEFT.varied(variation, 0.04);
    return (x, y, rgb) -> {
      double u = THREADS * x + 0.35 * sway.at(6 * x, 6 * y);
      double v = THREADS * y + 0.35 * sway.at(6 * x + 40, 6 * y);
      int column = (int) Math.floor(u);
      int line = (int) Math.floor(v);
      double across = 2 * (u - column) - 1;
      double down = 2 * (v - line) - 1;
      // A twill: each weft thread passes over two warp threads and under two.
      boolean weftOnTop = Math.floorMod(column + line, 4) < 2;
      double width = weftOnTop ? down : across;
      double tone = dye.point(weftOnTop ? line : 1000 + column, weftOnTop ? 7 : 11);
      double fibre =
          wool.at(weftOnTop ? 90 * x + 160 * y : 220 * x, weftOnTop ? 220 * y : 160 * x + 90 * y);
      double bulge = Math.sqrt(1 - 0.8 * width * width);
      double brightness = (0.42 + 0.6 * bulge) * (0.92 + 0.16 * tone) * (1 + 0.14 * fibre);
      brightness *= 1 + 0.06 * wool.fractal(4 * x, 4 * y, 3);
      Ink.set(rgb, weftOnTop ? weft : warp);
      if (dye.point(column, 3 * line) < 0.06) {
        Ink.blend(rgb, FLECK, 0.55);
      }
      for (int part = 0; part < 3; part++) {
        rgb[part] *= brightness;
      }
    };
  }

  private static void stain(Canvas canvas, Variation place, double x, double y) {
    Rgb dye = List.of(Rgb.of(0x8c1f4e), Rgb.of(0x1f4f8c), Rgb.of(0x6d7a18)).get(place.below(3));
    Shape blob = Blemish.blob(place, x, y, place.between(0.075, 0.115));
    canvas.fill(blob, 0.03, 0.5, Ink.flat(dye));
  }

  private static void cut(Canvas canvas, Variation place, double x, double y) {
    double[] line = Blemish.curve(place, x, y, place.angle(), place.between(0.24, 0.38), 0.5);
    Shape slit = Blemish.gash(line, 0.011).rough(place.noise(), 60, 0.004);
    canvas.fill(slit.moved(0.006, 0.006), 0.01, 0.6, Ink.flat(WEFT.times(1.2)));
    canvas.fill(slit, Ink.flat(BACKING));
  }

  private static void hole(Canvas canvas, Variation place, double x, double y) {
    double radius = place.between(0.06, 0.085);
    Shape hole = Blemish.blob(place, x, y, radius);
    Noise dust = place.noise();
    canvas.fill(hole.grown(0.012), 0.02, 0.45, Ink.flat(Rgb.BLACK));
    canvas.fill(hole, Ink.lit(BACKING, (px, py) -> 1.1 + 0.5 * dust.fractal(90 * px, 90 * py, 2)));
    for (int fray = 0; fray < 12; fray++) {
      double angle = Numbers.TURN * (fray + place.between(0, 0.8)) / 12;
      double startX = x + 1.05 * radius * StrictMath.cos(angle);
      double startY = y + 1.05 * radius * StrictMath.sin(angle);
      double inward = angle + Math.PI + place.around(0, 0.7);
      double[] fibre = Blemish.curve(place, startX, startY, inward, 0.55 * radius, 1.5);
      canvas.fill(Shape.path(0.0028, fibre), Ink.flat(WEFT.times(place.between(0.6, 0.95))));
    }
  }
}
