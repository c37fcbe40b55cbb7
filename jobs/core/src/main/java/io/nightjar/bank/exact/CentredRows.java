package io.nightjar.bank.exact;

import io.nightjar.bank.kmeans.Centre;
import io.nightjar.bank.kmeans.RowGroups;
import io.nightjar.bank.search.MemoryBank;
import io.nightjar.linalg.NativeMatrix;
import io.nightjar.text.Text;
import java.util.Iterator;
import java.util.stream.IntStream;

/** A bank's rows, centred, group after group in native memory. */
public final class CentredRows implements AutoCloseable {
  /** Rows of one product, so that the products are still in cache when they are read. */
  static final int ROWS_AT_ONCE = 1024;

  /** Longer vectors would overflow float32 when squared. */
  static final double MAX_NORM = 1e18;

  private final RowGroups groups;
  private final NativeMatrix values;
  // Half the squared length of the row at each position.
  private final float[] halfNorms;
  private final double longest;

  /**
   * Copies the rows.
   *
   * @throws IllegalArgumentException if a row lies farther than 1e18 from the mean
   */
  public CentredRows(MemoryBank bank, Centre centre, RowGroups groups) {
    this.groups = groups;
    halfNorms = new float[bank.rows()];
    longest = fillHalfNorms(bank, centre);
    values = NativeMatrix.copyOf(() -> tiles(bank, centre), bank.rows(), bank.dimension());
  }

  private Iterator<float[]> tiles(MemoryBank bank, Centre centre) {
    return IntStream.iterate(0, at -> at < bank.rows(), at -> at + ROWS_AT_ONCE)
        .mapToObj(
            at ->
                centre.centred(bank, groups.rowAt(), at, Math.min(ROWS_AT_ONCE, bank.rows() - at)))
        .iterator();
  }

  private double fillHalfNorms(MemoryBank bank, Centre centre) {
    double largest = 0;
    int at = 0;
    for (Iterator<float[]> tiles = tiles(bank, centre); tiles.hasNext(); ) {
      float[] tile = tiles.next();
      for (int i = 0; i < tile.length / bank.dimension(); i++) {
        double squared = Centre.squaredNorm(tile, i, bank.dimension());
        if (!(squared <= MAX_NORM * MAX_NORM)) {
          throw new IllegalArgumentException(
              Text.format(
                  "Row %d of the memory bank is too long to search: its distance from the mean is %s",
                  groups.rowAt()[at], Math.sqrt(squared)));
        }
        halfNorms[at++] = (float) (squared / 2);
        largest = Math.max(largest, squared);
      }
    }
    return Math.sqrt(largest);
  }

  RowGroups groups() {
    return groups;
  }

  int count() {
    return halfNorms.length;
  }

  /** The length of the longest centred row. */
  public double longest() {
    return longest;
  }

  /**
   * Offers the rows of some positions to the candidates of some queries.
   *
   * @param queries centred, row by row
   * @param batch whose candidates they are offered to
   * @param which the candidates' numbers, one for each of the first {@code count} queries
   */
  public void offer(float[] queries, int count, int from, int to, QueryBatch batch, int[] which) {
    Candidates[] candidates = batch.candidates();
    float[] products = batch.products(count * Math.min(ROWS_AT_ONCE, to - from));
    for (int at = from; at < to; at += ROWS_AT_ONCE) {
      int rows = Math.min(ROWS_AT_ONCE, to - at);
      values.multiplyTransposed(queries, count, at, rows, products);
      for (int i = 0; i < count; i++) {
        candidates[which[i]].offerBlock(halfNorms, groups.rowAt(), at, products, i * rows, rows);
      }
    }
  }

  @Override
  public void close() {
    values.close();
  }
}
