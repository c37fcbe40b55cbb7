package io.nightjar.score;

import io.nightjar.text.Text;
import java.io.Serializable;

/**
 * The pixels of an image that lie under patches of its grid: the grid is stretched over the image,
 * and every pixel counts that a patch covers in part. What the network sees of a patch reaches
 * further.
 *
 * @param left the first column, from 0
 * @param top the first row, from 0
 * @param width columns, at least 1
 * @param height rows, at least 1
 */
public record PatchBox(int left, int top, int width, int height) implements Serializable {
  private static final long serialVersionUID = 1L;

  /**
   * A grid over an image.
   *
   * @param gridWidth patches along the width, at least 1
   * @param gridHeight patches along the height, at least 1
   * @param imageWidth in pixels, at least 1
   * @param imageHeight in pixels, at least 1
   */
  public record Grid(int gridWidth, int gridHeight, int imageWidth, int imageHeight) {

    /**
     * The pixels under a patch.
     *
     * @param cell row by row, from 0
     * @throws IllegalArgumentException if the grid has no such cell
     */
    public PatchBox of(int cell) {
      return around(cell, 0);
    }

    /**
     * The pixels under a patch and those around it, as far as the grid reaches.
     *
     * @param cell row by row, from 0
     * @param reach patches on each side, at least 0
     * @throws IllegalArgumentException if the grid has no such cell
     */
    public PatchBox around(int cell, int reach) {
      if (cell < 0 || cell >= gridWidth * gridHeight) {
        throw new IllegalArgumentException(
            Text.format("A grid of %d x %d has no patch %d", gridWidth, gridHeight, cell));
      }
      int column = cell % gridWidth;
      int row = cell / gridWidth;
      int left = first(Math.max(0, column - reach), gridWidth, imageWidth);
      int top = first(Math.max(0, row - reach), gridHeight, imageHeight);
      return new PatchBox(
          left,
          top,
          end(Math.min(gridWidth, column + reach + 1), gridWidth, imageWidth) - left,
          end(Math.min(gridHeight, row + reach + 1), gridHeight, imageHeight) - top);
    }

    private static int first(int cell, int cells, int pixels) {
      return (int) ((long) cell * pixels / cells);
    }

    private static int end(int cell, int cells, int pixels) {
      return (int) (((long) cell * pixels + cells - 1) / cells);
    }
  }
}
