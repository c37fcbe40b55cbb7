package io.nightjar.bank.approximate;

import io.nightjar.bank.search.MemoryBank;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Hash tables over the projections of MLlib's {@code BucketedRandomProjectionLSH}. MLlib hashes a
 * table by one projection, which leaves most of a large bank in few buckets; here a table is hashed
 * by several together (Datar et al., SCG 2004, section 3).
 *
 * @param tables hash tables that a query probes, 1 to 256
 * @param hashes projections of one table, 1 to 64; more make smaller buckets
 * @param bucketLength width of a bucket along a projection, in units of distance; 0 for twice the
 *     standard deviation of the rows along a random direction
 * @param seed of the random directions
 */
public record LshMethod(int tables, int hashes, double bucketLength, long seed)
    implements SearchMethod {
  private static final long serialVersionUID = 1L;

  /**
   * The defaults of the command line: 16 tables of 16 projections, a width that follows from the
   * rows, seed 1.
   */
  public static final LshMethod DEFAULT = new LshMethod(16, 16, 0, 1);

  private static final int SPREAD_ROWS = 4096;

  /**
   * Checks the ranges.
   *
   * @param tables hash tables that a query probes, 1 to 256
   * @param hashes projections of one table, 1 to 64; more make smaller buckets
   * @param bucketLength width of a bucket along a projection, in units of distance; 0 for twice the
   *     standard deviation of the rows along a random direction
   * @param seed of the random directions
   * @throws io.nightjar.error.InvalidInputException naming the option that is out of range
   */
  public LshMethod {
    SearchMethod.require(tables >= 1 && tables <= 256, "lsh-tables", tables, "1 to 256");
    SearchMethod.require(hashes >= 1 && hashes <= 64, "lsh-hashes", hashes, "1 to 64");
    SearchMethod.require(
        bucketLength >= 0 && Double.isFinite(bucketLength),
        "lsh-bucket-length",
        bucketLength,
        "auto, or a number above 0");
  }

  @Override
  public String name() {
    return "lsh";
  }

  @Override
  public Map<String, Object> settings() {
    Map<String, Object> settings = new LinkedHashMap<>();
    settings.put("lsh_tables", tables);
    settings.put("lsh_hashes", hashes);
    settings.put("lsh_bucket_length", bucketLength == 0 ? "auto" : bucketLength);
    settings.put("search_seed", seed);
    return settings;
  }

  @Override
  public boolean isExact() {
    return false;
  }

  @Override
  public SearchIndex fit(IndexFitting fitting, MemoryBank bank) {
    double width = bucketLength > 0 ? bucketLength : usualWidth(bank);
    double[][] directions = fitting.directions(bank.dimension(), tables * hashes, width, seed);
    return new LshIndex(new Projections(directions, width), tables);
  }

  /** The mean variance of a dimension is that along a random direction. */
  private double usualWidth(MemoryBank bank) {
    int[] rows = RowSample.draw(bank.rows(), SPREAD_ROWS, seed);
    double[] sums = new double[bank.dimension()];
    double squares = 0;
    for (int row : rows) {
      float[] values = RowSample.values(bank, row);
      for (int i = 0; i < values.length; i++) {
        sums[i] += values[i];
        squares += (double) values[i] * values[i];
      }
    }
    double aroundMean = squares;
    for (double sum : sums) {
      aroundMean -= sum * sum / rows.length;
    }
    double deviation = Math.sqrt(Math.max(0, aroundMean) / rows.length / bank.dimension());
    // Identical rows share a bucket of any width.
    return deviation > 0 ? 2 * deviation : 1;
  }
}
