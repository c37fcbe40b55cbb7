package io.nightjar.backbone.spec;

import io.nightjar.error.InvalidInputException;
import io.nightjar.text.Text;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The input of a network for images that keep their shape: about as many pixels as the square of
 * side s that a specification names. For images of height h and width w its sides are s sqrt(h / w)
 * and s sqrt(w / h), each rounded to the nearest multiple of 16, half a multiple up, and at least
 * 32 and at most 2048. The grid has as many cells a pixel along each side as that of the square,
 * rounded. So square images have the square itself.
 *
 * <p>Of several sizes the smallest is chosen so; the others are larger by the ratios of their
 * squares, and rounded likewise.
 */
public final class KeptShape {
  private static final int MULTIPLE = EmbeddingSpec.MULTIPLE;

  private KeptShape() {}

  /**
   * Refuses specifications that name no squares whose sides are multiples of 16.
   *
   * @param squares the specification
   * @throws InvalidInputException naming the size
   */
  public static void requireUsable(EmbeddingSpec squares) {
    for (Size size : squares.imageSizes()) {
      if (!size.isSquare()) {
        throw new InvalidInputException(
            Text.format(
                "With --aspect keep the images have their own shape, and --image-size %s names"
                    + " another; name one side, such as 224, or leave --aspect out.",
                size));
      }
      if (size.height() % MULTIPLE != 0) {
        throw new InvalidInputException(
            Text.format(
                "With --aspect keep sides are multiples of %d, and --image-size %s is none; name"
                    + " one, such as %d.",
                MULTIPLE, size, rounded(size.height())));
      }
    }
    if (!squares.grid().isSquare()) {
      throw new InvalidInputException(
          Text.format(
              "With --aspect keep the grid has the shape of the images, and --grid %s names"
                  + " another; name one side, such as 28, or leave --aspect out.",
              squares.grid()));
    }
  }

  /**
   * The specification for images of a shape.
   *
   * @param squares names squares, see {@link #requireUsable}
   * @param image size of the images in pixels
   * @return the same network at their shape
   */
  public static EmbeddingSpec of(EmbeddingSpec squares, Size image) {
    int side = squares.imageSize().height();
    double shape = Math.sqrt((double) image.height() / image.width());
    Size smallest = new Size(rounded(side * shape), rounded(side / shape));
    return squares.with(sizes(squares, smallest), grid(squares, smallest));
  }

  private static List<Size> sizes(EmbeddingSpec squares, Size smallest) {
    List<Size> sizes = new ArrayList<>();
    for (Size square : squares.imageSizes()) {
      double larger = (double) square.height() / squares.imageSize().height();
      Size size = new Size(rounded(smallest.height() * larger), rounded(smallest.width() * larger));
      if (!sizes.isEmpty() && size.equals(sizes.get(sizes.size() - 1))) {
        throw new InvalidInputException(
            Text.format(
                "With --aspect keep the image sizes %s are the same for images of this shape, %s;"
                    + " name sizes that are further apart.",
                squares.imageSizes(), size));
      }
      sizes.add(size);
    }
    return sizes;
  }

  private static Size grid(EmbeddingSpec squares, Size input) {
    double cells = (double) squares.grid().height() / squares.imageSize().height();
    return new Size(
        (int) Math.max(1, Math.round(input.height() * cells)),
        (int) Math.max(1, Math.round(input.width() * cells)));
  }

  /**
   * Whether images of some shape have these sizes and this grid.
   *
   * @param squares names squares
   * @param sizes of the network's inputs, the smallest first
   * @param cells of the grid
   * @return false also where they have another number of pixels
   */
  public static boolean isOne(EmbeddingSpec squares, List<Size> sizes, Size cells) {
    Size smallest = sizes.get(0);
    int half = MULTIPLE / 2;
    long area = squares.imageSize().cells();
    boolean fits =
        (long) (smallest.height() - half) * (smallest.width() - half) <= area
            && area <= (long) (smallest.height() + half) * (smallest.width() + half);
    return (fits || Math.min(smallest.height(), smallest.width()) == EmbeddingSpec.SHORTEST)
        && sizes.equals(sizes(squares, smallest))
        && cells.equals(grid(squares, smallest));
  }

  /**
   * The most common of some sizes; of several that are equally common the one with most pixels, and
   * of those the widest.
   *
   * @param sizes of images
   * @return empty where there is none
   */
  public static Optional<Size> mostCommon(List<Size> sizes) {
    Map<Size, Integer> counts = new LinkedHashMap<>();
    sizes.forEach(size -> counts.merge(size, 1, Integer::sum));
    return counts.entrySet().stream()
        .max(
            Comparator.<Map.Entry<Size, Integer>>comparingInt(Map.Entry::getValue)
                .thenComparing(entry -> pixels(entry.getKey()))
                .thenComparing(entry -> entry.getKey().width()))
        .map(Map.Entry::getKey);
  }

  private static long pixels(Size size) {
    return (long) size.height() * size.width();
  }

  /**
   * How much an image is squeezed: the ratio of the two factors that its sides are scaled by.
   *
   * @param image size of the image
   * @param input what it is resized to
   * @return 1 where the shape is kept, more otherwise
   */
  public static double squeeze(Size image, Size input) {
    double down = (double) input.height() / image.height();
    double across = (double) input.width() / image.width();
    return Math.max(down / across, across / down);
  }

  /** The nearest side that an input which is no square may have, in pixels. */
  static int rounded(double side) {
    int multiples = (int) Math.min(EmbeddingSpec.LONGEST, Math.round(side / MULTIPLE) * MULTIPLE);
    return Math.max(EmbeddingSpec.SHORTEST, multiples);
  }
}
