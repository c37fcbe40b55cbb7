package io.nightjar.metric.count;

import io.nightjar.text.Text;

/** Checks the order and the values of the rows that are fed for one image. */
public final class FeedRows {
  private final String path;
  private final int width;
  private final int height;
  private int next;
  private boolean over;

  /** Checks the rows of an image of this size, named in errors by its path. */
  public FeedRows(String path, int width, int height) {
    this.path = path;
    this.width = width;
    this.height = height;
  }

  /** Accepts the next row, or refuses the image permanently. */
  public void check(int y, float[] row) {
    if (over) {
      throw new IllegalStateException(
          Text.format("Image %s has been ended or refused already", path));
    }
    over = true;
    if (y != next || y >= height || row.length < width) {
      throw new IllegalArgumentException(
          Text.format(
              "Image %s of %d x %d pixels cannot be counted with row %d of %d scores after %d rows",
              path, width, height, y, row.length, next));
    }
    for (int x = 0; x < width; x++) {
      if (!Float.isFinite(row[x])) {
        throw new IllegalArgumentException(
            Text.format(
                "Image %s cannot be counted: the score at column %d of row %d is %s",
                path, x, y, row[x]));
      }
    }
    over = false;
    next++;
  }

  /** Ends the image; refuses it if rows are missing. */
  public void end() {
    if (over) {
      throw new IllegalStateException(
          Text.format("Image %s has been ended or refused already", path));
    }
    over = true;
    if (next != height) {
      throw new IllegalArgumentException(
          Text.format("Image %s has %d rows, of which only %d were fed", path, height, next));
    }
  }
}
