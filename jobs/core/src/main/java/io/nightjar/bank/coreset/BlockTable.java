package io.nightjar.bank.coreset;

import io.nightjar.error.InvalidInputException;
import io.nightjar.text.Text;
import java.io.Serializable;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/** Numbers a bank's rows from 0 through its blocks, in the order of their keys. */
public final class BlockTable implements Serializable {
  private static final long serialVersionUID = 1L;

  private final long[] keys;
  // One entry more than keys: the last is the number of all rows.
  private final int[] firstRows;

  private BlockTable(long[] keys, int[] firstRows) {
    this.keys = keys;
    this.firstRows = firstRows;
  }

  /**
   * Numbers the rows of blocks.
   *
   * @param counts the rows of each block, by its key, in any order
   * @return the numbers by blocks
   * @throws InvalidInputException if there are more rows than an int can number
   */
  public static BlockTable of(List<Map.Entry<Long, Integer>> counts) {
    List<Map.Entry<Long, Integer>> sorted =
        counts.stream().sorted(Map.Entry.comparingByKey()).toList();
    int[] firstRows = new int[sorted.size() + 1];
    long total = 0;
    for (int i = 0; i < sorted.size(); i++) {
      total += sorted.get(i).getValue();
      if (total > Integer.MAX_VALUE) {
        throw new InvalidInputException(
            Text.format(
                "A coreset can be chosen from %d rows at most, and there are more; split the bank.",
                Integer.MAX_VALUE));
      }
      firstRows[i + 1] = (int) total;
    }
    return new BlockTable(sorted.stream().mapToLong(Map.Entry::getKey).toArray(), firstRows);
  }

  /**
   * The number of all rows.
   *
   * @return the sum of the rows of all blocks
   */
  public int rows() {
    return firstRows[keys.length];
  }

  /**
   * The number of the first row of a block.
   *
   * @param key the block's key
   * @return from 0
   * @throws IllegalArgumentException if there is no such block
   */
  public int firstRow(long key) {
    return firstRows[indexOf(key)];
  }

  /**
   * The number after that of the last row of a block.
   *
   * @param key the block's key
   * @return the same as {@link #firstRow} for an empty block
   * @throws IllegalArgumentException if there is no such block
   */
  public int endRow(long key) {
    return firstRows[indexOf(key) + 1];
  }

  /**
   * Rows at which parts of about equal size start, aligned to blocks, followed by the number of all
   * rows. A block larger than a part leaves the parts that it covers empty.
   */
  int[] cut(int parts) {
    return IntStream.rangeClosed(0, parts)
        .map(part -> borderFrom((int) ((long) rows() * part / parts)))
        .toArray();
  }

  private int borderFrom(int row) {
    int found = Arrays.binarySearch(firstRows, row);
    return firstRows[found >= 0 ? found : -found - 1];
  }

  private int indexOf(long key) {
    int found = Arrays.binarySearch(keys, key);
    if (found < 0) {
      throw new IllegalArgumentException(
          Text.format("There was no block %d when rows were counted", key));
    }
    return found;
  }
}
