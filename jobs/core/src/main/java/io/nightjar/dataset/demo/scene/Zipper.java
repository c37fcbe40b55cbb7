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

/** A closed zipper: interlocking metal teeth between two bands of woven fabric. */
final class Zipper implements Scene {
  private static final String BROKEN_TEETH = "broken_teeth";
  private static final String FABRIC_INTERIOR = "fabric_interior";
  private static final String SPLIT_TEETH = "split_teeth";
  private static final double PITCH = 0.058;
  private static final double TAPE = 0.33;
  private static final Rgb CLOTH = Rgb.of(0x44474f);
  private static final Rgb METAL = Rgb.of(0xb39b6a);

  @Override
  public String category() {
    return "zipper";
  }

  @Override
  public List<String> defects() {
    return List.of(BROKEN_TEETH, FABRIC_INTERIOR, SPLIT_TEETH);
  }

  @Override
  public void paint(Canvas canvas, Variation variation, Flaw flaw) {
    canvas.fill(Ink.flat(Rgb.of(0xd9d9d6)));
    canvas.look(variation.view(0.012, 0.015, 0.015));
    Variation place = flaw.variation();
    double y = place.around(0, 0.27);
    double gap = flaw.is(SPLIT_TEETH) ? place.between(0.03, 0.042) : 0;
    Field spread = (px, py) -> gap * Numbers.hump(py - y, 0.2);
    tape(canvas, variation, spread);
    if (flaw.is(FABRIC_INTERIOR)) {
      hole(canvas, place, y);
    }
    double slide = variation.between(0, PITCH);
    int lost = place.below(7) - 3;
    int lostCount = 2 + place.below(2);
    for (int tooth = -11; tooth <= 11; tooth++) {
      for (int side = -1; side <= 1; side += 2) {
        Rgb metal = METAL.varied(variation, 0.07);
        double toothY = tooth * PITCH + slide + (side > 0 ? 0.5 * PITCH : 0);
        boolean broken = flaw.is(BROKEN_TEETH) && tooth >= lost && tooth < lost + lostCount;
        if (broken && side > 0) {
          stump(canvas, toothY, metal);
        } else {
          tooth(canvas, side, toothY, side * spread.at(0, toothY), metal);
        }
      }
    }
  }

  private static void tape(Canvas canvas, Variation variation, Field spread) {
    Noise fibre = variation.noise();
    Rgb cloth = CLOTH.varied(variation, 0.05);
    Field distance = (x, y) -> Math.abs(x) - TAPE - 0.003 * fibre.at(70 * y, 3);
    Shape tape = new Shape(distance, -TAPE - 0.01, -0.8, TAPE + 0.01, 0.8);
    canvas.shadow(tape, 0.015, 0.45);
    // A herringbone of ribs on each side, as on zipper tape.
    Field weave =
        (x, y) -> {
          double away = Math.abs(x);
          double rib = Numbers.wave(26 * away);
          double slant =
              Numbers.wave(
                  34 * y + (Math.floorMod((int) Math.floor(26 * away), 2) == 0 ? 26 : -26) * away);
          return 0.92 + 0.13 * rib + 0.16 * slant + 0.16 * fibre.fractal(120 * x, 120 * y, 2);
        };
    canvas.fill(tape, Ink.lit(cloth, weave));
    for (int side = -1; side <= 1; side += 2) {
      int hand = side;
      Field stitch = (x, y) -> 1.1 + 0.5 * Numbers.wave(1.5 * y / PITCH);
      Shape seam = Shape.box(hand * 0.16, 0, 0.006, 0.8, 0);
      canvas.fill(seam, 0, 0.8, Ink.lit(cloth.times(1.5), stitch));
      // The cord that carries the teeth follows them where they part.
      Field cord = (x, y) -> Math.abs(x - hand * (0.058 + spread.at(x, y))) - 0.022;
      Shape roll = new Shape(cord, -0.14, -0.8, 0.14, 0.8);
      canvas.shadow(roll, 0.006, 0.4);
      canvas.fill(
          roll, canvas.light().solid(roll, 0.02, 0.05, 3, Ink.lit(cloth.times(1.15), weave)));
    }
    Field slit = (x, y) -> Math.abs(x) - 0.03 - spread.at(x, y);
    canvas.fill(new Shape(slit, -0.12, -0.8, 0.12, 0.8), Ink.flat(Rgb.of(0x101114)));
  }

  private static void tooth(Canvas canvas, int side, double y, double shift, Rgb metal) {
    double root = side * 0.078 + shift;
    double head = -side * 0.018 + shift;
    Shape clamp = Shape.box(side * 0.062 + shift, y, 0.024, 0.017, 0.007);
    Shape shank = Shape.line(root, y, head, y, 0.0105);
    Shape knob = Shape.box(head, y, 0.017, 0.0185, 0.009);
    Shape tooth = clamp.or(shank).or(knob);
    canvas.shadow(tooth, 0.006, 0.55);
    canvas.fill(tooth, canvas.light().solid(tooth, 0.012, 0.4, 4, Ink.flat(metal)));
    Shape dimple = Shape.circle(head, y, 0.0055);
    canvas.fill(dimple, 0.005, 0.5, Ink.flat(metal.times(0.45)));
  }

  /** What is left of a broken tooth: its clamp on the cord. */
  private static void stump(Canvas canvas, double y, Rgb metal) {
    Shape stump = Shape.box(0.07, y, 0.012, 0.013, 0.004);
    canvas.fill(stump, canvas.light().solid(stump, 0.008, 0.2, 4, Ink.flat(metal.times(0.6))));
  }

  private static void hole(Canvas canvas, Variation place, double y) {
    double x = (place.chance(0.5) ? 1 : -1) * place.between(0.2, 0.27);
    double radius = place.between(0.035, 0.05);
    Shape tear = Blemish.blob(place, x, y, radius);
    canvas.fill(tear.grown(0.006), 0.01, 0.7, Ink.flat(CLOTH.times(1.6)));
    canvas.fill(tear, Ink.flat(Rgb.of(0xc9c9c6)));
    for (int end = 0; end < 9; end++) {
      double angle = place.angle();
      double fromX = x + radius * StrictMath.cos(angle);
      double fromY = y + radius * StrictMath.sin(angle);
      double[] fibre = Blemish.curve(place, fromX, fromY, angle + Math.PI, 0.9 * radius, 2);
      canvas.fill(Shape.path(0.0026, fibre), Ink.flat(CLOTH.times(place.between(0.7, 1.5))));
    }
  }
}
