package io.nightjar.bank.approximate;

import static org.assertj.core.api.Assertions.assertThat;

import io.nightjar.bank.search.MemoryBank;
import io.nightjar.bank.search.Neighbours;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class HnswSearchTest {
  private static final int DIMENSION = 12;

  /** Banks of which the largest part are a few rows over and over, as plain surfaces give them. */
  @ParameterizedTest
  @CsvSource({"1,3000", "5,3000", "200,4000"})
  void equalRowsDoNotHideOthers(int repeated, int copies) {
    float[] distinct = BruteForce.clustered(1, 1500, DIMENSION, 10);
    float[] rows = Arrays.copyOf(distinct, distinct.length + copies * DIMENSION);
    for (int i = 0; i < copies; i++) {
      System.arraycopy(
          distinct, i % repeated * DIMENSION, rows, distinct.length + i * DIMENSION, DIMENSION);
    }
    float[] queries = BruteForce.clustered(2, 200, DIMENSION, 10);
    MemoryBank bank = new MemoryBank(DIMENSION, List.of(rows));
    HnswMethod method = HnswMethod.DEFAULT;

    try (HnswSearch search = new HnswSearch(bank, RowGraph.build(bank, method), method.ef())) {
      Neighbours found = search.nearest(queries, 200, 1);

      Neighbours nearest = BruteForce.nearest(rows, queries, DIMENSION, 1);
      int right = 0;
      for (int query = 0; query < 200; query++) {
        right += found.rows()[query] == nearest.rows()[query] ? 1 : 0;
      }
      assertThat(right).isGreaterThanOrEqualTo(198);
      assertThat(found.fallbacks().exhaustive()).isZero();
    }
  }

  @Test
  void equalRowsAreNeighboursInTheirOrder() {
    float[] rows = new float[40 * DIMENSION];
    for (int row = 0; row < 40; row++) {
      // Even rows are the origin, of either sign; odd ones lie one after another.
      Arrays.fill(
          rows,
          row * DIMENSION,
          (row + 1) * DIMENSION,
          row % 2 == 1 ? row : row % 4 == 0 ? 0f : -0f);
    }
    MemoryBank bank = new MemoryBank(DIMENSION, List.of(rows));
    DistinctRows distinct = DistinctRows.of(bank);
    HnswMethod method = HnswMethod.DEFAULT;

    assertThat(distinct.count()).isEqualTo(21);
    assertThat(distinct.size(0)).isEqualTo(20);
    assertThat(distinct.row(0, 1)).isEqualTo(2);
    assertThat(distinct.first(1)).isEqualTo(1);
    try (HnswSearch search = new HnswSearch(bank, RowGraph.build(bank, method), method.ef())) {
      Neighbours found = search.nearest(new float[DIMENSION], 1, 23);

      assertThat(found.rows())
          .containsExactly(
              0, 2, 4, 6, 8, 10, 12, 14, 16, 18, 20, 22, 24, 26, 28, 30, 32, 34, 36, 38, 1, 3, 5);
      assertThat(found.fallbacks().exhaustive()).isZero();
    }
  }

  @Test
  void aBankOfOneRowOverAndOverIsSearched() {
    float[] rows = new float[500 * DIMENSION];
    MemoryBank bank = new MemoryBank(DIMENSION, List.of(rows));
    HnswMethod method = HnswMethod.DEFAULT;

    try (HnswSearch search = new HnswSearch(bank, RowGraph.build(bank, method), method.ef())) {
      assertThat(search.nearest(new float[DIMENSION], 1, 3).rows()).containsExactly(0, 1, 2);
    }
  }
}
