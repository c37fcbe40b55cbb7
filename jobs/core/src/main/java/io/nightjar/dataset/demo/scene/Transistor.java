package io.nightjar.dataset.demo.scene;

import io.nightjar.dataset.demo.canvas.Canvas;
import io.nightjar.dataset.demo.canvas.Field;
import io.nightjar.dataset.demo.canvas.Ink;
import io.nightjar.dataset.demo.canvas.Letters;
import io.nightjar.dataset.demo.canvas.Noise;
import io.nightjar.dataset.demo.canvas.Numbers;
import io.nightjar.dataset.demo.canvas.Rgb;
import io.nightjar.dataset.demo.canvas.Shape;
import io.nightjar.dataset.demo.canvas.Variation;
import io.nightjar.dataset.demo.canvas.View;
import io.nightjar.dataset.demo.flaw.Blemish;
import io.nightjar.dataset.demo.flaw.Flaw;
import java.util.List;

/** A transistor in a black case; its three legs go into a perforated copper-striped board. */
final class Transistor implements Scene {
  private static final String BENT_LEAD = "bent_lead";
  private static final String CUT_LEAD = "cut_lead";
  private static final String DAMAGED_CASE = "damaged_case";
  private static final String MISPLACED = "misplaced";
  private static final double PITCH = 0.115;
  private static final double LEG_TOP = 0.02;
  private static final double LEG_END = 0.345;
  private static final Rgb BOARD = Rgb.of(0x9c6a3c);
  private static final Rgb COPPER = Rgb.of(0xc98a5a);
  private static final Rgb TIN = Rgb.of(0xb9bbbe);

  @Override
  public String category() {
    return "transistor";
  }

  @Override
  public List<String> defects() {
    return List.of(BENT_LEAD, CUT_LEAD, DAMAGED_CASE, MISPLACED);
  }

  @Override
  public void paint(Canvas canvas, Variation variation, Flaw flaw) {
    View view = variation.view(0.012, 0.015, 0.015);
    canvas.look(view);
    board(canvas, variation);
    Variation part = new Variation(variation.seed());
    Variation place = flaw.variation();
    if (flaw.is(MISPLACED)) {
      double turn = (place.chance(0.5) ? 1 : -1) * place.between(0.35, 0.9);
      canvas.look(
          new View(
              view.shiftX() + place.around(0, 0.06),
              view.shiftY() + place.around(0, 0.06),
              view.angle() + turn,
              view.scale()));
    }
    int damaged = place.below(3);
    for (int leg = 0; leg < 3; leg++) {
      leg(canvas, leg - 1, leg == damaged ? flaw : new Flaw(Flaw.GOOD, place));
    }
    housing(canvas, part, flaw);
  }

  private static void board(Canvas canvas, Variation variation) {
    Noise grain = variation.noise();
    Field paper = (x, y) -> 1 + 0.1 * grain.fractal(9 * x, 60 * y, 3);
    canvas.fill(Ink.lit(BOARD.varied(variation, 0.04), paper));
    Rgb copper = COPPER.varied(variation, 0.04);
    for (int row = -5; row <= 5; row++) {
      for (int column = -5; column <= 5; column++) {
        double x = column * PITCH;
        double y = row * PITCH;
        Shape pad = Shape.circle(x, y, 0.04);
        canvas.fill(pad, canvas.light().solid(pad, 0.008, 0.15, 4, Ink.lit(copper, paper)));
        canvas.fill(Shape.circle(x, y, 0.0165), 0.004, 1, Ink.flat(Rgb.of(0x1a110a)));
      }
    }
  }

  private static void leg(Canvas canvas, int leg, Flaw flaw) {
    Variation place = flaw.variation();
    double end = LEG_END;
    double aside = 0;
    if (flaw.is(CUT_LEAD)) {
      end = place.between(0.17, 0.23);
    } else if (flaw.is(BENT_LEAD)) {
      aside = (leg > 0 || (leg == 0 && place.chance(0.5)) ? 1 : -1) * place.between(0.05, 0.075);
    }
    // The legs leave the case close together and spread to the pitch of the board.
    double top = leg * 0.08;
    double foot = leg * PITCH;
    double[] line = {
      top,
      LEG_TOP,
      top,
      0.11,
      foot + aside,
      0.2,
      foot + aside,
      Math.min(end, 0.27),
      foot + 1.3 * aside,
      end
    };
    if (flaw.is(CUT_LEAD)) {
      line = new double[] {top, LEG_TOP, top, 0.11, Numbers.mix(top, foot, 0.7), end};
    }
    Shape metal = Shape.path(0.0165, line);
    canvas.shadow(metal, 0.016, 0.5);
    canvas.fill(metal, canvas.light().solid(metal, 0.0165, 0.45, 4, Ink.flat(TIN)));
  }

  private static void housing(Canvas canvas, Variation variation, Flaw flaw) {
    Shape body = Shape.box(0, -0.13, 0.185, 0.165, 0.02);
    Shape tab = Shape.box(0, -0.335, 0.165, 0.08, 0.015);
    canvas.shadow(tab, 0.015, 0.55);
    Noise brushed = variation.noise();
    Field steel = (x, y) -> 1 + 0.08 * brushed.at(8 * x, 120 * y);
    canvas.fill(tab, canvas.light().solid(tab, 0.012, 0.3, 4, Ink.lit(TIN, steel)));
    canvas.fill(Shape.circle(0, -0.345, 0.042), 0.004, 1, Ink.flat(Rgb.of(0x3c2815)));
    Variation place = flaw.variation();
    Shape whole = body;
    if (flaw.is(DAMAGED_CASE)) {
      double x = (place.chance(0.5) ? 1 : -1) * place.between(0.12, 0.19);
      double y = place.between(-0.25, 0.02);
      Shape chip = Blemish.blob(place, x, y, place.between(0.045, 0.065));
      canvas.shadow(body, 0.022, 0.6);
      whole = body.minus(chip);
      Noise fracture = place.noise();
      Field broken = (px, py) -> 1 + 0.5 * fracture.fractal(40 * px, 40 * py, 3);
      canvas.fill(body.and(chip.grown(0.004)), Ink.lit(Rgb.of(0x77756f), broken));
    } else {
      canvas.shadow(body, 0.022, 0.6);
    }
    Noise resin = variation.noise();
    Field matt = (x, y) -> 1 + 0.12 * resin.fractal(70 * x, 70 * y, 2);
    Ink black = Ink.lit(Rgb.of(0x2c2d30), matt);
    canvas.fill(whole, canvas.light().solid(body, 0.03, 0.22, 3, black));
    canvas.fill(
        Letters.write("NJ1", 0, -0.165, 0.055, 0.0048).and(whole),
        0,
        0.7,
        Ink.flat(Rgb.of(0xb9b9b5)));
    canvas.fill(
        Letters.write("2N5", 0, -0.085, 0.055, 0.0048).and(whole),
        0,
        0.7,
        Ink.flat(Rgb.of(0xb9b9b5)));
    canvas.fill(Shape.circle(-0.14, -0.01, 0.014), 0.004, 0.7, Ink.flat(Rgb.of(0x121214)));
  }
}
