package io.nightjar.bank.approximate;

import io.nightjar.bank.search.Fallbacks;
import io.nightjar.bank.search.MemoryBank;
import io.nightjar.bank.search.NearestRows;
import io.nightjar.bank.search.NearestSearch;
import io.nightjar.bank.search.Neighbours;
import io.nightjar.bank.search.SearchArguments;

/**
 * Approximate search among the rows that share a bucket with the query in one of several hash
 * tables; their distances are compared in float64. Where the buckets contain fewer rows than
 * neighbours requested, the neighbouring buckets are probed, one step up or down one projection;
 * where these do not suffice either, the search falls back to the whole bank. Both are counted
 * ({@link Fallbacks}).
 */
final class LshSearch implements NearestSearch {
  private final MemoryBank bank;
  private final Projections projections;
  private final HashTable[] tables;

  LshSearch(MemoryBank bank, Projections projections, int tables) {
    this.bank = bank;
    this.projections = projections;
    this.tables = new HashTable[tables];
    long[][] keys = keys();
    for (int table = 0; table < tables; table++) {
      this.tables[table] = new HashTable(keys[table]);
    }
  }

  private long[][] keys() {
    long[][] keys = new long[tables.length][bank.rows()];
    long[] buckets = new long[projections.count()];
    int row = 0;
    for (float[] block : bank.blocks()) {
      for (int from = 0; from < block.length; from += bank.dimension()) {
        projections.buckets(block, from, buckets);
        for (int table = 0; table < tables.length; table++) {
          keys[table][row] = key(buckets, table);
        }
        row++;
      }
    }
    return keys;
  }

  private int hashes() {
    return projections.count() / tables.length;
  }

  private long key(long[] buckets, int table) {
    return HashTable.key(buckets, table * hashes(), (table + 1) * hashes());
  }

  @Override
  public MemoryBank bank() {
    return bank;
  }

  @Override
  public Neighbours nearest(float[] queries, int count, int k) {
    SearchArguments.require(bank, queries, count, k);
    Queries batch = new Queries(queries, k);
    Neighbours found = new Neighbours(k, new int[count * k], new double[count * k]);
    for (int query = 0; query < count; query++) {
      SearchArguments.requireFinite(queries, query, bank.dimension());
      batch.answer(query, found);
    }
    return new Neighbours(k, found.rows(), found.squaredDistances(), batch.fallbacks());
  }

  @Override
  public void close() {
    // Everything is on the heap.
  }

  /** One call's queries, one after another. */
  private final class Queries {
    private final float[] queries;
    private final int k;
    private final NearestRows nearest;
    private final long[] buckets = new long[projections.count()];
    // The query that a row was last compared with, plus one.
    private final int[] comparedWith = new int[bank.rows()];
    private int compared;
    private int widened;
    private int exhaustive;

    Queries(float[] queries, int k) {
      this.queries = queries;
      this.k = k;
      this.nearest = new NearestRows(bank, k);
    }

    Fallbacks fallbacks() {
      return new Fallbacks(widened, exhaustive);
    }

    void answer(int query, Neighbours found) {
      nearest.clear();
      compared = 0;
      projections.buckets(queries, query * bank.dimension(), buckets);
      for (int table = 0; table < tables.length; table++) {
        compare(query, table);
      }
      if (compared < k) {
        probeNeighbouringBuckets(query);
        if (compared < k) {
          nearest.clear();
          nearest.offerAll(queries, query);
          exhaustive++;
        } else {
          widened++;
        }
      }
      nearest.writeTo(found, query);
    }

    private void compare(int query, int table) {
      tables[table].forEach(
          key(buckets, table),
          row -> {
            if (comparedWith[row] != query + 1) {
              comparedWith[row] = query + 1;
              nearest.offer(queries, query, row);
              compared++;
            }
          });
    }

    private void probeNeighbouringBuckets(int query) {
      for (int projection = 0; projection < buckets.length; projection++) {
        long own = buckets[projection];
        int table = projection / hashes();
        buckets[projection] = own - 1;
        compare(query, table);
        buckets[projection] = own + 1;
        compare(query, table);
        buckets[projection] = own;
      }
    }
  }
}
