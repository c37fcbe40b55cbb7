package io.nightjar.bank.coreset;

import io.nightjar.error.InvalidInputException;
import io.nightjar.text.Text;
import java.io.Serializable;

/**
 * How much of a memory bank is kept.
 *
 * @param ratio fraction of the rows, above 0 and at most 1; 1 keeps the whole bank
 * @param method how the rows are chosen
 * @param seed seed of the random choices: the first row, the projection, or the random rows
 */
public record CoresetOptions(double ratio, CoresetMethod method, long seed)
    implements Serializable {
  private static final long serialVersionUID = 1L;

  /** All rows: the bank as it was built. */
  public static final CoresetOptions FULL = new CoresetOptions(1, CoresetMethod.GREEDY, 0);

  /**
   * Checks the ratio.
   *
   * @param ratio fraction of the rows, above 0 and at most 1; 1 keeps the whole bank
   * @param method how the rows are chosen
   * @param seed seed of the random choices: the first row, the projection, or the random rows
   * @throws InvalidInputException if the ratio is out of range
   */
  public CoresetOptions {
    if (!(ratio > 0 && ratio <= 1)) {
      throw new InvalidInputException(
          Text.format("The option --coreset is %s; it must be above 0 and at most 1.", ratio));
    }
  }

  /**
   * Whether all rows are kept.
   *
   * @return whether the ratio is 1
   */
  public boolean keepsAll() {
    return ratio == 1;
  }

  /**
   * The number of rows to keep of {@code rows}: {@code ratio * rows}, rounded.
   *
   * @param rows of the whole bank
   * @return 1 to {@code rows}
   * @throws InvalidInputException if that is none
   */
  public int size(int rows) {
    int size = (int) Math.round(ratio * rows);
    if (size == 0) {
      throw new InvalidInputException(
          Text.format(
              "The option --coreset is %s, which leaves none of the bank's %d rows; choose at least %s.",
              ratio, rows, 1.0 / rows));
    }
    return size;
  }
}
