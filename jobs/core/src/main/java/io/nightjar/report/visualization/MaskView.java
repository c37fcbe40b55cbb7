package io.nightjar.report.visualization;

/**
 * The ground truth as a visualization needs it.
 *
 * @param width columns
 * @param height rows
 * @param pixels whether a pixel is defective
 */
public record MaskView(int width, int height, Pixels pixels) {

  /** Whether the pixel at column x and row y is defective. */
  @FunctionalInterface
  public interface Pixels {
    boolean get(int x, int y);
  }

  /** The ground truth of an image without defects. */
  public static MaskView empty(int width, int height) {
    return new MaskView(width, height, (x, y) -> false);
  }
}
