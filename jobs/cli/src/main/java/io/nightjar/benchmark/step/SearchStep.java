package io.nightjar.benchmark.step;

import io.nightjar.bank.exact.ExactSearch;
import io.nightjar.bank.search.MemoryBank;
import io.nightjar.benchmark.baseline.BruteForceSearch;
import io.nightjar.benchmark.baseline.FlatProductSearch;
import io.nightjar.benchmark.baseline.NearestRows;
import io.nightjar.benchmark.harness.BenchmarkContext;
import io.nightjar.benchmark.harness.BenchmarkStep;
import io.nightjar.benchmark.harness.Candidate;
import io.nightjar.benchmark.harness.Check;
import io.nightjar.benchmark.harness.Measurement;
import io.nightjar.benchmark.harness.Quantity;
import io.nightjar.benchmark.harness.Sample;
import io.nightjar.benchmark.harness.StepBenchmark;
import io.nightjar.benchmark.harness.StepComparison;
import io.nightjar.benchmark.harness.StepResult;
import java.util.List;
import java.util.Map;

/**
 * The exact nearest rows of real reduced patches on one core, next to plain matrix products and a
 * brute-force search.
 */
public final class SearchStep implements StepBenchmark {
  /** Of |q|² + |b|², from which plain products subtract. */
  private static final double TOLERANCE = 1e-5;

  @Override
  public StepResult run(BenchmarkContext context) {
    Sample sample = context.sample();
    MemoryBank bank = sample.bank();
    float[] queries = sample.queries();
    int count = sample.queryCount();
    int some = Math.min(count, context.options().productQueries());
    int few = Math.min(count, context.options().bruteForceQueries());
    BruteForceSearch brute = new BruteForceSearch(bank);
    try (ExactSearch search = new ExactSearch(bank);
        FlatProductSearch flat = new FlatProductSearch(bank)) {
      Candidate<float[]> ours =
          Candidate.ours(
              "exact search, pruned",
              1,
              work(count, bank),
              () -> search.meanDistances(queries, count, 1));
      Candidate<NearestRows> products =
          Candidate.baseline(
              "plain products, as Faiss's IndexFlatL2",
              1,
              work(some, bank),
              () -> flat.nearest(queries, some));
      Candidate<NearestRows> loops =
          Candidate.baseline(
              "brute force in Java", 1, work(few, bank), () -> brute.nearest(queries, few));
      Candidate<Integer> build =
          Candidate.ours(
              "building the search, once a bank",
              1,
              Map.of(Quantity.ROWS, (double) bank.rows()),
              () -> build(bank));
      List<Measurement> measurements =
          StepComparison.run(context.options(), ours, products, loops, build);
      return new StepResult(
          BenchmarkStep.SEARCH,
          measurements,
          List.of(
              check("plain matrix products", products.result(), ours.result(), sample),
              check("brute force", loops.result(), ours.result(), sample)),
          Map.of(
              "bank_rows",
              bank.rows(),
              "dimension",
              bank.dimension(),
              "queries",
              count,
              "plain_product_queries",
              some,
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
  private static Check check(String name, NearestRows found, float[] distances, Sample sample) {
    MemoryBank bank = sample.bank();
    int patches = sample.backbone().spec().patches();
    double worst = 0;
    for (int query = 0; query < found.rows().length; query++) {
      int row = found.rows()[query];
      float[] block = bank.blocks().get(row / patches);
      double distance = 0;
      double norms = 0;
      for (int i = 0; i < bank.dimension(); i++) {
        double q = sample.queries()[query * bank.dimension() + i];
        double b = block[row % patches * bank.dimension() + i];
        distance += (q - b) * (q - b);
        norms += q * q + b * b;
      }
      double ours = (double) distances[query] * distances[query];
      if (distance != ours) {
        worst = Math.max(worst, Math.abs(distance - ours) / norms);
      }
    }
    return Check.within(
        name,
        "the largest difference of a squared distance, in parts of |q|² + |b|²",
        worst,
        TOLERANCE);
  }
}
