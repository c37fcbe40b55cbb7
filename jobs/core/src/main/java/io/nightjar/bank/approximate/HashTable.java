package io.nightjar.bank.approximate;

import java.util.Arrays;

/** The rows of each bucket that is not empty. */
final class HashTable {
  private final long[] keys;
  private final int[] starts;
  private final int[] rows;

  /**
   * A table of all rows.
   *
   * @param keyOfRow {@link #key} of each row's buckets
   */
  HashTable(long[] keyOfRow) {
    long[] sorted = keyOfRow.clone();
    Arrays.sort(sorted);
    keys = Arrays.stream(sorted).distinct().toArray();
    starts = new int[keys.length + 1];
    int[] bucketOfRow = new int[keyOfRow.length];
    for (int row = 0; row < keyOfRow.length; row++) {
      bucketOfRow[row] = Arrays.binarySearch(keys, keyOfRow[row]);
      starts[bucketOfRow[row] + 1]++;
    }
    for (int bucket = 0; bucket < keys.length; bucket++) {
      starts[bucket + 1] += starts[bucket];
    }
    rows = new int[keyOfRow.length];
    int[] next = starts.clone();
    for (int row = 0; row < keyOfRow.length; row++) {
      rows[next[bucketOfRow[row]]++] = row;
    }
  }

  /**
   * One number for the buckets of a table's projections. Where different buckets collide, a query
   * is compared with some additional rows.
   */
  static long key(long[] buckets, int from, int to) {
    long key = 0;
    for (int i = from; i < to; i++) {
      // The finaliser of SplitMix64 (Steele et al., OOPSLA 2014).
      key = (key ^ buckets[i]) * 0x9E3779B97F4A7C15L;
      key = (key ^ (key >>> 30)) * 0xBF58476D1CE4E5B9L;
      key = (key ^ (key >>> 27)) * 0x94D049BB133111EBL;
      key ^= key >>> 31;
    }
    return key;
  }

  /** Passes the rows of a bucket to the consumer. */
  void forEach(long key, RowConsumer consumer) {
    int bucket = Arrays.binarySearch(keys, key);
    if (bucket >= 0) {
      for (int i = starts[bucket]; i < starts[bucket + 1]; i++) {
        consumer.accept(rows[i]);
      }
    }
  }

  /** Takes row numbers. */
  @FunctionalInterface
  interface RowConsumer {
    void accept(int row);
  }
}
