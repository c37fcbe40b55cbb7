package io.nightjar.bank.shard;

import static org.assertj.core.api.Assertions.assertThat;

import io.nightjar.bank.exact.ExactSearch;
import io.nightjar.bank.search.MemoryBank;
import io.nightjar.bank.search.Neighbours;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Rows that are scanned part by part answer as one search of all of them does, to the bit. */
class RowScanTest {
  private static final int DIMENSION = 11;

  @ParameterizedTest
  @CsvSource({"1, 1, 1", "30, 7, 30", "900, 333, 1", "9000, 2048, 1", "9000, 4500, 5"})
  void partsAnswerAsTheWholeBank(int rows, int part, int k) {
    Random random = new Random(rows);
    float[] bank = values(random, rows * DIMENSION);
    // Of whole numbers, so that many distances are equal.
    float[] queries = values(random, 12 * DIMENSION);
    List<QueryBlock> blocks =
        List.of(
            new QueryBlock(4, 5, Arrays.copyOf(queries, 5 * DIMENSION)),
            new QueryBlock(9, 7, Arrays.copyOfRange(queries, 5 * DIMENSION, queries.length)));

    MergedNeighbours first = new MergedNeighbours(5, k);
    MergedNeighbours second = new MergedNeighbours(7, k);
    for (int from = 0; from < rows; from += part) {
      int to = Math.min(rows, from + part);
      int middle = (from + to) / 2;
      List<float[]> read = new ArrayList<>();
      for (int[] range : new int[][] {{from, middle}, {middle, to}}) {
        if (range[1] > range[0]) {
          read.add(Arrays.copyOfRange(bank, range[0] * DIMENSION, range[1] * DIMENSION));
        }
      }
      Map<Integer, MergedNeighbours> found = RowScan.nearest(blocks, k, DIMENSION, from, read);
      first.merge(found.get(4));
      second.merge(found.get(9));
    }

    try (ExactSearch whole = new ExactSearch(new MemoryBank(DIMENSION, List.of(bank)))) {
      Neighbours expected = whole.nearest(queries, 12, k);
      assertThat(concat(first.rows(), second.rows()))
          .isEqualTo(Arrays.stream(expected.rows()).asLongStream().toArray());
      float[] distances = Arrays.copyOf(first.meanDistances(), 12);
      System.arraycopy(second.meanDistances(), 0, distances, 5, 7);
      assertThat(distances).isEqualTo(expected.meanDistances());
    }
  }

  private static long[] concat(long[] one, long[] other) {
    long[] all = Arrays.copyOf(one, one.length + other.length);
    System.arraycopy(other, 0, all, one.length, other.length);
    return all;
  }

  private static float[] values(Random random, int count) {
    float[] values = new float[count];
    for (int i = 0; i < count; i++) {
      values[i] = random.nextInt(4);
    }
    return values;
  }
}
