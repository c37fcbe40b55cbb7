package io.nightjar.dataset.demo.canvas;

/** Exposes a canvas: uneven lighting, the blur of the lens, the noise of the sensor, 8 bits. */
public final class Camera {
  private final double[] gains = new double[3];
  private final double tiltX;
  private final double tiltY;
  private final long noiseSeed;

  /** A camera whose imperfections follow from the seed. */
  public Camera(long seed) {
    Variation variation = new Variation(seed);
    double gain = variation.around(1, 0.04);
    for (int part = 0; part < 3; part++) {
      gains[part] = gain * variation.around(1, 0.006);
    }
    tiltX = variation.around(0, 0.06);
    tiltY = variation.around(0, 0.06);
    noiseSeed = Seeds.derive(seed, "sensor");
  }

  /** Takes a photograph of the canvas. */
  public PaintedImage expose(Canvas canvas) {
    int size = canvas.size();
    byte[] pixels = new byte[size * size * 3];
    for (int part = 0; part < 3; part++) {
      float[] blurred = blur(canvas.plane(part), size);
      for (int row = 0; row < size; row++) {
        for (int column = 0; column < size; column++) {
          int at = row * size + column;
          double light =
              1 + tiltX * (column - 0.5 * size) / size + tiltY * (row - 0.5 * size) / size;
          double signal = Numbers.clamp(blurred[at] * gains[part] * light);
          double grey = 255 * signal + grain(at * 3L + part) * (1.1 + 1.6 * signal);
          pixels[at * 3 + part] = (byte) Math.max(0, Math.min(255, Math.round(grey)));
        }
      }
    }
    return new PaintedImage(size, pixels);
  }

  /** Roughly normal with deviation 1: four uniform numbers from the bits of one hash. */
  private double grain(long at) {
    long bits = Seeds.mix(noiseSeed + at);
    double sum = 0;
    for (int i = 0; i < 4; i++) {
      sum += ((bits >>> (16 * i)) & 0xffff) * 0x1p-16;
    }
    return (sum - 2) * 1.732;
  }

  private static float[] blur(float[] plane, int size) {
    float[] across = new float[plane.length];
    float[] both = new float[plane.length];
    for (int row = 0; row < size; row++) {
      for (int column = 0; column < size; column++) {
        int at = row * size + column;
        float before = plane[column > 0 ? at - 1 : at];
        float after = plane[column < size - 1 ? at + 1 : at];
        across[at] = 0.7f * plane[at] + 0.15f * (before + after);
      }
    }
    for (int row = 0; row < size; row++) {
      for (int column = 0; column < size; column++) {
        int at = row * size + column;
        float above = across[row > 0 ? at - size : at];
        float below = across[row < size - 1 ? at + size : at];
        both[at] = 0.7f * across[at] + 0.15f * (above + below);
      }
    }
    return both;
  }
}
