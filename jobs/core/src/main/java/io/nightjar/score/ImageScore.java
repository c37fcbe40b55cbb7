package io.nightjar.score;

/**
 * The largest value of an image's map at evaluation size, {@link ImageScoreKind#MAX}. Feed it the
 * rows of the map, alone or together with another consumer ({@link RowConsumer#andThen}).
 */
public final class ImageScore implements RowConsumer {
  private float largest = Float.NEGATIVE_INFINITY;

  /** The largest value of the map resized to {@code width x height}. */
  public static float of(AnomalyMap map, int width, int height) {
    ImageScore score = new ImageScore();
    Upsampling.rows(map, width, height, score);
    return score.value();
  }

  @Override
  public void accept(int y, float[] row) {
    float rowLargest = largest;
    for (float value : row) {
      rowLargest = Math.max(rowLargest, value);
    }
    largest = rowLargest;
  }

  /** The largest value so far; negative infinity before the first row. */
  public float value() {
    return largest;
  }
}
