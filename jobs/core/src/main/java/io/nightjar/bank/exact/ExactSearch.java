package io.nightjar.bank.exact;

import io.nightjar.bank.kmeans.Centre;
import io.nightjar.bank.kmeans.RowGroups;
import io.nightjar.bank.search.MemoryBank;
import io.nightjar.bank.search.NearestSearch;
import io.nightjar.bank.search.Neighbours;
import io.nightjar.bank.search.RowRange;
import io.nightjar.bank.search.SearchArguments;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * Exact search for the nearest rows of a bank, by matrix products over rows that stay in native
 * memory (4 bytes a value) until the search is closed.
 *
 * <p>The products only choose candidates; the distances among these are taken in float64 from the
 * bank's and the queries' own float32 values. The result is therefore the same for any batching,
 * any number of threads and any matrix library. Any number of threads may search at once.
 *
 * <p>Why no neighbour is lost. Rows and queries are centred first: q' and b' are q - c and b - c,
 * rounded to float32. Let u = 2^-24, Q = |q'|, B the largest |b'|, R = Q + B, g = d u / (1 - d u).
 * For each row the products give s = h - p, with h = |b'|^2 / 2 rounded to float32 and p the
 * float32 inner product of q' and b'. Against t = (|q - b|^2 - Q^2) / 2 its error consists of
 *
 * <ul>
 *   <li>centring: q' - b' is off by at most u R (1 + u), and so |q' - b'|^2 / 2 by at most 1.01 u
 *       R^2;
 *   <li>the inner product: at most g Q B, whatever the order of its sum, fused or not (Higham,
 *       Accuracy and Stability of Numerical Algorithms, section 3.1);
 *   <li>h and the difference: at most 1.01 u (B^2 + Q B).
 * </ul>
 *
 * Together it is below E = 1.02 (g Q B + u (Q B + 2 R^2)), which leaves room for the roundings in
 * float64, plus what underflow can take, at most 2^-126 an operation. Let T be the k-th smallest s
 * seen. At least k rows have t at most T + E, so each of the k nearest has t at most T + E and s at
 * most T + 2 E: rows above that are dropped, all others are candidates. Rows that are excluded are
 * never offered, so T is that of the others; B may be larger than theirs, which only widens E.
 *
 * <p>Larger banks are not searched exhaustively: {@link PrunedScan} skips groups of rows that
 * cannot be near, and explains why none is lost. Where that saves too little, as among vectors
 * without structure, the bank is searched exhaustively after all.
 */
public final class ExactSearch implements NearestSearch {
  /** Queries that share one pass over all rows, so that their products stay in cache. */
  private static final int QUERIES = 2048;

  /**
   * Queries that share one pass over the groups that they probe. A group is probed by few of them,
   * and its rows are prepared for a product each time.
   */
  private static final int PROBING_QUERIES = 8192;

  /** Products of the queries of one pass and all centres: 32 MiB. */
  private static final int MAX_PRODUCTS = 1 << 23;

  /** Smaller banks are searched exhaustively: grouping would not pay. */
  private static final int MIN_ROWS_TO_PRUNE = 8192;

  private final MemoryBank bank;
  private final Centre centre;
  private final CentredRows rows;
  // Empty where all rows are one group, which no bounding ball excludes.
  private final Optional<BoundingBalls> boundingBalls;

  /**
   * Copies the bank's rows, centred, into native memory.
   *
   * @throws IllegalArgumentException if a row lies farther than 1e18 from the mean
   */
  public ExactSearch(MemoryBank bank) {
    this(bank, RowGroups.SIZE, bank.rows() >= MIN_ROWS_TO_PRUNE);
  }

  /**
   * A search that compares every query with every row: it opens at once, and is the faster one
   * where there are only few queries.
   *
   * @throws IllegalArgumentException if a row lies farther than 1e18 from the mean
   */
  public static ExactSearch exhaustive(MemoryBank bank) {
    return new ExactSearch(bank, RowGroups.SIZE, false);
  }

  /** A search that groups the bank by about {@code groupSize} rows, if {@code prune}. */
  public ExactSearch(MemoryBank bank, int groupSize, boolean prune) {
    this.bank = bank;
    centre = new Centre(bank);
    RowGroups groups =
        prune ? RowGroups.ofNeighbours(bank, centre, groupSize) : RowGroups.single(bank.rows());
    rows = new CentredRows(bank, centre, groups);
    boundingBalls =
        groups.count() == 1
            ? Optional.empty()
            : Optional.of(new BoundingBalls(bank, centre, groups));
  }

  @Override
  public MemoryBank bank() {
    return bank;
  }

  @Override
  public Neighbours nearest(float[] queries, int count, int k) {
    return nearestOutside(queries, count, k, RowRange.NONE);
  }

  @Override
  public Neighbours nearestOutside(float[] queries, int count, int k, RowRange excluded) {
    SearchArguments.require(bank, queries, count, k, excluded);
    Neighbours found = new Neighbours(k, new int[count * k], new double[count * k]);
    int batch = batchSize(k);
    for (int from = 0; from < count; from += batch) {
      search(queries, from, Math.min(batch, count - from), found, excluded);
    }
    return found;
  }

  /** As many queries as fit into the budgets of candidates and of products with the centres. */
  private int batchSize(int k) {
    int most = Candidates.queriesAtOnce(k, bank.rows());
    int groups = boundingBalls.map(BoundingBalls::count).orElse(1);
    return Math.max(1, Math.min(PROBING_QUERIES, Math.min(most, MAX_PRODUCTS / groups)));
  }

  private void search(float[] queries, int from, int count, Neighbours found, RowRange excluded) {
    if (boundingBalls.isPresent()) {
      QueryBatch batch = batch(queries, from, count, found.k(), excluded);
      if (new PrunedScan(rows, boundingBalls.get(), batch).run(found.k())) {
        batch.writeNearest(found, from);
        return;
      }
    }
    for (int at = 0; at < count; at += QUERIES) {
      QueryBatch batch =
          batch(queries, from + at, Math.min(QUERIES, count - at), found.k(), excluded);
      int[] all = IntStream.range(0, batch.count()).toArray();
      rows.offer(batch.centred(), batch.count(), 0, bank.rows(), batch, all);
      batch.writeNearest(found, from + at);
    }
  }

  private QueryBatch batch(float[] queries, int from, int count, int k, RowRange excluded) {
    return new QueryBatch(bank, centre, rows.longest(), queries, from, count, k, excluded);
  }

  @Override
  public void close() {
    rows.close();
    boundingBalls.ifPresent(BoundingBalls::close);
  }
}
