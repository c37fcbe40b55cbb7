package io.nightjar.bank.shard;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.nightjar.bank.exact.ExactSearch;
import io.nightjar.bank.search.MemoryBank;
import io.nightjar.bank.search.NearestSearch;
import io.nightjar.bank.search.Neighbours;
import io.nightjar.bank.search.RowRange;
import io.nightjar.error.InvalidInputException;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A search that passes over some rows finds what a bank without them holds. */
class NearestOutsideTest {
  private static final int DIMENSION = 8;

  @ParameterizedTest
  @CsvSource({
    // Searched whole, and by groups of which a range holds a part, or all of several.
    "300, 0, 40, 1, 1e9",
    "300, 260, 300, 5, 1e9",
    "3000, 0, 700, 1, 1",
    "3000, 1300, 1301, 3, 1",
    "3000, 1000, 3000, 5, 1",
    "3000, 0, 2999, 1, 1",
    "3000, 500, 1500, 40, 0.01"
  })
  void equalsBruteForceWithoutTheRows(int rows, int from, int to, int k, double spread) {
    Random random = new Random(rows + from);
    float[] values = new float[rows * DIMENSION];
    for (int i = 0; i < values.length; i++) {
      // Neighbouring rows lie together, so that whole groups are excluded.
      int cluster = i / DIMENSION / 60;
      values[i] = (float) (cluster + spread * random.nextGaussian());
    }
    MemoryBank bank = new MemoryBank(DIMENSION, List.of(values));
    RowRange excluded = new RowRange(from, to);
    float[] queries = bank.copyOf(excluded);
    int count = Math.min(60, excluded.size());

    try (ExactSearch pruned = new ExactSearch(bank, 16, true);
        ExactSearch whole = new ExactSearch(bank, rows, false)) {
      Neighbours found = pruned.nearestOutside(queries, count, k, excluded);

      Neighbours also = whole.nearestOutside(queries, count, k, excluded);
      assertThat(found.rows()).containsExactly(also.rows());
      assertThat(found.squaredDistances()).containsExactly(also.squaredDistances());
      for (int query = 0; query < count; query++) {
        assertThat(found.squaredDistances()[query * k])
            .isEqualTo(smallest(values, queries, query, excluded));
      }
    }
  }

  @Test
  void anySearchCanExcludeRows() {
    Random random = new Random(9);
    float[] values = new float[500 * DIMENSION];
    for (int i = 0; i < values.length; i++) {
      values[i] = random.nextInt(3); // with ties
    }
    MemoryBank bank = new MemoryBank(DIMENSION, List.of(values));
    RowRange excluded = new RowRange(100, 150);
    float[] queries = bank.copyOf(new RowRange(90, 160));

    try (ExactSearch search = new ExactSearch(bank)) {
      Neighbours known = search.nearestOutside(queries, 70, 4, excluded);
      Neighbours plain = new Plain(search).nearestOutside(queries, 70, 4, excluded);

      assertThat(plain.rows()).containsExactly(known.rows());
      assertThat(plain.squaredDistances()).containsExactly(known.squaredDistances());
    }
  }

  @Test
  void moreNeighboursThanRowsOutsideAreRefused() {
    MemoryBank bank = new MemoryBank(1, List.of(new float[] {1, 2, 3}));
    try (ExactSearch search = new ExactSearch(bank)) {
      assertThatThrownBy(() -> search.nearestOutside(new float[1], 1, 2, new RowRange(0, 2)))
          .isInstanceOf(InvalidInputException.class)
          .hasMessageContaining("of 1 rows");
      assertThatThrownBy(() -> search.nearestOutside(new float[1], 1, 1, new RowRange(2, 4)))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("from=2, to=4");
    }
  }

  private static double smallest(float[] rows, float[] queries, int query, RowRange excluded) {
    double smallest = Double.POSITIVE_INFINITY;
    for (int row = 0; row < rows.length / DIMENSION; row++) {
      if (row >= excluded.from() && row < excluded.to()) {
        continue;
      }
      double squared = 0;
      for (int i = 0; i < DIMENSION; i++) {
        double difference = (double) queries[query * DIMENSION + i] - rows[row * DIMENSION + i];
        squared += difference * difference;
      }
      smallest = Math.min(smallest, squared);
    }
    return smallest;
  }

  /** A search that knows no better way. */
  private record Plain(ExactSearch search) implements NearestSearch {
    @Override
    public MemoryBank bank() {
      return search.bank();
    }

    @Override
    public Neighbours nearest(float[] queries, int count, int k) {
      return search.nearest(queries, count, k);
    }

    @Override
    public void close() {}
  }
}
