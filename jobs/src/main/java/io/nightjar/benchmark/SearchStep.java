package io.nightjar.benchmark;

import io.nightjar.bank.ExactSearch;
import io.nightjar.bank.MemoryBank;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * The exact nearest rows of real reduced patches on one core, beside plain matrix products and a
 * brute-force search.
 */
final class SearchStep implements StepBenchmark {
  /** Of |q|² + |b|², from which plain products subtract. */
  private static final double TOLERANCE = 1e-5;

  @Override
  public StepResult run(Workbench bench) {
    Sample sample = bench.sample();
    MemoryBank bank = sample.bank();
    float[] queries = sample.queries();
    int count = sample.queryCount();
    int few = Math.min(count, bench.effort().bruteForceQueries());
    BruteForceSearch brute = new BruteForceSearch(bank);
    try (ExactSearch search = new ExactSearch(bank);
        FlatProductSearch flat = new FlatProductSearch(bank)) {
      Contender<float[]> ours =
          Contender.ours(
              "exact search", 1, work(count, bank), () -> search.meanDistances(queries, count, 1));
      Contender<NearestRows> products =
          Contender.baseline(
              "plain products, as Faiss's IndexFlatL2",
              1,
              work(count, bank),
              () -> flat.nearest(queries, count));
      Contender<NearestRows> loops =
          Contender.baseline(
              "brute force in Java", 1, work(few, bank), () -> brute.nearest(queries, few));
      Contender<Integer> build =
          Contender.ours(
              "building the search",
              1,
              Map.of(Quantity.ROWS, (double) bank.rows()),
              () -> build(bank));
      List<Measurement> measurements = Race.run(bench.effort(), ours, products, loops, build);
      RowValues rows = new RowValues(bank);
      return new StepResult(
          BenchmarkStep.SEARCH,
          measurements,
          List.of(
              check("plain matrix products", products.result(), ours.result(), queries, rows),
              check("brute force", loops.result(), ours.result(), queries, rows)),
          Map.of(
              "bank_rows",
              bank.rows(),
              "dimension",
              bank.dimension(),
              "queries",
              count,
              "brute_force_queries",
              few));
    }
  }

  /** As if every pair were multiplied, however the search finds its answer. */
  private static Map<Quantity, Double> work(int queries, MemoryBank bank) {
    return Map.of(
        Quantity.QUERIES,
        (double) queries,
        Quantity.GFLOP,
        2e-9 * queries * bank.rows() * bank.dimension());
  }

  private static int build(MemoryBank bank) {
    try (ExactSearch search = new ExactSearch(bank)) {
      return search.bank().rows();
    }
  }

  /** The distance to the row that the other found, in float64, against our distance. */
  private static Check check(
      String name, NearestRows found, float[] distances, float[] queries, RowValues rows) {
    double worst = 0;
    for (int query = 0; query < found.rows().length; query++) {
      int row = found.rows()[query];
      double ours = (double) distances[query] * distances[query];
      double scale = rows.squaredNorms(queries, query, row);
      double difference = Math.abs(rows.squaredDistance(queries, query, row) - ours);
      if (difference > 0) {
        worst = Math.max(worst, difference / scale);
      }
    }
    return Check.within(
        name,
        "the largest difference of a squared distance, in parts of |q|² + |b|²",
        worst,
        TOLERANCE);
  }

  /** Rows of a bank by their number. */
  private static final class RowValues {
    private final int dimension;
    private final List<float[]> rows = new ArrayList<>();

    RowValues(MemoryBank bank) {
      dimension = bank.dimension();
      for (float[] block : bank.blocks()) {
        for (int at = 0; at < block.length; at += dimension) {
          rows.add(java.util.Arrays.copyOfRange(block, at, at + dimension));
        }
      }
    }

    double squaredDistance(float[] queries, int query, int row) {
      double sum = 0;
      for (int i = 0; i < dimension; i++) {
        double difference = (double) queries[query * dimension + i] - rows.get(row)[i];
        sum += difference * difference;
      }
      return sum;
    }

    double squaredNorms(float[] queries, int query, int row) {
      double sum = 0;
      for (int i = 0; i < dimension; i++) {
        double q = queries[query * dimension + i];
        double b = rows.get(row)[i];
        sum += q * q + b * b;
      }
      return sum;
    }
  }
}
