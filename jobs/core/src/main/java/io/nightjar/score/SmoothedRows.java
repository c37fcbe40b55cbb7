package io.nightjar.score;

import java.util.Arrays;

/**
 * Hands out the rows of a map that is upsampled and smoothed, of which only those within reach of
 * the smoothing are held: the values of {@link GaussianSmoothing#smooth}, bit for bit.
 */
final class SmoothedRows {
  private final AnomalyMap map;
  private final int width;
  private final int height;
  private final double[] alongRows;
  private final int radius;
  private final double[][] kept;
  private final GaussianSmoothing.Columns columns;
  private final float[] strip;
  private final int stripRows;
  private int next;
  private int inStrip;

  /**
   * @param width of the upsampled map
   * @param height of the upsampled map
   * @param sigmaX standard deviation along a row, in pixels of the upsampled map, above 0
   * @param sigmaY standard deviation along a column, likewise
   */
  SmoothedRows(AnomalyMap map, int width, int height, double sigmaX, double sigmaY) {
    GaussianSmoothing.requireSigma(sigmaX);
    GaussianSmoothing.requireSigma(sigmaY);
    this.map = map;
    this.width = width;
    this.height = height;
    alongRows = GaussianSmoothing.kernel(sigmaX);
    double[] alongColumns = GaussianSmoothing.kernel(sigmaY);
    radius = alongColumns.length - 1;
    kept = new double[(int) Math.min(height, 2L * radius + 1)][width];
    columns = new GaussianSmoothing.Columns(alongColumns, width);
    stripRows = Math.min(GaussianSmoothing.STRIP, height);
    strip = new float[Math.multiplyExact(stripRows, width)];
  }

  /** All rows, from the top. */
  void to(RowConsumer consumer) {
    Upsampling.rows(
        map,
        width,
        height,
        (y, row) -> {
          double[] wide = kept[y % kept.length];
          for (int x = 0; x < width; x++) {
            wide[x] = row[x];
          }
          // A row needs those below it, up to the last one, where they are mirrored.
          while (next < height && (next + (long) radius <= y || y == height - 1)) {
            add(consumer);
          }
        });
    flush(consumer);
  }

  private void add(RowConsumer consumer) {
    columns.smooth(y -> kept[y % kept.length], next, height, strip, inStrip * width);
    next++;
    inStrip++;
    if (inStrip == stripRows) {
      flush(consumer);
    }
  }

  /** Smooths rows along themselves together. */
  private void flush(RowConsumer consumer) {
    if (inStrip == 0) {
      return;
    }
    float[] some = inStrip == stripRows ? strip : Arrays.copyOf(strip, inStrip * width);
    float[] done =
        GaussianSmoothing.alongRows(new AnomalyMap(some, width, inStrip), alongRows).values();
    float[] row = new float[width];
    for (int i = 0; i < inStrip; i++) {
      System.arraycopy(done, i * width, row, 0, width);
      consumer.accept(next - inStrip + i, row);
    }
    inStrip = 0;
  }
}
