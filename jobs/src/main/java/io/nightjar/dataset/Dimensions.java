package io.nightjar.dataset;

/**
 * The size of a picture.
 *
 * @param width columns in pixels
 * @param height rows in pixels
 */
public record Dimensions(int width, int height) {
  long pixels() {
    return (long) width * height;
  }

  @Override
  public String toString() {
    return width + " x " + height;
  }
}
