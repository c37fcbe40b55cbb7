package io.nightjar.bank.shard;

import io.nightjar.bank.exact.ExactSearch;
import io.nightjar.bank.search.MemoryBank;
import io.nightjar.bank.search.NearestSearch;
import io.nightjar.bank.search.Neighbours;
import io.nightjar.text.Text;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;

/**
 * Some rows of a bank, searched on their own.
 *
 * <p>Why a shard finds what the whole bank finds. A search computes the distances that it reports
 * from the float32 values of query and row alone, in float64; the mean that {@link ExactSearch}
 * subtracts, which differs between shards, and its groups only choose candidates, and it proves
 * that none of the k nearest is lost whatever that mean is. So a pair of query and row has the same
 * distance, to the bit, in any shard. Rows of a shard are in the order of their numbers in the
 * bank, so equal distances are ordered alike as well.
 */
final class Shard implements AutoCloseable {
  private final NearestSearch search;
  // Of each block: its first row's number in the shard, and in the bank.
  private final int[] starts;
  private final long[] firstRows;

  /** Opens the search of some rows. */
  @FunctionalInterface
  interface Opening {
    NearestSearch of(MemoryBank rows);
  }

  /**
   * @param opening such as {@code ExactSearch::new}
   * @throws IllegalArgumentException naming the rows, if a value is not finite or a row too far
   *     from the others to be searched
   */
  Shard(int dimension, List<RowBlock> blocks, Opening opening) {
    List<RowBlock> ordered =
        blocks.stream().sorted(Comparator.comparingLong(RowBlock::firstRow)).toList();
    starts = new int[ordered.size()];
    firstRows = new long[ordered.size()];
    int rows = 0;
    for (int i = 0; i < starts.length; i++) {
      starts[i] = rows;
      firstRows[i] = ordered.get(i).firstRow();
      rows += ordered.get(i).rows(dimension);
    }
    try {
      search =
          opening.of(new MemoryBank(dimension, ordered.stream().map(RowBlock::values).toList()));
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException(
          Text.format(
              "In the shard of %d rows from row %d of the bank on: %s",
              rows, firstRows[0], e.getMessage()),
          e);
    }
  }

  /** The nearest rows of queries, at most k of them where the shard has fewer. */
  MergedNeighbours nearest(QueryBlock queries, int k) {
    int places = Math.min(k, search.bank().rows());
    Neighbours found = search.nearest(queries.values(), queries.count(), places);
    MergedNeighbours numbered = new MergedNeighbours(queries.count(), k);
    for (int query = 0; query < queries.count(); query++) {
      for (int place = 0; place < places; place++) {
        int at = query * places + place;
        numbered.set(query, place, number(found.rows()[at]), found.squaredDistances()[at]);
      }
    }
    return numbered;
  }

  private long number(int row) {
    int found = Arrays.binarySearch(starts, row);
    int block = found >= 0 ? found : -found - 2;
    return firstRows[block] + (row - starts[block]);
  }

  @Override
  public void close() {
    search.close();
  }
}
