package io.nightjar.bank.coreset;

import io.nightjar.error.InvalidInputException;
import io.nightjar.text.Text;
import java.io.Serializable;

/**
 * How much of a memory bank is kept.
 *
 * @param ratio share of the rows, above 0 and at most 1; 1 keeps the bank as it is
 * @param method who chooses them
 * @param seed where chance begins: the first row, the projection, or the random rows
 */
public record CoresetOptions(double ratio, CoresetMethod method, long seed)
    implements Serializable {
  private static final long serialVersionUID = 1L;

  /** All rows. */
  public static final CoresetOptions FULL = new CoresetOptions(1, CoresetMethod.GREEDY, 0);

  /**
   * @throws InvalidInputException if the ratio is out of range
   */
  public CoresetOptions {
    if (!(ratio > 0 && ratio <= 1)) {
      throw new InvalidInputException(
          Text.format("The option --coreset is %s; it must be above 0 and at most 1.", ratio));
    }
  }

  /** Whether nothing is to be left out. */
  public boolean keepsAll() {
    return ratio == 1;
  }

  /**
   * The rows to keep of so many: {@code ratio * rows}, rounded.
   *
   * @throws InvalidInputException if that is no row at all
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
