package io.nightjar.dataset.demo.scene;

import io.nightjar.dataset.demo.canvas.Canvas;
import io.nightjar.dataset.demo.canvas.Field;
import io.nightjar.dataset.demo.canvas.Ink;
import io.nightjar.dataset.demo.canvas.Noise;
import io.nightjar.dataset.demo.canvas.Rgb;
import io.nightjar.dataset.demo.canvas.Shape;
import io.nightjar.dataset.demo.canvas.Variation;
import io.nightjar.dataset.demo.flaw.Blemish;
import io.nightjar.dataset.demo.flaw.Flaw;
import java.util.List;

/** The head of a toothbrush from above: rows of bristle tufts in three colours. */
final class Toothbrush implements Scene {
  private static final String CONTAMINATION = "contamination";
  private static final String DEFECTIVE = "defective";
  private static final int ROWS = 9;
  private static final int COLUMNS = 4;
  private static final double TUFT = 0.0405;
  private static final Rgb HANDLE = Rgb.of(0xdfe3e6);
  private static final Rgb[] COLOURS = {Rgb.of(0xf1f2f0), Rgb.of(0x2d6fc4), Rgb.of(0x39a56a)};

  @Override
  public String category() {
    return "toothbrush";
  }

  @Override
  public List<String> defects() {
    return List.of(CONTAMINATION, DEFECTIVE);
  }

  @Override
  public void paint(Canvas canvas, Variation variation, Flaw flaw) {
    Noise cloth = variation.noise();
    canvas.fill(Ink.lit(Rgb.of(0x1b1d22), (x, y) -> 1 + 0.2 * cloth.fractal(40 * x, 40 * y, 2)));
    canvas.look(variation.view(0.015, 0.05, 0.02));
    head(canvas);
    Variation place = flaw.variation();
    int lostRow = 1 + place.below(ROWS - 2);
    int lostColumn = place.below(COLUMNS);
    for (int row = 0; row < ROWS; row++) {
      for (int column = 0; column < COLUMNS; column++) {
        Variation bristles = new Variation(variation.seed());
        boolean hit = flaw.is(DEFECTIVE) && row == lostRow && column == lostColumn;
        tuft(canvas, bristles, row, column, hit);
      }
    }
    if (flaw.is(DEFECTIVE)) {
      splay(canvas, place, lostRow, lostColumn);
    } else if (flaw.is(CONTAMINATION)) {
      contamination(canvas, place);
    }
  }

  private static void head(Canvas canvas) {
    Shape handle = Shape.box(0, 0.46, 0.075, 0.2, 0.05).or(Shape.box(0, 0, 0.185, 0.42, 0.13));
    canvas.shadow(handle, 0.025, 0.7);
    canvas.fill(handle, canvas.light().solid(handle, 0.05, 0.25, 4, Ink.flat(HANDLE)));
  }

  private static double x(int column) {
    return (column - (COLUMNS - 1) / 2.0) * 0.084;
  }

  private static double y(int row) {
    return (row - (ROWS - 1) / 2.0) * 0.083;
  }

  private static Rgb colour(int row, int column) {
    if (row == 0 || row == ROWS - 1) {
      return COLOURS[1];
    }
    boolean edge = column == 0 || column == COLUMNS - 1;
    return edge ? COLOURS[0] : COLOURS[row % 2 == 0 ? 1 : 2];
  }

  /** A bundle of bristles seen from its ends; only the empty hole where it is lost. */
  private static void tuft(Canvas canvas, Variation variation, int row, int column, boolean lost) {
    double x = x(column) + variation.around(0, 0.004);
    double y = y(row) + variation.around(0, 0.004);
    Shape bundle = Shape.circle(x, y, TUFT);
    if (lost) {
      Shape socket = Shape.circle(x, y, 0.6 * TUFT);
      canvas.fill(socket, 0.006, 0.85, Ink.flat(Rgb.of(0x3c4046)));
      return;
    }
    canvas.shadow(bundle, 0.012, 0.6);
    Rgb colour = colour(row, column);
    canvas.fill(bundle, 0.01, 0.95, Ink.flat(colour.times(0.5)));
    for (int bristle = 0; bristle < 60; bristle++) {
      // The sunflower's spiral spreads the ends evenly over the disc.
      double reach = TUFT * Math.sqrt((bristle + 0.5) / 60);
      double angle = bristle * 2.39996 + variation.around(0, 0.4);
      double endX = x + reach * StrictMath.cos(angle) + variation.around(0, 0.002);
      double endY = y + reach * StrictMath.sin(angle) + variation.around(0, 0.002);
      Shape end = Shape.circle(endX, endY, 0.0042);
      canvas.fill(end, 0.003, 0.9, Ink.flat(colour.times(variation.between(0.7, 1.1))));
    }
  }

  /** Bristles bent over their neighbours. */
  private static void splay(Canvas canvas, Variation place, int row, int column) {
    Rgb colour = colour(row, column);
    double heading = place.angle();
    for (int bristle = 0; bristle < 14; bristle++) {
      double startX = x(column) + place.around(0, 0.02);
      double startY = y(row) + place.around(0, 0.02);
      double direction = heading + place.around(0, 0.7);
      double[] line =
          Blemish.curve(place, startX, startY, direction, place.between(0.07, 0.15), 1.2);
      canvas.fill(Shape.path(0.0055, line), 0, 0.5, Ink.flat(Rgb.of(0x20242a)));
      canvas.fill(Shape.path(0.0034, line), Ink.flat(colour.times(place.between(0.8, 1.15))));
    }
  }

  private static void contamination(Canvas canvas, Variation place) {
    double x = place.around(0, 0.13);
    double y = place.around(0, 0.3);
    Shape clump = Blemish.blob(place, x, y, place.between(0.025, 0.04));
    Noise dirt = place.noise();
    canvas.shadow(clump, 0.006, 0.5);
    Field crumbs = (px, py) -> 0.8 + 0.8 * dirt.fractal(60 * px, 60 * py, 3);
    canvas.fill(clump, Ink.lit(Rgb.of(0x6b4a2c), crumbs));
    double[] hair = Blemish.curve(place, x, y, place.angle(), 0.2, 4);
    Blemish.thread(canvas, hair, 0.004, Rgb.of(0x2a1c14));
  }
}
