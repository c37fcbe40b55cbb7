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
import io.nightjar.dataset.demo.canvas.View;
import io.nightjar.dataset.demo.flaw.Blemish;
import io.nightjar.dataset.demo.flaw.Flaw;
import java.util.List;

/** A hazelnut on black: striped shell that runs to a tip, pale rough hilum at the base. */
final class Hazelnut implements Scene {
  private static final String CRACK = "crack";
  private static final String HOLE = "hole";
  private static final String PRINT = "print";
  private static final double RADIUS = 0.36;
  private static final Rgb SHELL = Rgb.of(0xa9673a);
  private static final Rgb STRIPE = Rgb.of(0x5c3219);
  private static final Rgb HILUM = Rgb.of(0xc9a57c);

  @Override
  public String category() {
    return "hazelnut";
  }

  @Override
  public List<String> defects() {
    return List.of(CRACK, HOLE, PRINT);
  }

  @Override
  public void paint(Canvas canvas, Variation variation, Flaw flaw) {
    canvas.fill(Ink.flat(Rgb.of(0x121212)));
    canvas.look(
        new View(
            variation.around(0, 0.02),
            variation.around(0, 0.02),
            variation.angle(),
            variation.around(1, 0.05)));
    Shape shell = outline(variation);
    shell(canvas, shell, variation);
    Variation place = flaw.variation();
    double x = place.around(0, 0.14);
    double y = place.between(-0.18, 0.08);
    if (flaw.is(CRACK)) {
      crack(canvas, place, shell);
    } else if (flaw.is(HOLE)) {
      hole(canvas, place, x, y);
    } else if (flaw.is(PRINT)) {
      Shape text =
          Letters.write(place.chance(0.5) ? "H7" : "B2", 0, 0, 0.11, 0.009)
              .turned(place.angle())
              .moved(x, y);
      canvas.fill(text, 0, 0.85, Ink.flat(Rgb.of(0xdedbd2)));
    }
  }

  /** Round below, drawn out to a blunt tip above. */
  private static Shape outline(Variation variation) {
    double plump = variation.around(0.97, 0.04);
    double tip = variation.between(0.03, 0.06);
    Field distance =
        (x, y) -> {
          double pull = y < 0 ? 1 + 0.35 * (y / RADIUS) * (y / RADIUS) * Math.abs(y) : 1;
          double reach = Numbers.length(x * pull / plump, y > 0 ? 1.08 * y : y * (1 - tip));
          return (reach - RADIUS) * 0.95;
        };
    double reach = RADIUS * 1.08;
    return new Shape(distance, -reach, -reach, reach, reach);
  }

  private static void shell(Canvas canvas, Shape shell, Variation variation) {
    Noise stripes = variation.noise();
    Noise fuzz = variation.noise();
    double lean = variation.around(0, 0.08);
    Rgb bright = SHELL.varied(variation, 0.06);
    // Meridians: lines of constant longitude of a ball whose pole is the tip.
    Field longitude =
        (x, y) -> {
          double latitude = Math.sqrt(Math.max(0.03, 1 - 0.93 * y * y / (RADIUS * RADIUS)));
          return (x - lean * y) / (RADIUS * latitude);
        };
    Field tone =
        (x, y) -> {
          double along = longitude.at(x, y);
          // Towards the limb the stripes crowd together, as on a ball.
          double wide = along * (1 + 0.5 * along * along);
          double band = stripes.at(9 * wide, 1.3 * y) + 0.6 * stripes.at(24 * wide + 31, 2 * y);
          return 0.62 + 0.42 * band + 0.22 * fuzz.fractal(14 * x, 14 * y, 4);
        };
    Light light = canvas.light();
    Ink striped = Ink.ramp(STRIPE, bright, tone);
    canvas.fill(shell, light.solid(shell, 0.9 * RADIUS, 0.16, 4, striped));
    hilum(canvas, shell, variation, fuzz);
    Shape tip = Shape.circle(lean * -0.3, -RADIUS * 0.93, 0.03).and(shell);
    canvas.fill(tip, 0.05, 0.9, Ink.flat(Rgb.of(0xc9b394)));
  }

  private static void hilum(Canvas canvas, Shape shell, Variation variation, Noise fuzz) {
    Shape scar =
        Shape.ellipse(variation.around(0, 0.01), 0.275, variation.between(0.19, 0.22), 0.11)
            .rough(fuzz, 26, 0.012)
            .and(shell.grown(-0.004));
    Field rough = (x, y) -> 0.82 + 0.5 * fuzz.fractal(45 * x, 45 * y, 3);
    canvas.fill(scar.grown(0.006), 0.012, 0.5, Ink.flat(STRIPE.times(0.6)));
    canvas.fill(
        scar, 0.008, 0.95, canvas.light().solid(shell, 0.5 * RADIUS, 0, 1, Ink.lit(HILUM, rough)));
  }

  private static void crack(Canvas canvas, Variation place, Shape shell) {
    double x = place.around(0, 0.1);
    double heading = Math.PI / 2 + place.around(0, 0.5);
    Shape crack =
        Blemish.crack(place, x, -0.26, heading, place.between(0.3, 0.42), 0.009)
            .and(shell.grown(-0.01));
    canvas.fill(crack.moved(0.006, 0.006), 0.008, 0.85, Ink.flat(Rgb.of(0xe6cda6)));
    canvas.fill(crack, Ink.flat(Rgb.of(0x160b05)));
  }

  private static void hole(Canvas canvas, Variation place, double x, double y) {
    double radius = place.between(0.024, 0.036);
    Shape hole = Shape.circle(x, y, radius).rough(place.noise(), 60, 0.004);
    canvas.fill(hole.grown(0.009), 0.008, 0.8, Ink.flat(Rgb.of(0xdcbb8e)));
    canvas.fill(hole, Ink.flat(Rgb.of(0x0e0704)));
  }
}
