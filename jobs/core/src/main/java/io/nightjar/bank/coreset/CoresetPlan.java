package io.nightjar.bank.coreset;

import io.nightjar.error.InvalidInputException;
import io.nightjar.text.Text;
import java.io.Serializable;
import java.util.stream.IntStream;

/**
 * How many rows are chosen from which parts of a bank. It depends on the bank's blocks, never on
 * Spark's partitions.
 *
 * <p>A bank that fits {@link Limits#partRows} is one part, from which {@code size} rows are chosen
 * at once. A larger one is cut at the borders of blocks into about equal parts. Each part chooses
 * rows of its own, and the coreset is chosen from what they chose together. A part with a fraction
 * s of the rows chooses {@code 2 s size} rows, or {@code size} where all parts can do so within
 * {@link Limits#boundedRows}, or some number between these.
 */
public final class CoresetPlan implements Serializable {
  private static final long serialVersionUID = 1L;

  /** The factor by which a part offers more rows than its proportion of the coreset. */
  private static final int OVERSAMPLING = 2;

  private final int size;
  // Row numbers; one more than there are parts.
  private final int[] starts;
  private final int[] quotas;

  /**
   * Limits of what one task handles.
   *
   * @param partRows most rows of one part
   * @param unionRows most rows that all parts may offer together
   * @param boundedRows rows that parts may offer together for the sake of the a-priori bound
   */
  public record Limits(int partRows, int unionRows, int boundedRows) {
    private static final int PART_VALUES = 1 << 27;

    /**
     * The limits for rows of a length: float32 values of a part take at most 512 MiB, those of the
     * union at most 1 GiB.
     *
     * @param dimension the length of a row, at least 1
     * @return at most 2^19 rows in a part and 2^20 in the union
     */
    public static Limits of(int dimension) {
      int rows = PART_VALUES / dimension;
      return new Limits(
          Math.max(1, Math.min(1 << 19, rows)), Math.max(1, Math.min(1 << 20, 2 * rows)), 1 << 17);
    }
  }

  private CoresetPlan(int size, int[] starts, int[] quotas) {
    this.size = size;
    this.starts = starts;
    this.quotas = quotas;
  }

  /**
   * Plans how rows are chosen from blocks.
   *
   * @param blocks the numbers of the bank's rows
   * @param size rows of the coreset, 1 to those of the bank
   * @param limits of what one task handles
   * @return the same plan for the same arguments
   * @throws InvalidInputException if the parts together would offer too many rows
   */
  public static CoresetPlan of(BlockTable blocks, int size, Limits limits) {
    int rows = blocks.rows();
    int parts = (int) (((long) rows + limits.partRows() - 1) / limits.partRows());
    if (parts <= 1) {
      return new CoresetPlan(size, new int[] {0, rows}, new int[] {size});
    }
    int[] starts = blocks.cut(parts);
    int bounded = Math.min(size, limits.boundedRows() / parts);
    int[] quotas =
        IntStream.range(0, parts)
            .map(part -> quota(starts[part + 1] - starts[part], rows, size, bounded))
            .toArray();
    long union = IntStream.of(quotas).asLongStream().sum();
    if (union > limits.unionRows()) {
      throw new InvalidInputException(
          Text.format(
              "A coreset of %d of %d rows would be chosen from %d rows in one task, which takes at most"
                  + " %d; choose a smaller --coreset.",
              size, rows, union, limits.unionRows()));
    }
    return new CoresetPlan(size, starts, quotas);
  }

  private static int quota(int partRows, int rows, int size, int bounded) {
    long proportional = ((long) OVERSAMPLING * size * partRows + rows - 1) / rows;
    return (int) Math.min(partRows, Math.max(proportional, bounded));
  }

  /**
   * Rows of the coreset.
   *
   * @return at least 1
   */
  public int size() {
    return size;
  }

  /**
   * The number of parts.
   *
   * @return 1 where the bank fits one part
   */
  public int parts() {
    return quotas.length;
  }

  /**
   * The number of a part's first row.
   *
   * @param part from 0
   * @return from 0
   */
  public int start(int part) {
    return starts[part];
  }

  /**
   * The number of a part's rows.
   *
   * @param part from 0
   * @return 0 where a block larger than a part covers it
   */
  public int rows(int part) {
    return starts[part + 1] - starts[part];
  }

  /**
   * The number of rows that a part chooses.
   *
   * @param part from 0
   * @return at most the rows of the part
   */
  public int quota(int part) {
    return quotas[part];
  }

  /**
   * The part that a row belongs to.
   *
   * @param row its number, from 0 and below those of the bank
   * @return from 0
   */
  public int partOf(int row) {
    int part = 0;
    while (starts[part + 1] <= row) {
      part++;
    }
    return part;
  }

  /**
   * The number of rows that are chosen in total, by the parts and from what they offer: the work of
   * the selection, for the progress.
   *
   * @return at least {@link #size}
   */
  public long picks() {
    long offered = IntStream.of(quotas).asLongStream().sum();
    return parts() == 1 ? offered : offered + size;
  }
}
