package io.nightjar.dataset.demo.canvas;

/**
 * Printed text: a few capital letters and digits as strokes, since fonts differ between machines.
 */
public final class Letters {
  private static final double ADVANCE = 5.6;

  private Letters() {}

  /** Text whose middle is at (x, y), of the given height, written from left to right. */
  public static Shape write(String text, double x, double y, double height, double halfWidth) {
    double unit = height / 6;
    double left = x - unit * (ADVANCE * (text.length() - 1) + 4) / 2;
    Shape written = null;
    for (int i = 0; i < text.length(); i++) {
      for (double[] stroke : strokes(text.charAt(i))) {
        double[] points = new double[stroke.length];
        for (int at = 0; at < stroke.length; at += 2) {
          points[at] = left + unit * (ADVANCE * i + stroke[at]);
          points[at + 1] = y + unit * (stroke[at + 1] - 3);
        }
        Shape line = Shape.path(halfWidth, points);
        written = written == null ? line : written.or(line);
      }
    }
    if (written == null) {
      throw new IllegalArgumentException("No text to write");
    }
    return written;
  }

  /** On a grid of 4 x 6, the origin at the top left. */
  private static double[][] strokes(char letter) {
    return switch (letter) {
      case '0' -> new double[][] {{1, 0, 3, 0, 4, 1, 4, 5, 3, 6, 1, 6, 0, 5, 0, 1, 1, 0}};
      case '1' -> new double[][] {{1, 1.2, 2.4, 0, 2.4, 6}};
      case '2' -> new double[][] {{0, 1.2, 1, 0, 3, 0, 4, 1, 4, 2.2, 0, 6, 4, 6}};
      case '5' -> new double[][] {{4, 0, 0.4, 0, 0, 2.6, 2.8, 2.3, 4, 3.4, 4, 4.8, 2.8, 6, 0, 5.6}};
      case '7' -> new double[][] {{0, 0, 4, 0, 1.6, 6}};
      case 'B' ->
          new double[][] {
            {0, 0, 0, 6, 3, 6, 4, 5, 4, 4, 3, 3, 0, 3}, {3, 3, 3.7, 2.2, 3.7, 0.8, 2.8, 0, 0, 0}
          };
      case 'C' -> new double[][] {{4, 1, 3, 0, 1, 0, 0, 1, 0, 5, 1, 6, 3, 6, 4, 5}};
      case 'F' -> new double[][] {{4, 0, 0, 0, 0, 6}, {0, 2.8, 3.2, 2.8}};
      case 'H' -> new double[][] {{0, 0, 0, 6}, {4, 0, 4, 6}, {0, 3, 4, 3}};
      case 'J' -> new double[][] {{4, 0, 4, 5, 3, 6, 1, 6, 0, 5}};
      case 'N' -> new double[][] {{0, 6, 0, 0, 4, 6, 4, 0}};
      case 'T' -> new double[][] {{0, 0, 4, 0}, {2, 0, 2, 6}};
      default -> throw new IllegalArgumentException("No strokes for the letter " + letter);
    };
  }
}
