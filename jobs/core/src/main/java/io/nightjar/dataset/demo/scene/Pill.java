package io.nightjar.dataset.demo.scene;

import io.nightjar.dataset.demo.canvas.Canvas;
import io.nightjar.dataset.demo.canvas.Field;
import io.nightjar.dataset.demo.canvas.Ink;
import io.nightjar.dataset.demo.canvas.Letters;
import io.nightjar.dataset.demo.canvas.Light;
import io.nightjar.dataset.demo.canvas.Noise;
import io.nightjar.dataset.demo.canvas.Numbers;
import io.nightjar.dataset.demo.canvas.Rgb;
import io.nightjar.dataset.demo.canvas.Shape;
import io.nightjar.dataset.demo.canvas.Variation;
import io.nightjar.dataset.demo.flaw.Blemish;
import io.nightjar.dataset.demo.flaw.Flaw;
import java.util.List;

/** A white oval tablet with red speckles and embossed letters. */
final class Pill implements Scene {
  private static final String COLOR = "color";
  private static final String CONTAMINATION = "contamination";
  private static final String CRACK = "crack";
  private static final double HALF_LENGTH = 0.4;
  private static final double HALF_HEIGHT = 0.21;
  private static final Rgb COATING = Rgb.of(0xd9d7d1);

  @Override
  public String category() {
    return "pill";
  }

  @Override
  public List<String> defects() {
    return List.of(COLOR, CONTAMINATION, CRACK);
  }

  @Override
  public void paint(Canvas canvas, Variation variation, Flaw flaw) {
    Noise cloth = variation.noise();
    canvas.fill(Ink.lit(Rgb.of(0x17191d), (x, y) -> 1 + 0.2 * cloth.fractal(50 * x, 50 * y, 2)));
    canvas.look(variation.view(0.015, 0.04, 0.02));
    Variation place = flaw.variation();
    Shape tablet = tablet();
    Shape broken = flaw.is(CRACK) ? chipped(tablet, place) : tablet;
    tablet(canvas, tablet, broken, variation);
    double x = place.around(0, 0.24);
    double y = place.around(0, 0.1);
    if (flaw.is(COLOR)) {
      Rgb dye = List.of(Rgb.of(0xd8b13a), Rgb.of(0xb5344a), Rgb.of(0x7c9a4a)).get(place.below(3));
      Shape spot = Blemish.blob(place, x, y, place.between(0.035, 0.06)).and(tablet);
      canvas.fill(spot, 0.02, 0.6, Ink.flat(dye));
    } else if (flaw.is(CONTAMINATION)) {
      double[] hair = Blemish.curve(place, x, y, place.angle(), place.between(0.14, 0.22), 4);
      Blemish.thread(canvas, hair, 0.0042, Rgb.of(0x3a3331));
    } else if (flaw.is(CRACK)) {
      double startX = place.around(0, 0.16);
      double heading = Math.PI / 2 + place.around(0, 0.5);
      Shape crack = Blemish.crack(place, startX, -0.18, heading, place.between(0.24, 0.34), 0.004);
      canvas.fill(crack.and(tablet), 0, 0.9, Ink.flat(Rgb.of(0x55504a)));
    }
  }

  private static Shape tablet() {
    return Shape.ellipse(0, 0, HALF_LENGTH, HALF_HEIGHT);
  }

  private static void tablet(Canvas canvas, Shape whole, Shape broken, Variation variation) {
    canvas.shadow(broken, 0.025, 0.7);
    Noise powder = variation.noise();
    Noise speckles = variation.noise();
    Rgb coating = COATING.varied(variation, 0.02);
    Field chalk = (x, y) -> 1 + 0.035 * powder.fractal(40 * x, 40 * y, 3);
    Field red =
        (x, y) -> {
          double coarse = Numbers.smoothStep(0.3, 0.16, speckles.nearestSpot(20 * x, 20 * y, 0.2));
          double fine = Numbers.smoothStep(0.3, 0.14, powder.nearestSpot(42 * x, 42 * y, 0.13));
          return 0.75 * Math.max(coarse, 0.7 * fine);
        };
    Ink surface = Ink.lit(coating, chalk).under(Rgb.of(0xb0343a), red);
    Light light = canvas.light();
    canvas.fill(whole.and(broken), light.solid(whole, 0.13, 0.06, 3, surface));
    // A line about the edge, as the press leaves it.
    Field edge = (x, y) -> Math.abs(whole.distance().at(x, y) + 0.028) - 0.002;
    Shape rim = new Shape(edge, whole.left(), whole.top(), whole.right(), whole.bottom());
    canvas.fill(rim.and(broken), 0.006, 0.25, Ink.flat(Rgb.of(0x6d6a66)));
    emboss(canvas, Letters.write("FF", 0, 0, 0.15, 0.011).and(broken));
  }

  private static void emboss(Canvas canvas, Shape letters) {
    Light light = canvas.light();
    double shift = 0.006;
    canvas.fill(
        letters.moved(-light.x() * shift, -light.y() * shift), 0.006, 0.75, Ink.flat(Rgb.WHITE));
    canvas.fill(
        letters.moved(light.x() * shift, light.y() * shift),
        0.006,
        0.45,
        Ink.flat(Rgb.of(0x5b5853)));
    canvas.fill(letters.grown(-0.004), 0.004, 0.75, Ink.flat(COATING.times(0.84)));
  }

  /** A piece broken out of the edge. */
  private static Shape chipped(Shape tablet, Variation place) {
    double angle = place.angle();
    double x = 0.97 * HALF_LENGTH * StrictMath.cos(angle);
    double y = 0.97 * HALF_HEIGHT * StrictMath.sin(angle);
    return tablet.minus(Blemish.blob(place, x, y, place.between(0.04, 0.06)));
  }
}
