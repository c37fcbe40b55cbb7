package io.nightjar.dataset;

import io.nightjar.dataset.decode.ImageDecoder;
import io.nightjar.dataset.decode.StoredImage;
import io.nightjar.dataset.image.UnreadableFileException;
import io.nightjar.text.Text;
import java.io.Serializable;
import java.util.Arrays;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Consumer;

/** A ground truth at pixel level: marked pixels are defective. One bit a pixel. */
public final class Mask implements Serializable {
  private static final long serialVersionUID = 1L;

  /** By {@link MaskValues#ABOVE_127} values above this one are marked. */
  static final int THRESHOLD = 127;

  private final int width;
  private final int height;
  private final int wordsPerRow;
  private final long[] words;

  private Mask(int width, int height) {
    if (width < 1 || height < 1) {
      throw new IllegalArgumentException(
          Text.format("A mask cannot have %d x %d pixels", width, height));
    }
    this.width = width;
    this.height = height;
    this.wordsPerRow = (width + Long.SIZE - 1) / Long.SIZE;
    this.words = new long[Math.multiplyExact(wordsPerRow, height)];
  }

  /** As {@link #decode(byte[], String, MaskValues)}, values above 127 being marked. */
  public static Mask decode(byte[] encoded, String uri) throws UnreadableFileException {
    return decode(encoded, uri, MaskValues.ABOVE_127);
  }

  /**
   * The mask that an image encodes. A colour image is converted to its luma (ITU-R 601-2, as
   * Pillow's {@code convert("L")}) where values above 127 are marked.
   *
   * @param uri named in the error
   * @param values which are marked; {@link MaskValues#AUTO} decides by this mask alone
   */
  public static Mask decode(byte[] encoded, String uri, MaskValues values)
      throws UnreadableFileException {
    StoredImage image = ImageDecoder.stored(encoded, uri);
    return of(image, new MaskPixels(image), values);
  }

  static Mask of(StoredImage image, MaskPixels pixels, MaskValues values) {
    boolean nonZero =
        switch (values) {
          case AUTO -> MaskSummary.of(pixels).rule() == MaskValues.NONZERO;
          case NONZERO -> true;
          case ABOVE_127 -> false;
        };
    Mask mask = new Mask(image.width(), image.height());
    int i = 0;
    for (int y = 0; y < mask.height; y++) {
      for (int x = 0; x < mask.width; x++, i++) {
        int value = pixels.value(i);
        if (nonZero ? value != 0 : pixels.brightness(value) > THRESHOLD) {
          mask.set(x, y);
        }
      }
    }
    return mask;
  }

  /**
   * This mask, which marks pixels of a file, divided by their values there.
   *
   * @param known the values that may be
   * @return by the value of the file's pixels; each marks at least one
   * @throws UnreadableFileException if a marked pixel has another value
   */
  Map<Integer, Mask> byValue(MaskPixels pixels, Set<Integer> known, String uri)
      throws UnreadableFileException {
    Map<Integer, Mask> masks = new TreeMap<>();
    int i = 0;
    for (int y = 0; y < height; y++) {
      for (int x = 0; x < width; x++, i++) {
        if (!get(x, y)) {
          continue;
        }
        int level = pixels.level(pixels.value(i));
        if (!known.contains(level)) {
          throw new UnreadableFileException(
              uri,
              Text.format(
                  "It has pixels of the value %s, which %s does not name.",
                  pixels.name(pixels.value(i)), SaturationAreas.FILE));
        }
        masks.computeIfAbsent(level, value -> new Mask(width, height)).set(x, y);
      }
    }
    return masks;
  }

  /** The mask of a good item: no pixel is marked. */
  public static Mask empty(int width, int height) {
    return new Mask(width, height);
  }

  /**
   * What any of two masks of one size marks.
   *
   * @throws IllegalArgumentException if their sizes differ
   */
  Mask union(Mask other) {
    if (width != other.width || height != other.height) {
      throw new IllegalArgumentException(
          Text.format(
              "Masks of %d x %d and %d x %d pixels have no union",
              width, height, other.width, other.height));
    }
    Mask union = new Mask(width, height);
    Arrays.setAll(union.words, i -> words[i] | other.words[i]);
    return union;
  }

  /** Columns in pixels. */
  public int width() {
    return width;
  }

  /** Rows in pixels. */
  public int height() {
    return height;
  }

  /** Whether the pixel at column x and row y, both from 0, is marked. */
  public boolean get(int x, int y) {
    if (x < 0 || x >= width || y < 0 || y >= height) {
      throw new IndexOutOfBoundsException(
          Text.format("There is no pixel (%d, %d) in a mask of %d x %d", x, y, width, height));
    }
    return (words[y * wordsPerRow + (x >> 6)] >>> x & 1) != 0;
  }

  private void set(int x, int y) {
    words[y * wordsPerRow + (x >> 6)] |= 1L << x;
  }

  /** Fills the first {@code width} values with row y. */
  public void row(int y, boolean[] into) {
    int word = Math.multiplyExact(y, wordsPerRow);
    for (int x = 0; x < width; x++) {
      into[x] = (words[word + (x >> 6)] >>> x & 1) != 0;
    }
  }

  /** Whether any pixel of row y is marked. */
  public boolean marksAny(int y) {
    int from = Math.multiplyExact(y, wordsPerRow);
    for (int word = from; word < from + wordsPerRow; word++) {
      if (words[word] != 0) {
        return true;
      }
    }
    return false;
  }

  /** At another size, each pixel taken from the one under its centre, as Pillow's NEAREST does. */
  public Mask resizeNearest(int newWidth, int newHeight) {
    Mask resized = new Mask(newWidth, newHeight);
    int[] columns = centres(width, newWidth);
    int[] rows = centres(height, newHeight);
    for (int y = 0; y < newHeight; y++) {
      for (int x = 0; x < newWidth; x++) {
        if (get(columns[x], rows[y])) {
          resized.set(x, y);
        }
      }
    }
    return resized;
  }

  /** {@code floor((i + 0.5) * size / newSize)} for each i, without rounding errors. */
  private static int[] centres(int size, int newSize) {
    int[] centres = new int[newSize];
    Arrays.setAll(centres, i -> (int) ((2L * i + 1) * size / (2L * newSize)));
    return centres;
  }

  /** This mask in a compact form for sending to another process. */
  public PackedMask pack() {
    return PackedMask.of(width, height, words);
  }

  /** A mask whose words the filler writes: those of another mask of this size. */
  static Mask ofWords(int width, int height, Consumer<long[]> filler) {
    Mask mask = new Mask(width, height);
    filler.accept(mask.words);
    return mask;
  }

  /** The number of marked pixels. */
  public long positives() {
    return Arrays.stream(words).map(Long::bitCount).sum();
  }
}
