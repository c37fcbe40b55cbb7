package io.nightjar.metric.count;

/** The order and soundness of the rows that are fed for one image. */
public final class FeedRows {
  private final String path;
  private final int width;
  private final int height;
  private int next;
  private boolean over;

  public FeedRows(String path, int width, int height) {
    this.path = path;
    this.width = width;
    this.height = height;
  }

  /** Lets the next row pass, or refuses the image for good. */
  public void check(int y, float[] row) {
    if (over) {
      throw new IllegalStateException("Image %s has been ended or refused already".formatted(path));
    }
    over = true;
    if (y != next || y >= height || row.length < width) {
      throw new IllegalArgumentException(
          "Image %s of %d x %d pixels cannot be counted with row %d of %d scores after %d rows"
              .formatted(path, width, height, y, row.length, next));
    }
    for (int x = 0; x < width; x++) {
      if (!Float.isFinite(row[x])) {
        throw new IllegalArgumentException(
            "Image %s cannot be counted: the score at column %d of row %d is %s"
                .formatted(path, x, y, row[x]));
      }
    }
    over = false;
    next++;
  }

  public void end() {
    if (over) {
      throw new IllegalStateException("Image %s has been ended or refused already".formatted(path));
    }
    over = true;
    if (next != height) {
      throw new IllegalArgumentException(
          "Image %s has %d rows, of which only %d were fed".formatted(path, height, next));
    }
  }
}
