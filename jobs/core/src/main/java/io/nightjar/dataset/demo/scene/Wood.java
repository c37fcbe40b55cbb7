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

/** A planed board: growth rings cut lengthwise, fine grain and pores. */
final class Wood implements Scene {
  private static final String HOLE = "hole";
  private static final String LIQUID = "liquid";
  private static final String SCRATCH = "scratch";
  private static final Rgb EARLY = Rgb.of(0xc08a55);
  private static final Rgb LATE = Rgb.of(0x7f4d2a);
  private static final Rgb PORE = Rgb.of(0x40230f);

  @Override
  public String category() {
    return "wood";
  }

  @Override
  public List<String> defects() {
    return List.of(HOLE, LIQUID, SCRATCH);
  }

  @Override
  public void paint(Canvas canvas, Variation variation, Flaw flaw) {
    board(canvas, variation);
    Variation place = flaw.variation();
    double x = place.around(0, 0.27);
    double y = place.around(0, 0.27);
    if (flaw.is(HOLE)) {
      hole(canvas, place, x, y);
    } else if (flaw.is(LIQUID)) {
      Shape pool =
          Blemish.blob(place, x, y, place.between(0.05, 0.08))
              .or(Blemish.blob(place, x + 0.02, y + 0.11, 0.035));
      canvas.fill(pool, 0.008, 0.55, Ink.flat(Rgb.of(0x3a1c0c)));
      canvas.fill(pool.grown(-0.012), 0.02, 0.2, Ink.flat(Rgb.of(0x8a5a34)));
    } else if (flaw.is(SCRATCH)) {
      scratch(canvas, place, x, y);
    }
  }

  private static void board(Canvas canvas, Variation variation) {
    Noise bend = variation.noise();
    Noise fibre = variation.noise();
    Noise pores = variation.noise();
    double heart = variation.around(0, 0.25);
    double tilt = variation.around(0, 0.5);
    Rgb early = EARLY.varied(variation, 0.05);
    Rgb late = LATE.varied(variation, 0.05);
    // The board cuts the tree's cone of growth rings at a slant: arches about the heart line.
    Field rings =
        (x, y) -> {
          double across = x - heart + 0.035 * bend.fractal(3 * x, 1.2 * y, 3);
          double depth = 0.16 + 0.2 * (y + tilt);
          double radius = Numbers.length(across, 0.45 * depth);
          double turns = 19 * radius + 0.5 * bend.at(9 * x, 2 * y);
          double part = turns - Math.floor(turns);
          return 1 - Numbers.smoothStep(0.25, 0.9, part) * Numbers.smoothStep(1, 0.93, part);
        };
    Field tone =
        (x, y) -> {
          double fine = fibre.at(150 * x, 6 * y) + 0.5 * fibre.at(60 * x, 3 * y);
          return 0.12 + 0.78 * rings.at(x, y) + 0.13 * fine;
        };
    Field pore =
        (x, y) -> {
          double u = 110 * (x + 0.004 * bend.at(4 * x, 4 * y));
          double spot = pores.nearestSpot(u, 13 * y, 0.34);
          return 0.75 * Numbers.smoothStep(0.3, 0.12, spot);
        };
    canvas.fill(Ink.ramp(late, early, tone).under(PORE, pore));
  }

  private static void hole(Canvas canvas, Variation place, double x, double y) {
    double radius = place.between(0.028, 0.045);
    Shape rim = Shape.circle(x, y, radius).rough(place.noise(), 70, 0.004);
    canvas.fill(rim.grown(0.006), 0.01, 0.6, Ink.flat(Rgb.of(0xd9b184)));
    Field depth = (px, py) -> Numbers.clamp(0.35 + (px - x + py - y) / (2.2 * radius));
    canvas.fill(rim, Ink.ramp(Rgb.of(0x140a05), Rgb.of(0x6b4526), depth));
  }

  private static void scratch(Canvas canvas, Variation place, double x, double y) {
    double heading = place.angle();
    int count = 2 + place.below(3);
    for (int i = 0; i < count; i++) {
      double startX = x + place.around(0, 0.05);
      double startY = y + place.around(0, 0.05);
      double[] line =
          Blemish.curve(
              place,
              startX,
              startY,
              heading + place.around(0, 0.12),
              place.between(0.2, 0.34),
              0.3);
      Shape groove = Shape.path(0.0032, line);
      canvas.fill(groove.moved(0.004, 0.004), 0, 0.6, Ink.flat(PORE));
      canvas.fill(groove, 0, 0.9, Ink.flat(Rgb.of(0xe6c79d)));
    }
  }
}
