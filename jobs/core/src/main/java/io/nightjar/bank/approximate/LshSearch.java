package io.nightjar.bank.approximate;

import io.nightjar.bank.search.Fallbacks;
import io.nightjar.bank.search.MemoryBank;
import io.nightjar.bank.search.NearestRows;
import io.nightjar.bank.search.NearestSearch;
import io.nightjar.bank.search.Neighbours;
import io.nightjar.bank.search.SearchArguments;

/**
 * Approximate search among the rows that share a bucket with the query in one of several hash
 * tables; their distances are compared in float64. Where the buckets hold fewer rows than
 * neighbours are wanted, those beside them are looked into, one projection a step up or down; where
 * these do not suffice either, the query is compared with the whole bank. Both are counted ({@link
 * Fallbacks}).
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
    Queries asked = new Queries(queries, k);
    Neighbours found = new Neighbours(k, new int[count * k], new double[count * k]);
    for (int query = 0; query < count; query++) {
      SearchArguments.requireFinite(queries, query, bank.dimension());
      asked.answer(query, found);
    }
    return new Neighbours(k, found.rows(), found.squaredDistances(), asked.detours());
  }

  @Override
  public void close() {
    // All it holds lies on the heap.
  }

  /** One call's queries, one after another. */
  private final class Queries {
    private final float[] queries;
    private final int k;
    private final NearestRows nearest;
    private final long[] buckets = new long[projections.count()];
    // The query that met a row last, plus one.
    private final int[] metBy = new int[bank.rows()];
    private int met;
    private int widened;
    private int exhaustive;

    Queries(float[] queries, int k) {
      this.queries = queries;
      this.k = k;
      this.nearest = new NearestRows(bank, k);
    }

    Fallbacks detours() {
      return new Fallbacks(widened, exhaustive);
    }

    void answer(int query, Neighbours found) {
      nearest.clear();
      met = 0;
      projections.buckets(queries, query * bank.dimension(), buckets);
      for (int table = 0; table < tables.length; table++) {
        meet(query, table);
      }
      if (met < k) {
        lookBeside(query);
        if (met < k) {
          nearest.clear();
          nearest.offerAll(queries, query);
          exhaustive++;
        } else {
          widened++;
        }
      }
      nearest.writeTo(found, query);
    }

    private void meet(int query, int table) {
      tables[table].forEach(
          key(buckets, table),
          row -> {
            if (metBy[row] != query + 1) {
              metBy[row] = query + 1;
              nearest.offer(queries, query, row);
              met++;
            }
          });
    }

    private void lookBeside(int query) {
      for (int projection = 0; projection < buckets.length; projection++) {
        long own = buckets[projection];
        int table = projection / hashes();
        buckets[projection] = own - 1;
        meet(query, table);
        buckets[projection] = own + 1;
        meet(query, table);
        buckets[projection] = own;
      }
    }
  }
}
