package io.nightjar.dataset.demo.canvas;

/**
 * Where the scene lies in the image. Scene coordinates have their origin in the middle, x to the
 * right and y down; the image spans -0.5 to 0.5 before the scene is scaled, turned and shifted.
 */
public record View(double shiftX, double shiftY, double angle, double scale) {
  static final View STRAIGHT = new View(0, 0, 0, 1);

  double cos() {
    return StrictMath.cos(angle);
  }

  double sin() {
    return StrictMath.sin(angle);
  }

  /** The lamp, which stays where it is in the image, as the turned scene sees it. */
  Light light() {
    Light lamp = Light.TOP_LEFT;
    return new Light(
        cos() * lamp.x() + sin() * lamp.y(), cos() * lamp.y() - sin() * lamp.x(), lamp.z());
  }
}
