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

/** A steel nut with four wings and a threaded hole, from above. */
final class MetalNut implements Scene {
  private static final String BENT = "bent";
  private static final String COLOR = "color";
  private static final String SCRATCH = "scratch";
  private static final double BODY = 0.3;
  private static final double HOLE = 0.135;
  private static final Rgb STEEL = Rgb.of(0xa3a39f);

  @Override
  public String category() {
    return "metal_nut";
  }

  @Override
  public List<String> defects() {
    return List.of(BENT, COLOR, SCRATCH);
  }

  @Override
  public void paint(Canvas canvas, Variation variation, Flaw flaw) {
    Noise felt = variation.noise();
    canvas.fill(Ink.lit(Rgb.of(0x191b1e), (x, y) -> 1 + 0.3 * felt.fractal(60 * x, 60 * y, 2)));
    canvas.look(variation.view(0.015, Math.PI, 0.02));
    Noise steel = variation.noise();
    Rgb tone = STEEL.varied(variation, 0.04);
    Variation place = flaw.variation();
    int bent = flaw.is(BENT) ? place.below(4) : -1;
    for (int wing = 0; wing < 4; wing++) {
      wing(canvas, wing, wing == bent, tone, steel, place);
    }
    body(canvas, tone, steel);
    thread(canvas, tone);
    double angle = place.angle();
    double x = 0.215 * StrictMath.cos(angle);
    double y = 0.215 * StrictMath.sin(angle);
    if (flaw.is(COLOR)) {
      Rgb paint = place.chance(0.5) ? Rgb.of(0x9a3b1c) : Rgb.of(0x2a55a0);
      Shape smear =
          Blemish.blob(place, x, y, place.between(0.05, 0.075))
              .and(Shape.circle(0, 0, BODY))
              .minus(Shape.circle(0, 0, HOLE));
      canvas.fill(smear, 0.015, 0.6, Ink.flat(paint));
    } else if (flaw.is(SCRATCH)) {
      double tangent = angle + Math.PI / 2 + place.around(0, 0.6);
      Blemish.scratches(canvas, place, Shape.ring(0, 0, 0.215, 0.08), x, y, tangent);
    }
  }

  private static void wing(
      Canvas canvas, int wing, boolean bent, Rgb tone, Noise steel, Variation place) {
    double angle = Math.PI / 2 * wing + (bent ? place.between(0.22, 0.35) : 0);
    double reach = bent ? 0.375 : 0.425;
    Shape lobe =
        Shape.polygon(
                0.2,
                -0.13,
                reach - 0.03,
                -0.085,
                reach,
                -0.06,
                reach,
                0.06,
                reach - 0.03,
                0.085,
                0.2,
                0.13)
            .grown(0.01)
            .turned(angle);
    canvas.shadow(lobe, 0.02, 0.7);
    double shade = bent ? 0.62 : 0.92;
    Field brushed = (x, y) -> shade * (1 + 0.12 * steel.fractal(90 * x, 12 * y, 2));
    Ink metal = Ink.lit(tone, brushed);
    canvas.fill(lobe, canvas.light().solid(lobe, 0.035, 0.35, 4, metal));
    if (bent) {
      Shape crease = Shape.line(0.31, -0.1, 0.3, 0.1, 0.006).turned(angle);
      canvas.fill(crease, 0.012, 0.8, Ink.flat(Rgb.of(0xf0f0ec)));
    }
  }

  private static void body(Canvas canvas, Rgb tone, Noise steel) {
    Shape disc = Shape.circle(0, 0, BODY);
    canvas.shadow(disc, 0.008, 0.55);
    Light light = canvas.light();
    // Turned on a lathe: concentric grooves, and the two bright fans that they reflect.
    Ink face =
        (x, y, rgb) -> {
          double radius = Numbers.length(x, y);
          double groove = steel.at(130 * radius, 0.5) + 0.5 * steel.at(60 * radius, 9);
          double facing = (x * light.x() + y * light.y()) / Math.max(1e-6, radius);
          double fan = Numbers.squared(facing, 2);
          Ink.set(rgb, tone);
          double blotch = steel.fractal(7 * x, 7 * y, 3);
          double bright = 0.82 + 0.06 * groove + 0.4 * fan + 0.08 * blotch;
          for (int part = 0; part < 3; part++) {
            rgb[part] *= bright;
          }
        };
    canvas.fill(disc, light.solid(disc, 0.03, 0.3, 4, face));
    canvas.fill(Shape.ring(0, 0, 0.185, 0.003), 0.006, 0.45, Ink.flat(Rgb.of(0x33343a)));
  }

  private static void thread(Canvas canvas, Rgb tone) {
    Shape hole = Shape.circle(0, 0, HOLE);
    canvas.fill(hole.grown(0.012), 0.008, 0.75, Ink.flat(tone.times(1.2)));
    canvas.fill(hole, Ink.flat(Rgb.of(0x2b2c2f)));
    for (int turn = 0; turn < 3; turn++) {
      double radius = HOLE - 0.008 - 0.014 * turn;
      Light light = canvas.light();
      Field lit =
          (x, y) -> {
            double facing = (x * light.x() + y * light.y()) / Math.max(1e-6, Numbers.length(x, y));
            return 0.55 - 0.45 * facing;
          };
      double fade = 1 - 0.22 * turn;
      Shape ridge = Shape.ring(0.003 * turn, 0.002 * turn, radius, 0.0035);
      canvas.fill(ridge, 0.006, fade, Ink.lit(tone, lit));
    }
    canvas.fill(Shape.circle(0.006, 0.004, HOLE - 0.05), 0.008, 1, Ink.flat(Rgb.of(0x0d0e10)));
  }
}
