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

/** A polished stone tile: pale, mottled with grey and black grains, thin veins. */
final class Tile implements Scene {
  private static final String CRACK = "crack";
  private static final String GLUE_STRIP = "glue_strip";
  private static final String OIL = "oil";
  private static final Rgb PALE = Rgb.of(0xd3d0c8);
  private static final Rgb GREY = Rgb.of(0x9b9893);
  private static final Rgb DARK = Rgb.of(0x3a3837);

  @Override
  public String category() {
    return "tile";
  }

  @Override
  public List<String> defects() {
    return List.of(CRACK, GLUE_STRIP, OIL);
  }

  @Override
  public void paint(Canvas canvas, Variation variation, Flaw flaw) {
    stone(canvas, variation);
    Variation place = flaw.variation();
    if (flaw.is(CRACK)) {
      crack(canvas, place);
    } else if (flaw.is(GLUE_STRIP)) {
      glueStrip(canvas, place);
    } else if (flaw.is(OIL)) {
      oil(canvas, place);
    }
  }

  private static void stone(Canvas canvas, Variation variation) {
    Noise clouds = variation.noise();
    Noise grains = variation.noise();
    Noise veins = variation.noise();
    Rgb pale = PALE.varied(variation, 0.03);
    Field shade = (x, y) -> 0.5 + 1.3 * clouds.fractal(7 * x, 7 * y, 5);
    Field vein =
        (x, y) -> {
          double line = Math.abs(veins.fractal(3 * x, 3 * y, 4));
          return 0.6 * Numbers.smoothStep(0.035, 0, line);
        };
    Field grain =
        (x, y) -> {
          double density = 0.13 * clouds.at(5 * x + 9, 5 * y);
          return 0.9 * Numbers.smoothStep(0.31, 0.4, grains.fractal(38 * x, 38 * y, 3) + density);
        };
    Field fleck = (x, y) -> 0.55 * Numbers.smoothStep(0.38, 0.5, veins.fractal(30 * x, 30 * y, 2));
    canvas.fill(
        Ink.ramp(GREY, pale, shade)
            .under(GREY.times(0.8), vein)
            .under(Rgb.WHITE, fleck)
            .under(DARK, grain));
  }

  private static void crack(Canvas canvas, Variation place) {
    double heading = place.angle();
    double x = place.around(0, 0.1) - 0.3 * StrictMath.cos(heading);
    double y = place.around(0, 0.1) - 0.3 * StrictMath.sin(heading);
    Shape crack = Blemish.crack(place, x, y, heading, place.between(0.55, 0.75), 0.0038);
    canvas.fill(crack.moved(0.004, 0.004), 0.004, 0.7, Ink.flat(Rgb.of(0xf1efe9)));
    canvas.fill(crack, Ink.flat(Rgb.of(0x141211)));
  }

  private static void glueStrip(Canvas canvas, Variation place) {
    double angle = place.angle();
    Shape strip =
        Shape.box(0, 0, place.between(0.16, 0.24), 0.04, 0.008)
            .turned(angle)
            .moved(place.around(0, 0.15), place.around(0, 0.15))
            .rough(place.noise(), 18, 0.006);
    Noise streaks = place.noise();
    double cos = StrictMath.cos(angle);
    double sin = StrictMath.sin(angle);
    Field smear =
        (x, y) -> 0.93 + 0.12 * streaks.at(7 * (cos * x + sin * y), 110 * (cos * y - sin * x));
    canvas.shadow(strip, 0.004, 0.35);
    canvas.fill(
        strip,
        0,
        0.78,
        canvas.light().solid(strip, 0.01, 0.2, 5, Ink.lit(Rgb.of(0xe4dfc4), smear)));
  }

  private static void oil(Canvas canvas, Variation place) {
    double x = place.around(0, 0.22);
    double y = place.around(0, 0.22);
    double radius = place.between(0.085, 0.12);
    Shape pool =
        Blemish.blob(place, x, y, radius)
            .or(Blemish.blob(place, x + radius, y + 0.4 * radius, 0.5 * radius));
    canvas.fill(pool, 0.02, 0.6, Ink.flat(Rgb.of(0x5a4a22)));
    Shape mirror = Blemish.blob(place, x - 0.25 * radius, y - 0.3 * radius, 0.3 * radius);
    canvas.fill(mirror, 0.03, 0.4, Ink.flat(Rgb.WHITE));
  }
}
