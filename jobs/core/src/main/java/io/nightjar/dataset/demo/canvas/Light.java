package io.nightjar.dataset.demo.canvas;

/** A distant lamp; the unit vector that points to it, z towards the viewer. */
public record Light(double x, double y, double z) {
  static final Light TOP_LEFT = new Light(-0.48, -0.6, 0.64);
  private static final double AMBIENT = 0.45;
  private static final double STEP = 1e-3;

  /** Brightness of a matt surface with this unit normal; 1 where it faces the viewer. */
  double diffuse(double normalX, double normalY, double normalZ) {
    double facing = Math.max(0, normalX * x + normalY * y + normalZ * z);
    return AMBIENT + (1 - AMBIENT) * facing / z;
  }

  /** The mirror image of the lamp: 1 in its middle; the more doublings, the smaller. */
  double gloss(double normalX, double normalY, double normalZ, int doublings) {
    double halfLength = Math.sqrt(x * x + y * y + (z + 1) * (z + 1));
    double facing = Math.max(0, normalX * x + normalY * y + normalZ * (z + 1)) / halfLength;
    return Numbers.squared(facing, doublings);
  }

  /** The base colour on a body whose edge is round over the width of the bevel, with a gloss. */
  public Ink solid(Shape shape, double bevel, double gloss, int doublings, Ink base) {
    Field distance = shape.distance();
    return (x0, y0, rgb) -> {
      base.at(x0, y0, rgb);
      double slope = 1 - Numbers.clamp(-distance.at(x0, y0) / bevel);
      double normalX = 0;
      double normalY = 0;
      if (slope > 0) {
        double across = distance.at(x0 + STEP, y0) - distance.at(x0 - STEP, y0);
        double down = distance.at(x0, y0 + STEP) - distance.at(x0, y0 - STEP);
        double norm = Math.max(1e-9, Numbers.length(across, down));
        normalX = slope * across / norm;
        normalY = slope * down / norm;
      }
      illuminate(normalX, normalY, Math.sqrt(1 - slope * slope), gloss, doublings, rgb);
    };
  }

  /** The base colour on a surface of this height (in scene units). */
  public Ink relief(Field height, double gloss, int doublings, Ink base) {
    return (x0, y0, rgb) -> {
      base.at(x0, y0, rgb);
      double here = height.at(x0, y0);
      double normalX = (here - height.at(x0 + STEP, y0)) / STEP;
      double normalY = (here - height.at(x0, y0 + STEP)) / STEP;
      double norm = Math.sqrt(normalX * normalX + normalY * normalY + 1);
      illuminate(normalX / norm, normalY / norm, 1 / norm, gloss, doublings, rgb);
    };
  }

  /** Lights a colour on a surface with this unit normal. */
  public void illuminate(
      double normalX, double normalY, double normalZ, double gloss, int doublings, double[] rgb) {
    double matt = diffuse(normalX, normalY, normalZ);
    double shine = gloss == 0 ? 0 : gloss * gloss(normalX, normalY, normalZ, doublings);
    for (int part = 0; part < 3; part++) {
      rgb[part] = rgb[part] * matt + shine;
    }
  }
}
