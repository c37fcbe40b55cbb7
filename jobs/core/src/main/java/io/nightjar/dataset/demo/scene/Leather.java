package io.nightjar.dataset.demo.scene;

import io.nightjar.dataset.demo.canvas.Canvas;
import io.nightjar.dataset.demo.canvas.Field;
import io.nightjar.dataset.demo.canvas.Ink;
import io.nightjar.dataset.demo.canvas.Noise;
import io.nightjar.dataset.demo.canvas.Numbers;
import io.nightjar.dataset.demo.canvas.Outline;
import io.nightjar.dataset.demo.canvas.Rgb;
import io.nightjar.dataset.demo.canvas.Shape;
import io.nightjar.dataset.demo.canvas.Variation;
import io.nightjar.dataset.demo.flaw.Blemish;
import io.nightjar.dataset.demo.flaw.Flaw;
import java.util.List;

/** Grained brown leather: cells of grain, creases between them, pores. */
final class Leather implements Scene {
  private static final String COLOR = "color";
  private static final String CUT = "cut";
  private static final String FOLD = "fold";
  private static final String POKE = "poke";
  private static final Rgb HIDE = Rgb.of(0x7d4a2c);
  private static final Rgb DEEP = Rgb.of(0x4a2616);
  private static final Rgb FLESH = Rgb.of(0xc9a27c);

  @Override
  public String category() {
    return "leather";
  }

  @Override
  public List<String> defects() {
    return List.of(COLOR, CUT, FOLD, POKE);
  }

  @Override
  public void paint(Canvas canvas, Variation variation, Flaw flaw) {
    Noise grain = variation.noise();
    Noise warp = variation.noise();
    Noise mottle = variation.noise();
    Rgb hide = HIDE.varied(variation, 0.05);
    Rgb deep = DEEP.varied(variation, 0.05);
    Variation place = flaw.variation();
    double x0 = place.around(0, 0.25);
    double y0 = place.around(0, 0.25);
    Field ridge = flaw.is(FOLD) ? fold(place, x0, y0) : (x, y) -> 0;

    Field cells =
        (x, y) -> {
          double u = 34 * x + 0.9 * warp.at(9 * x, 9 * y);
          double v = 34 * y + 0.9 * warp.at(9 * x, 9 * y + 50);
          return Numbers.smoothStep(0, 0.4, grain.cellBorder(u, v));
        };
    Field height =
        (x, y) ->
            0.0048 * cells.at(x, y)
                + 0.004 * mottle.fractal(14 * x, 14 * y, 3)
                + 0.05 * ridge.at(x, y);
    Field tone =
        (x, y) -> {
          double pore = Numbers.smoothStep(0.16, 0.05, grain.nearestSpot(42 * x, 42 * y, 0.3));
          double cell = cells.at(x, y);
          return 0.28 + 0.62 * cell + 0.25 * mottle.fractal(5 * x, 5 * y, 3) - 0.6 * pore;
        };
    canvas.fill(canvas.light().relief(height, 0.1, 4, Ink.ramp(deep, hide, tone)));

    if (flaw.is(COLOR)) {
      Rgb dye = place.chance(0.5) ? Rgb.of(0x2b4fa0) : Rgb.of(0xb02a25);
      Shape blob = Blemish.blob(place, x0, y0, place.between(0.065, 0.1));
      canvas.fill(blob, 0.02, 0.55, Ink.flat(dye));
    } else if (flaw.is(CUT)) {
      cut(canvas, place, x0, y0);
    } else if (flaw.is(POKE)) {
      for (int hole = 0; hole < 2; hole++) {
        poke(canvas, place, x0 + 0.1 * hole, y0 + place.around(0, 0.08));
      }
    }
  }

  /** A ridge across part of the hide: 1 on its crest, with a steep far side. */
  private static Field fold(Variation place, double x, double y) {
    double heading = place.angle();
    double[] crest = Blemish.curve(place, x, y, heading, place.between(0.35, 0.5), 0.8);
    double middleX = crest[crest.length / 4 * 2];
    double middleY = crest[crest.length / 4 * 2 + 1];
    double reach = 0.28;
    return (px, py) -> {
      double ends = Numbers.hump(Numbers.length(px - middleX, py - middleY), reach);
      return ends == 0
          ? 0
          : Math.min(1, 2.5 * ends) * Numbers.hump(Outline.toPath(crest, px, py), 0.028);
    };
  }

  private static void cut(Canvas canvas, Variation place, double x, double y) {
    double[] line = Blemish.curve(place, x, y, place.angle(), place.between(0.24, 0.36), 0.4);
    Shape slit = Blemish.gash(line, 0.01).rough(place.noise(), 45, 0.003);
    canvas.fill(slit.grown(0.009), 0.012, 0.85, Ink.flat(FLESH));
    canvas.fill(slit, Ink.flat(Rgb.of(0x1b0d07)));
  }

  private static void poke(Canvas canvas, Variation place, double x, double y) {
    double radius = place.between(0.018, 0.025);
    Shape dent = Blemish.blob(place, x, y, radius);
    canvas.fill(dent.grown(0.012), 0.02, 0.5, Ink.flat(DEEP.times(0.6)));
    canvas.fill(dent.moved(0.005, 0.005).grown(0.002), 0.004, 0.8, Ink.flat(FLESH));
    canvas.fill(dent, Ink.flat(Rgb.of(0x150a05)));
  }
}
