package io.nightjar.dataset.demo.canvas;

/** A colour; each part 0 (none) to 1 (full), brighter than full before the camera clips it. */
public record Rgb(double red, double green, double blue) {
  /** No light. */
  public static final Rgb BLACK = new Rgb(0, 0, 0);

  /** Full light. */
  public static final Rgb WHITE = new Rgb(1, 1, 1);

  /** The colour of a hexadecimal code, such as {@code 0xff8000}. */
  public static Rgb of(int hex) {
    return new Rgb(((hex >> 16) & 0xff) / 255.0, ((hex >> 8) & 0xff) / 255.0, (hex & 0xff) / 255.0);
  }

  /** A grey of this brightness. */
  public static Rgb grey(double brightness) {
    return new Rgb(brightness, brightness, brightness);
  }

  /** This colour, each part multiplied by the factor. */
  public Rgb times(double factor) {
    return new Rgb(red * factor, green * factor, blue * factor);
  }

  /** Linear interpolation from this colour (t = 0) to the other (t = 1). */
  public Rgb mix(Rgb other, double t) {
    return new Rgb(
        Numbers.mix(red, other.red, t),
        Numbers.mix(green, other.green, t),
        Numbers.mix(blue, other.blue, t));
  }

  /** This colour, each part changed at random by up to {@code amount} of its value. */
  public Rgb varied(Variation variation, double amount) {
    double brightness = variation.around(1, amount);
    return new Rgb(
        red * brightness * variation.around(1, amount / 6),
        green * brightness * variation.around(1, amount / 6),
        blue * brightness * variation.around(1, amount / 6));
  }
}
