package io.nightjar.bank.coreset;

import io.nightjar.text.Text;
import java.io.Serializable;
import java.util.Arrays;
import java.util.OptionalDouble;

/** The chosen rows of a bank, looked up block by block. */
public final class Coreset implements Serializable {
  private static final long serialVersionUID = 1L;

  private final BlockTable blocks;
  // Numbers of the rows, ascending.
  private final int[] chosen;
  private final double radius;
  private final int parts;

  /**
   * Holds the outcome of a selection.
   *
   * @param blocks the numbers of the bank's rows
   * @param chosen numbers of the chosen rows, in any order, none twice; copied
   * @param radius see {@link #radius}; NaN where no distance was computed
   * @param parts number of parts that were selected from separately, at least 1
   */
  public Coreset(BlockTable blocks, int[] chosen, double radius, int parts) {
    this.blocks = blocks;
    this.chosen = chosen.clone();
    Arrays.sort(this.chosen);
    this.radius = radius;
    this.parts = parts;
  }

  /**
   * Rows that were chosen.
   *
   * @return at most {@link #rows}
   */
  public int size() {
    return chosen.length;
  }

  /**
   * Rows of the bank that was chosen from.
   *
   * @return the number of all rows, chosen or not
   */
  public int rows() {
    return blocks.rows();
  }

  /**
   * Parts that the bank was cut into; 1 where the coreset was chosen from the whole bank.
   *
   * @return at least 1
   */
  public int parts() {
    return parts;
  }

  /**
   * No row is farther than this from the nearest chosen one, before or, where rows are projected to
   * choose, after the projection. Of one part it is the distance of the farthest row, of several an
   * upper bound; empty for random rows.
   *
   * @return a Euclidean distance, at least 0; empty for random rows
   */
  public OptionalDouble radius() {
    return Double.isNaN(radius) ? OptionalDouble.empty() : OptionalDouble.of(radius);
  }

  /**
   * A sentence for people: how many rows were kept, and how far the others are from them.
   *
   * @return a sentence with a full stop
   */
  public String describe() {
    String kept = Text.format("The bank is a coreset of %d of %d rows", size(), rows());
    if (radius().isEmpty()) {
      return kept + ", chosen at random.";
    }
    return Text.format(
        "%s; none is farther than %s from it%s.",
        kept,
        (float) radius().getAsDouble(),
        parts == 1 ? "" : Text.format(" (an upper bound: it was chosen from %d parts)", parts));
  }

  /**
   * The chosen rows of one block, as positions within it, ascending.
   *
   * @param key the block's key
   * @return from 0; empty where none of the block's rows was chosen
   * @throws IllegalArgumentException if there is no such block
   */
  public int[] rowsOf(long key) {
    int first = blocks.firstRow(key);
    int from = position(first);
    int to = position(blocks.endRow(key));
    int[] within = new int[to - from];
    for (int i = 0; i < within.length; i++) {
      within[i] = chosen[from + i] - first;
    }
    return within;
  }

  /**
   * The chosen rows of one block, row by row.
   *
   * @param key the block's key
   * @param values of all rows of the block, row by row
   * @param dimension the length of a row
   * @return the values of the chosen rows in a new array; empty where there are none
   * @throws IllegalArgumentException if there is no such block
   */
  public float[] valuesOf(long key, float[] values, int dimension) {
    int[] rows = rowsOf(key);
    float[] kept = new float[rows.length * dimension];
    for (int i = 0; i < rows.length; i++) {
      System.arraycopy(values, rows[i] * dimension, kept, i * dimension, dimension);
    }
    return kept;
  }

  private int position(int row) {
    int found = Arrays.binarySearch(chosen, row);
    return found >= 0 ? found : -found - 1;
  }
}
