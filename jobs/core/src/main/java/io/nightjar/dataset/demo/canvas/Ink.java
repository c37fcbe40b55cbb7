package io.nightjar.dataset.demo.canvas;

/** A colour at every point of a scene; written into {@code rgb} rather than returned, for speed. */
@FunctionalInterface
public interface Ink {
  /** Writes the colour at a point, in scene units. */
  void at(double x, double y, double[] rgb);

  /** One colour everywhere. */
  static Ink flat(Rgb colour) {
    return (x, y, rgb) -> set(rgb, colour);
  }

  /** One colour, its brightness multiplied by the field. */
  static Ink lit(Rgb colour, Field brightness) {
    return (x, y, rgb) -> {
      double factor = brightness.at(x, y);
      rgb[0] = colour.red() * factor;
      rgb[1] = colour.green() * factor;
      rgb[2] = colour.blue() * factor;
    };
  }

  /** From the dark colour where the field is 0 to the bright one where it is 1. */
  static Ink ramp(Rgb dark, Rgb bright, Field field) {
    return (x, y, rgb) -> {
      double t = Numbers.clamp(field.at(x, y));
      rgb[0] = Numbers.mix(dark.red(), bright.red(), t);
      rgb[1] = Numbers.mix(dark.green(), bright.green(), t);
      rgb[2] = Numbers.mix(dark.blue(), bright.blue(), t);
    };
  }

  /** This ink, and over it another colour as opaque as the field says, 0 to 1. */
  default Ink under(Rgb colour, Field opacity) {
    return (x, y, rgb) -> {
      at(x, y, rgb);
      blend(rgb, colour, Numbers.clamp(opacity.at(x, y)));
    };
  }

  /** Writes a colour. */
  static void set(double[] rgb, Rgb colour) {
    rgb[0] = colour.red();
    rgb[1] = colour.green();
    rgb[2] = colour.blue();
  }

  /** Covers a colour with another of the given opacity. */
  static void blend(double[] rgb, Rgb colour, double opacity) {
    rgb[0] = Numbers.mix(rgb[0], colour.red(), opacity);
    rgb[1] = Numbers.mix(rgb[1], colour.green(), opacity);
    rgb[2] = Numbers.mix(rgb[2], colour.blue(), opacity);
  }
}
