package io.nightjar.dataset.demo.canvas;

/** Smooth randomness over the plane: value noise, its fractal sum, and cells (Worley 1996). */
public final class Noise {
  private final long seed;

  Noise(long seed) {
    this.seed = seed;
  }

  /** A random number of a lattice point, 0 to 1. */
  public double point(int x, int y) {
    long h = seed + x * 0x9e3779b97f4a7c15L + y * 0xc2b2ae3d27d4eb4fL;
    h = (h ^ (h >>> 32)) * 0xd6e8feb86659fd93L;
    h = (h ^ (h >>> 32)) * 0xd6e8feb86659fd93L;
    return (h >>> 40) * 0x1p-24;
  }

  /** Value noise, -1 to 1, one lattice point for each unit. */
  public double at(double x, double y) {
    double floorX = Math.floor(x);
    double floorY = Math.floor(y);
    double u = x - floorX;
    double v = y - floorY;
    u = u * u * (3 - 2 * u);
    v = v * v * (3 - 2 * v);
    int i = (int) floorX;
    int j = (int) floorY;
    double top = Numbers.mix(point(i, j), point(i + 1, j), u);
    double bottom = Numbers.mix(point(i, j + 1), point(i + 1, j + 1), u);
    return 2 * Numbers.mix(top, bottom, v) - 1;
  }

  /** Octaves of noise, each twice as fine and half as strong; about -1 to 1. */
  public double fractal(double x, double y, int octaves) {
    double sum = 0;
    double weight = 0.5;
    double frequency = 1;
    for (int octave = 0; octave < octaves; octave++) {
      double offset = octave * 17.37;
      sum += weight * at(x * frequency + offset, y * frequency - offset);
      weight /= 2;
      frequency *= 2;
    }
    return sum;
  }

  /** How far a point is from the border of its cell: 0 on the border, up to about 1 inside. */
  public double cellBorder(double x, double y) {
    int i = (int) Math.floor(x);
    int j = (int) Math.floor(y);
    double nearest = Double.MAX_VALUE;
    double second = Double.MAX_VALUE;
    for (int cellY = j - 1; cellY <= j + 1; cellY++) {
      for (int cellX = i - 1; cellX <= i + 1; cellX++) {
        double across = cellX + point(cellX, cellY) - x;
        double down = cellY + point(cellX + 7919, cellY - 104729) - y;
        double square = across * across + down * down;
        if (square < nearest) {
          second = nearest;
          nearest = square;
        } else if (square < second) {
          second = square;
        }
      }
    }
    return Math.sqrt(second) - Math.sqrt(nearest);
  }

  /**
   * Distance to the nearest of scattered points, one a cell in a fraction {@code density} of the
   * cells; 2 where none is near.
   */
  public double nearestSpot(double x, double y, double density) {
    int i = (int) Math.floor(x);
    int j = (int) Math.floor(y);
    double nearest = 4;
    for (int cellY = j - 1; cellY <= j + 1; cellY++) {
      for (int cellX = i - 1; cellX <= i + 1; cellX++) {
        if (point(cellX - 15485863, cellY + 32452843) < density) {
          double across = cellX + point(cellX, cellY) - x;
          double down = cellY + point(cellX + 7919, cellY - 104729) - y;
          nearest = Math.min(nearest, across * across + down * down);
        }
      }
    }
    return Math.sqrt(nearest);
  }
}
