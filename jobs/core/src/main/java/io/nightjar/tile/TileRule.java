package io.nightjar.tile;

import io.nightjar.error.InvalidInputException;
import io.nightjar.text.Text;
import java.io.Serializable;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The tiles that are asked for, before the size of the images is known. Numbers from {@value
 * #LEAST} on are sides in pixels; two smaller ones are rows and columns, whose tiles have the
 * smallest sides that cover the image.
 *
 * @param height of a tile in pixels, or rows; 0 for no tiles
 * @param width of a tile in pixels, or columns; 0 for no tiles
 * @param overlap of neighbouring tiles in pixels, 0 to less than a tile's sides
 * @param defect the length of the smallest defect that the tiles were chosen for, in pixels; 0
 *     where tiles were named
 */
public record TileRule(int height, int width, int overlap, int defect) implements Serializable {
  private static final long serialVersionUID = 1L;

  /** The shortest side of a tile, that of the smallest input of a network. */
  public static final int LEAST = 32;

  /** No more than the longest image that is read could fill. */
  private static final int MOST = 100_000;

  /** The option's value for no tiles. */
  public static final String OFF = "off";

  /** Images are taken as wholes. */
  public static final TileRule NONE = new TileRule(0, 0, 0);

  /** The shortest defect that tiles can be chosen for; those of a shorter one are too small. */
  private static final int LEAST_DEFECT = 2;

  private static final int MOST_DEFECT = 1000;

  /** By how many lengths of the defect tiles overlap: it then lies well within one of them. */
  private static final int OVERLAPS = 4;

  private static final Pattern TEXT = Pattern.compile("([0-9]{1,6})(?:x([0-9]{1,6}))?");

  /**
   * Checks the range.
   *
   * @param height of a tile in pixels, or rows; 0 for no tiles
   * @param width of a tile in pixels, or columns; 0 for no tiles
   * @param overlap of neighbouring tiles in pixels
   * @param defect the length of the smallest defect that the tiles were chosen for, in pixels
   * @throws InvalidInputException if the numbers are no tiles
   */
  public TileRule {
    boolean none = height == 0 && width == 0;
    boolean pixels = Math.min(height, width) >= LEAST && Math.max(height, width) <= MOST;
    boolean counts = Math.min(height, width) >= 1 && Math.max(height, width) < LEAST;
    if (!none && !pixels && !counts) {
      throw new InvalidInputException(
          Text.format(
              "The option --tiles is \"%dx%d\"; it must be sides of %d to %d pixels, such as 512 or"
                  + " 512x768, or rows and columns below %d, such as 3x4.",
              height, width, LEAST, MOST, LEAST));
    }
    if (none && overlap != 0) {
      throw new InvalidInputException(
          Text.format(
              "The option --tile-overlap %d has no effect without --tiles; name tiles, such as --tiles 512, or"
                  + " leave it out.",
              overlap));
    }
    if (overlap < 0 || overlap > MOST || (pixels && overlap >= Math.min(height, width))) {
      throw new InvalidInputException(
          Text.format(
              "The option --tile-overlap is %d; it must lie between 0 and less than a tile's"
                  + " side%s.",
              overlap, pixels ? Text.format(", %d", Math.min(height, width)) : ""));
    }
  }

  /**
   * Tiles that are named.
   *
   * @param height of a tile in pixels, or rows; 0 for no tiles
   * @param width of a tile in pixels, or columns; 0 for no tiles
   * @param overlap of neighbouring tiles in pixels
   * @throws InvalidInputException if the numbers are no tiles
   */
  public TileRule(int height, int width, int overlap) {
    this(height, width, overlap, 0);
  }

  /**
   * The largest square tiles in which a defect is as long as a cell of the grid; they overlap by
   * four times its length. Images no larger than such a tile are taken as wholes.
   *
   * @param pixels length of the defect in pixels of the image, 2 to 1000
   * @param cells of the grid along each side
   * @return the tiles
   * @throws InvalidInputException if the length is out of range
   */
  public static TileRule ofDefect(int pixels, int cells) {
    if (pixels < LEAST_DEFECT || pixels > MOST_DEFECT) {
      throw new InvalidInputException(
          Text.format(
              "The option --smallest-defect is %d; it must be off, or lie between %d and %d pixels.",
              pixels, LEAST_DEFECT, MOST_DEFECT));
    }
    return new TileRule(pixels * cells, pixels * cells, OVERLAPS * pixels, pixels);
  }

  /**
   * Reads the options.
   *
   * @param tiles {@code off}; a side in pixels, such as {@code 512}; height and width in pixels,
   *     such as {@code 512x768}; or rows and columns, such as {@code 3x4}
   * @param overlap of neighbouring tiles in pixels
   * @return the rule
   * @throws InvalidInputException if they are none
   */
  public static TileRule parse(String tiles, int overlap) {
    if (tiles.trim().equalsIgnoreCase(OFF)) {
      return new TileRule(0, 0, overlap);
    }
    Matcher sides = TEXT.matcher(tiles.trim());
    if (!sides.matches()) {
      throw refused(tiles);
    }
    int height = Integer.parseInt(sides.group(1));
    int width = sides.group(2) == null ? height : Integer.parseInt(sides.group(2));
    // A lone small number could be rows, columns or a side.
    if (height < 1 || width < 1 || (sides.group(2) == null && height < LEAST)) {
      throw refused(tiles);
    }
    return new TileRule(height, width, overlap);
  }

  private static InvalidInputException refused(String tiles) {
    return new InvalidInputException(
        Text.format(
            "The option --tiles is \"%s\"; it must be off, a side of at least %d pixels, such as 512,"
                + " height and width in pixels, such as 512x768, or rows and columns below %d, such as"
                + " 3x4.",
            tiles, LEAST, LEAST));
  }

  /**
   * Whether no tiles are asked for.
   *
   * @return true for {@link #NONE}
   */
  public boolean isNone() {
    return height == 0;
  }

  private boolean isGrid() {
    return height < LEAST;
  }

  /**
   * The tiles of images of a size.
   *
   * @param imageHeight of the images in pixels
   * @param imageWidth of the images in pixels
   * @return {@link Tiling#WHOLE} where no tiles are asked for
   * @throws InvalidInputException if the images are too small for so many rows or columns
   */
  public Tiling of(int imageHeight, int imageWidth) {
    if (isNone()) {
      return Tiling.WHOLE;
    }
    return isGrid()
        ? new Tiling(axis("rows", height, imageHeight), axis("columns", width, imageWidth))
        : new Tiling(
            new TileAxis(imageHeight, height, overlap), new TileAxis(imageWidth, width, overlap));
  }

  /** As many tiles, of the smallest side. */
  private TileAxis axis(String what, int count, int length) {
    long side = (length + (count - 1L) * overlap + count - 1) / count;
    if (side >= LEAST && side > overlap) {
      TileAxis axis = new TileAxis(length, (int) Math.min(side, length), overlap);
      if (axis.count() == count) {
        return axis;
      }
    }
    throw new InvalidInputException(
        Text.format(
            "%d pixels cannot be cut into %d %s of tiles of at least %d pixels that overlap by %d;"
                + " name fewer in --tiles %s, or a smaller --tile-overlap.",
            length, count, what, LEAST, overlap, value()));
  }

  /**
   * Whether tiles are those that are asked for, whatever the size of the images.
   *
   * @param tiling of images of a size
   * @return true also where nothing is asked for and images are taken as wholes
   */
  public boolean describes(Tiling tiling) {
    if (isNone() || tiling.isWhole()) {
      return isNone() && tiling.isWhole();
    }
    boolean overlaps = tiling.rows().overlap() == overlap && tiling.columns().overlap() == overlap;
    return overlaps
        && (isGrid()
            ? tiling.rows().count() == height && tiling.columns().count() == width
            : tiling.rows().side() == height && tiling.columns().side() == width);
  }

  /**
   * The value of the option.
   *
   * @return such as {@code off}, {@code 512}, {@code 512x768} or {@code 3x4}
   */
  public String value() {
    if (isNone()) {
      return OFF;
    }
    return height == width && !isGrid()
        ? Integer.toString(height)
        : Text.format("%dx%d", height, width);
  }
}
