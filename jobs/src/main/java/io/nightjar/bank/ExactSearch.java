package io.nightjar.bank;

import io.nightjar.error.InvalidInputException;
import io.nightjar.linalg.NativeMatrix;

/**
 * Exact search for the nearest rows of a bank, by blocked matrix products over rows that stay in
 * native memory (4 bytes a value) until the search is closed.
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
 * most T + 2 E: rows above that are dropped, all others are candidates.
 */
public final class ExactSearch implements AutoCloseable {
  /** Queries that share one pass over the bank. */
  private static final int QUERIES = 1024;

  /** Bank rows of one product, so that the products are still in cache when they are looked at. */
  private static final int ROWS = 1024;

  /** Candidates of all queries of one pass: 32 MiB. */
  private static final int MAX_CANDIDATES = 1 << 22;

  private static final double UNIT_ROUNDOFF = 0x1p-24;

  /** Longer vectors would overflow float32 when squared. */
  private static final double MAX_NORM = 1e18;

  private final MemoryBank bank;
  private final Centre centre;
  private final NativeMatrix rows;
  // Half the squared length of each centred row.
  private final float[] halfNorms;
  private final double longest;

  /**
   * Copies the bank's rows, centred, into native memory.
   *
   * @throws IllegalArgumentException if a row lies farther than 1e18 from the mean
   */
  public ExactSearch(MemoryBank bank) {
    this.bank = bank;
    centre = new Centre(bank);
    halfNorms = new float[bank.rows()];
    longest = fillHalfNorms();
    rows = NativeMatrix.copyOf(centre.centred(bank), bank.rows(), bank.dimension());
  }

  private double fillHalfNorms() {
    double largest = 0;
    int row = 0;
    for (float[] block : centre.centred(bank)) {
      for (int i = 0; i < block.length / bank.dimension(); i++) {
        double squared = Centre.squaredNorm(block, i, bank.dimension());
        if (!(squared <= MAX_NORM * MAX_NORM)) {
          throw new IllegalArgumentException(
              "Row %d of the memory bank is too long to search: its distance from the mean is %s"
                  .formatted(row, Math.sqrt(squared)));
        }
        halfNorms[row++] = (float) (squared / 2);
        largest = Math.max(largest, squared);
      }
    }
    return Math.sqrt(largest);
  }

  /** The bank that is searched. */
  public MemoryBank bank() {
    return bank;
  }

  /**
   * Mean Euclidean distance of each query to its k nearest rows.
   *
   * @param queries {@code count x dimension} values, row by row; may be longer
   * @throws InvalidInputException if k is below 1 or above the number of rows
   * @throws IllegalArgumentException if the array is too short or a query is not finite
   */
  public float[] meanDistances(float[] queries, int count, int k) {
    return nearest(queries, count, k).meanDistances();
  }

  /** The k nearest rows of each query; parameters and errors as {@link #meanDistances}. */
  public Neighbours nearest(float[] queries, int count, int k) {
    requireSearchable(queries, count, k);
    int capacity = Candidates.capacity(k, bank.rows());
    int batch = Math.max(1, Math.min(QUERIES, MAX_CANDIDATES / capacity));
    Neighbours found = new Neighbours(k, new int[count * k], new double[count * k]);
    float[] products = new float[Math.min(batch, count) * Math.min(ROWS, bank.rows())];
    for (int from = 0; from < count; from += batch) {
      search(queries, from, Math.min(batch, count - from), products, found);
    }
    return found;
  }

  private void requireSearchable(float[] queries, int count, int k) {
    if (k < 1 || k > bank.rows()) {
      throw new InvalidInputException(
          "Cannot average over k = %d neighbours in a memory bank of %d rows; choose k from 1 to %d"
              .formatted(k, bank.rows(), bank.rows()));
    }
    if (count < 0 || (long) count * bank.dimension() > queries.length) {
      throw new IllegalArgumentException(
          "%d queries of dimension %d do not fit into %d values"
              .formatted(count, bank.dimension(), queries.length));
    }
    if ((long) count * k > Integer.MAX_VALUE - 8) {
      throw new IllegalArgumentException(
          "%d neighbours for each of %d queries do not fit into one array".formatted(k, count));
    }
  }

  private void search(float[] queries, int from, int count, float[] products, Neighbours found) {
    float[] centred = centre.centred(queries, from, count);
    Candidates[] candidates = new Candidates[count];
    for (int i = 0; i < count; i++) {
      candidates[i] =
          new Candidates(bank, queries, from + i, found.k(), 2 * margin(centred, i, from));
    }
    for (int row = 0; row < bank.rows(); row += ROWS) {
      int block = Math.min(ROWS, bank.rows() - row);
      rows.multiplyTransposed(centred, count, row, block, products);
      for (int i = 0; i < count; i++) {
        candidates[i].offerBlock(halfNorms, row, products, i * block, block);
      }
    }
    for (int i = 0; i < count; i++) {
      candidates[i].writeNearest(found, from + i);
    }
  }

  /** E of the class comment for one centred query. */
  private double margin(float[] centred, int query, int from) {
    int dimension = bank.dimension();
    double norm = Math.sqrt(Centre.squaredNorm(centred, query, dimension));
    if (!(norm <= MAX_NORM)) {
      throw new IllegalArgumentException(
          "Query %d holds NaN, infinity or a value too large to search".formatted(from + query));
    }
    double reach = norm + longest;
    double product = norm * longest;
    double gamma = dimension * UNIT_ROUNDOFF / (1 - dimension * UNIT_ROUNDOFF);
    return 1.02 * (gamma * product + UNIT_ROUNDOFF * (product + 2 * reach * reach))
        + 4.0 * (dimension + 1) * Float.MIN_NORMAL;
  }

  /** Returns the native memory, after searches in progress; later searches fail. */
  @Override
  public void close() {
    rows.close();
  }
}
