package io.nightjar.bank.store;

import java.util.List;

/** The rows that a bank has of one image, and the patches that they come from. */
public final class ImageRows {
  private final String path;
  private final String sha256;
  private final int[] cells;
  private final float[] values;

  /**
   * Rows of an image; the arrays are kept, not copied.
   *
   * @param path what names the image within the bank
   * @param sha256 of the image file, in hexadecimal
   * @param cells the patch that each row comes from: its index in the grid, row by row, from 0; of
   *     images that are cut into tiles, after those of the tiles before
   * @param values {@code cells x dimension}, row by row
   */
  public ImageRows(String path, String sha256, int[] cells, float[] values) {
    this.path = path;
    this.sha256 = sha256;
    this.cells = cells;
    this.values = values;
  }

  /** All patches of an image, in their order. */
  public static ImageRows whole(String path, String sha256, int patches, float[] values) {
    int[] cells = new int[patches];
    for (int i = 0; i < patches; i++) {
      cells[i] = i;
    }
    return new ImageRows(path, sha256, cells, values);
  }

  /**
   * The rows of an image, of those of its tiles.
   *
   * @param parts rows of one image, at least one, in the order of their patches
   */
  public static ImageRows joined(List<ImageRows> parts) {
    ImageRows first = parts.get(0);
    if (parts.size() == 1) {
      return first;
    }
    int count = parts.stream().mapToInt(ImageRows::rows).sum();
    int length = parts.stream().mapToInt(part -> part.values.length).reduce(0, Math::addExact);
    int[] cells = new int[count];
    float[] values = new float[length];
    int row = 0;
    int value = 0;
    for (ImageRows part : parts) {
      System.arraycopy(part.cells, 0, cells, row, part.cells.length);
      System.arraycopy(part.values, 0, values, value, part.values.length);
      row += part.cells.length;
      value += part.values.length;
    }
    return new ImageRows(first.path, first.sha256, cells, values);
  }

  /** The rows of images, a block an image that has some; not copies. */
  public static List<float[]> blocks(List<ImageRows> images) {
    return images.stream().map(ImageRows::values).filter(values -> values.length > 0).toList();
  }

  /** What names the image within the bank. */
  public String path() {
    return path;
  }

  /** SHA-256 of the image file, in hexadecimal. */
  public String sha256() {
    return sha256;
  }

  /** The patch of each row; must not be changed. */
  public int[] cells() {
    return cells;
  }

  /** Row by row; must not be changed. */
  public float[] values() {
    return values;
  }

  /** The number of rows. */
  public int rows() {
    return cells.length;
  }
}
