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

/** A gelatine capsule of two halves, dark and orange, with white print. */
final class Capsule implements Scene {
  private static final String CRACK = "crack";
  private static final String FAULTY_IMPRINT = "faulty_imprint";
  private static final String SCRATCH = "scratch";
  private static final String SQUEEZE = "squeeze";
  private static final double HALF_LENGTH = 0.41;
  private static final double RADIUS = 0.15;
  private static final Rgb TABLE = Rgb.of(0xe9e9e6);
  private static final Rgb DARK = Rgb.of(0x3a2b2a);
  private static final Rgb ORANGE = Rgb.of(0xd8552a);
  private static final Rgb PRINT = Rgb.of(0xf2eee8);

  @Override
  public String category() {
    return "capsule";
  }

  @Override
  public List<String> defects() {
    return List.of(CRACK, FAULTY_IMPRINT, SCRATCH, SQUEEZE);
  }

  @Override
  public void paint(Canvas canvas, Variation variation, Flaw flaw) {
    Noise table = variation.noise();
    canvas.fill(Ink.lit(TABLE, (x, y) -> 1 + 0.03 * table.fractal(5 * x, 5 * y, 2)));
    canvas.look(variation.view(0.015, 0.05, 0.02));
    Variation place = flaw.variation();
    Shape body = Shape.box(0, 0, HALF_LENGTH, RADIUS, RADIUS);
    if (flaw.is(SQUEEZE)) {
      body = squeezed(body, place);
    }
    body(canvas, body, variation);
    print(canvas, place, flaw.is(FAULTY_IMPRINT));
    gloss(canvas, body, variation);
    double x = place.around(0, 0.24);
    if (flaw.is(CRACK)) {
      crack(canvas, place, body, x);
    } else if (flaw.is(SCRATCH)) {
      Blemish.scratches(canvas, place, body, x, place.around(0.02, 0.05), place.around(0, 0.6));
    }
  }

  private static void body(Canvas canvas, Shape body, Variation variation) {
    canvas.shadow(body, 0.035, 0.5);
    double seam = variation.around(-0.02, 0.01);
    Rgb dark = DARK.varied(variation, 0.05);
    Rgb orange = ORANGE.varied(variation, 0.04);
    Field half = (x, y) -> Numbers.smoothStep(seam - 0.003, seam + 0.003, x);
    Light light = canvas.light();
    canvas.fill(body, light.solid(body, RADIUS, 0, 1, Ink.ramp(dark, orange, half)));
    // The orange cap goes over the dark body: a step at the seam and another line beyond it.
    canvas.fill(band(body, seam, 0.003), 0, 0.6, Ink.flat(Rgb.of(0x1c0e0a)));
    canvas.fill(band(body, seam + 0.007, 0.004), 0.004, 0.5, Ink.flat(Rgb.of(0xf2a07c)));
    canvas.fill(band(body, seam + 0.055, 0.006), 0.012, 0.35, Ink.flat(Rgb.of(0x7c2812)));
  }

  private static Shape band(Shape body, double x, double halfWidth) {
    return body.and(Shape.box(x, 0, halfWidth, RADIUS, 0));
  }

  private static void gloss(Canvas canvas, Shape body, Variation variation) {
    double y = variation.around(-0.082, 0.006);
    Shape streak = Shape.box(0, y, HALF_LENGTH - 0.11, 0.013, 0.013).and(body.grown(-0.025));
    canvas.fill(streak, 0.022, 0.75, Ink.flat(Rgb.WHITE));
    Shape edge = Shape.box(0, 0.118, HALF_LENGTH - 0.14, 0.006, 0.006).and(body.grown(-0.015));
    canvas.fill(edge, 0.016, 0.25, Ink.flat(Rgb.WHITE));
  }

  private static void print(Canvas canvas, Variation place, boolean faulty) {
    Ink white = Ink.flat(PRINT);
    Shape name = Letters.write("NJ", -0.21, 0.025, 0.1, 0.0085);
    Shape dose = Letters.write("500", 0.18, 0.025, 0.1, 0.0085);
    if (!faulty) {
      canvas.fill(name, 0, 0.92, white);
      canvas.fill(dose, 0, 0.92, white);
      return;
    }
    boolean onName = place.chance(0.5);
    canvas.fill(onName ? dose : name, 0, 0.92, white);
    Shape hit = onName ? name : dose;
    double x = onName ? -0.21 : 0.18;
    if (place.chance(0.5)) {
      canvas.fill(hit.moved(place.between(0.02, 0.035), 0.028), 0.012, 0.75, white);
    } else {
      double gapX = x + place.around(0, 0.04);
      canvas.fill(hit.minus(Blemish.blob(place, gapX, 0.03, 0.065)), 0, 0.92, white);
    }
  }

  /** Pressed in from above and below about one place. */
  private static Shape squeezed(Shape body, Variation place) {
    double x = place.around(0, 0.22);
    double above = place.between(0.035, 0.055);
    double below = place.between(0, 0.03);
    Field distance = body.distance();
    return new Shape(
        (px, py) ->
            distance.at(px, py) + (py < 0 ? above : below) * Numbers.hump(px - x, 0.12) * press(py),
        body.left(),
        body.top(),
        body.right(),
        body.bottom());
  }

  private static double press(double y) {
    return Numbers.smoothStep(0, 0.04, Math.abs(y));
  }

  private static void crack(Canvas canvas, Variation place, Shape body, double x) {
    double heading = Math.PI / 2 + place.around(0, 0.4);
    Shape crack = Blemish.crack(place, x, -0.13, heading, place.between(0.2, 0.28), 0.005);
    Shape inside = crack.and(body);
    canvas.fill(inside.moved(0.005, 0.003), 0.006, 0.8, Ink.flat(Rgb.of(0xefc9b4)));
    canvas.fill(inside, Ink.flat(Rgb.of(0x0f0806)));
  }
}
