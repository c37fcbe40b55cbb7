package io.nightjar.backbone.spec;

import io.nightjar.error.InvalidInputException;
import io.nightjar.text.Text;
import java.io.Serializable;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A height and a width: of an image in pixels, or of a grid in cells.
 *
 * @param height rows, at least 1
 * @param width columns, at least 1
 */
public record Size(int height, int width) implements Serializable {
  private static final long serialVersionUID = 1L;

  private static final Pattern TEXT = Pattern.compile("([0-9]{1,5})(?:x([0-9]{1,5}))?");

  /**
   * Refuses a side below 1.
   *
   * @param height rows, at least 1
   * @param width columns, at least 1
   */
  public Size {
    if (height < 1 || width < 1) {
      throw new IllegalArgumentException(
          Text.format("A size of %d x %d has no cell", height, width));
    }
  }

  /**
   * A square.
   *
   * @param side rows and columns, at least 1
   * @return as high as it is wide
   */
  public static Size square(int side) {
    return new Size(side, side);
  }

  /**
   * Reads what {@link #toString} writes.
   *
   * @param text one number, of a square, or height and width, such as {@code 144x352}
   * @return the size
   * @throws InvalidInputException if it is neither
   */
  public static Size parse(String text) {
    Matcher sides = TEXT.matcher(text.trim());
    if (sides.matches()) {
      int height = Integer.parseInt(sides.group(1));
      int width = sides.group(2) == null ? height : Integer.parseInt(sides.group(2));
      if (height > 0 && width > 0) {
        return new Size(height, width);
      }
    }
    throw new InvalidInputException(
        Text.format(
            "\"%s\" is no size; name a side, such as 224, or height and width, such as 144x352.",
            text));
  }

  /**
   * Whether it is as high as it is wide.
   *
   * @return true for squares
   */
  public boolean isSquare() {
    return height == width;
  }

  /**
   * Pixels or cells.
   *
   * @return height times width
   */
  public int cells() {
    return Math.multiplyExact(height, width);
  }

  /**
   * The value in files.
   *
   * @return the side of a square as a number, otherwise text as of {@link #toString}
   */
  public Object value() {
    return isSquare() ? Integer.valueOf(height) : toString();
  }

  /** The side of a square, such as {@code 224}, otherwise height and width: {@code 144x352}. */
  @Override
  public String toString() {
    return isSquare() ? Text.format("%d", height) : Text.format("%dx%d", height, width);
  }
}
