package io.nightjar.bank.exact;

import io.nightjar.bank.kmeans.Centre;
import io.nightjar.bank.search.MemoryBank;
import io.nightjar.bank.search.Neighbours;
import io.nightjar.bank.search.RowRange;
import io.nightjar.text.Text;

/** Queries that share a pass over the bank: centred, each with its candidates so far. */
public final class QueryBatch {
  private static final double UNIT_ROUNDOFF = 0x1p-24;

  private final int count;
  private final double longest;
  private final float[] centred;
  private final double[] squaredNorms;
  private final double[] margins;
  private final Candidates[] candidates;
  private final RowRange excluded;
  private float[] products = new float[0];

  /**
   * Queries {@code from} to {@code from + count} of an array.
   *
   * @param longest length of the longest centred row of the bank
   * @param excluded rows that must not be returned as neighbours
   * @throws IllegalArgumentException if a query is not finite or too long
   */
  public QueryBatch(
      MemoryBank bank,
      Centre centre,
      double longest,
      float[] queries,
      int from,
      int count,
      int k,
      RowRange excluded) {
    this.count = count;
    this.longest = longest;
    this.excluded = excluded;
    centred = centre.centred(queries, from, count);
    squaredNorms = new double[count];
    margins = new double[count];
    candidates = new Candidates[count];
    for (int i = 0; i < count; i++) {
      squaredNorms[i] = Centre.squaredNorm(centred, i, bank.dimension());
      if (!(squaredNorms[i] <= CentredRows.MAX_NORM * CentredRows.MAX_NORM)) {
        throw new IllegalArgumentException(
            Text.format("Query %d holds NaN, infinity or a value too large to search", from + i));
      }
      margins[i] = margin(bank.dimension(), Math.sqrt(squaredNorms[i]), longest);
      candidates[i] = new Candidates(bank, queries, from + i, k, 2 * margins[i], excluded);
    }
  }

  /** E in the documentation of {@link ExactSearch}. */
  private static double margin(int dimension, double norm, double longest) {
    double reach = norm + longest;
    double product = norm * longest;
    double gamma = dimension * UNIT_ROUNDOFF / (1 - dimension * UNIT_ROUNDOFF);
    return 1.02 * (gamma * product + UNIT_ROUNDOFF * (product + 2 * reach * reach))
        + 4.0 * (dimension + 1) * Float.MIN_NORMAL;
  }

  int count() {
    return count;
  }

  /** The centred queries, row by row. */
  public float[] centred() {
    return centred;
  }

  RowRange excluded() {
    return excluded;
  }

  /** The candidates of each query; not a copy. */
  public Candidates[] candidates() {
    return candidates;
  }

  /** Room for so many products, whose values are of earlier ones. */
  float[] products(int length) {
    if (products.length < length) {
      products = new float[length];
    }
    return products;
  }

  double squaredNorm(int query) {
    return squaredNorms[query];
  }

  double margin(int query) {
    return margins[query];
  }

  /**
   * A centred row farther than this from the centred query is not among the k nearest: an upper
   * bound on the distance to the k-th nearest of the rows offered so far, and what centring may
   * have changed. Infinite while fewer than k rows were offered.
   */
  double reach(int query) {
    double key = candidates[query].kthKey();
    if (key == Double.POSITIVE_INFINITY) {
      return key;
    }
    double squared = squaredNorms[query] + 2 * (key + margins[query]);
    double centring = 1.01 * UNIT_ROUNDOFF * (Math.sqrt(squaredNorms[query]) + longest);
    return Math.sqrt(Math.max(0, squared)) + centring;
  }

  /** Writes the k nearest of all rows that were offered. */
  public void writeNearest(Neighbours found, int from) {
    for (int i = 0; i < count; i++) {
      candidates[i].writeNearest(found, from + i);
    }
  }
}
