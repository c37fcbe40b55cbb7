package io.nightjar.dataset.image;

/** Takes the rows of an 8-bit RGB image one after another, from the top. */
@FunctionalInterface
public interface RgbRows {
  /**
   * Takes one row.
   *
   * @param y the row's index, from 0 at the top
   * @param row {@code width x 3} bytes, red first; valid only during the call, since the array is
   *     used again
   */
  void accept(int y, byte[] row);
}
