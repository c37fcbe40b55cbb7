package io.nightjar.bank.shard;

import io.nightjar.bank.exact.ExactSearch;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Compares a few queries with rows of a bank that are read for them and then dropped: nothing is
 * grouped, kept or sent. Results equal those of a search of the whole bank, bit for bit (see {@link
 * Shard}).
 */
public final class RowScan {
  private RowScan() {}

  /**
   * The nearest of some consecutive rows.
   *
   * @param queries blocks of different numbers
   * @param k neighbours of each query; fewer where there are fewer rows
   * @param dimension length of a row
   * @param firstRow the number of the first row in the bank
   * @param blocks whole rows, one block after the other, at least one row
   * @return the neighbours by the number of the block of queries, to be merged with those of the
   *     bank's other rows
   * @throws IllegalArgumentException if a value is not finite
   */
  public static Map<Integer, MergedNeighbours> nearest(
      List<QueryBlock> queries, int k, int dimension, long firstRow, List<float[]> blocks) {
    List<RowBlock> rows = new ArrayList<>();
    long next = firstRow;
    for (float[] block : blocks) {
      rows.add(new RowBlock(next, block));
      next += block.length / dimension;
    }
    Map<Integer, MergedNeighbours> nearest = new LinkedHashMap<>();
    try (Shard shard = new Shard(dimension, rows, ExactSearch::exhaustive)) {
      queries.forEach(block -> nearest.put(block.id(), shard.nearest(block, k)));
    }
    return nearest;
  }
}
