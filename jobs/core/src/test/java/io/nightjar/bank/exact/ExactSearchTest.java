package io.nightjar.bank.exact;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.nightjar.bank.search.MemoryBank;
import io.nightjar.bank.search.Neighbours;
import io.nightjar.error.InvalidInputException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ExactSearchTest {

  @Test
  void distancesByHand() {
    MemoryBank bank = new MemoryBank(2, List.of(new float[] {0, 0, 3, 4}, new float[] {10, 0}));
    float[] queries = {0, 0, 3, 0};

    try (ExactSearch search = new ExactSearch(bank)) {
      assertThat(search.meanDistances(queries, 2, 1)).containsExactly(0, 3);
      assertThat(search.meanDistances(queries, 2, 2)).containsExactly(2.5f, 3.5f);
      assertThat(search.meanDistances(queries, 2, 3)).containsExactly(5, (float) (14 / 3.0));
      assertThat(search.nearest(queries, 2, 2).rows()).containsExactly(0, 1, 0, 1);
    }
  }

  @ParameterizedTest
  @CsvSource({
    "1, 1, 1, 1",
    "1, 5, 3, 1",
    "7, 3, 2, 7",
    "100, 17, 5, 100",
    "1023, 9, 31, 1",
    "1025, 9, 31, 5",
    "3000, 1, 40, 3",
    "2500, 33, 1100, 5",
    "300, 20, 30, 150",
    "60, 3, 8200, 2"
  })
  void randomRowsEqualBruteForce(int rows, int dimension, int queries, int k) {
    Random random = new Random(rows);
    assertEqualsBruteForce(
        gaussian(random, rows * dimension, 0, 1),
        gaussian(random, queries * dimension, 0, 1),
        dimension,
        k);
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 5})
  void clusteredRowsEqualBruteForce(int k) {
    Random random = new Random(2);
    float[] rows = gaussian(random, 3000 * 12, 0, 0.001);
    float[] queries = gaussian(random, 60 * 12, 0, 0.001);
    for (int i = 0; i < rows.length; i++) {
      rows[i] += 100 * ((i / 12) % 7 - 3);
    }
    for (int i = 0; i < queries.length; i++) {
      queries[i] += 100 * ((i / 12) % 7 - 3);
    }
    assertEqualsBruteForce(rows, queries, 12, k);
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 5, 40})
  void duplicatesAndTiesGoToTheLowerRow(int k) {
    Random random = new Random(3);
    float[] rows = new float[3000 * 4];
    float[] queries = new float[50 * 4];
    for (int i = 0; i < rows.length; i++) {
      rows[i] = random.nextInt(3);
    }
    for (int i = 0; i < queries.length; i++) {
      queries[i] = random.nextInt(3);
    }
    assertEqualsBruteForce(rows, queries, 4, k);
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 7, 5000})
  void rowsThatAreAllTheSame(int k) {
    float[] rows = new float[5000 * 3];
    Arrays.fill(rows, 0.1f);
    assertEqualsBruteForce(rows, new float[] {0.1f, 0.1f, 0.1f, 5, 6, 7}, 3, k);
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 5})
  void farFromTheOriginNothingCancels(int k) {
    Random random = new Random(4);
    assertEqualsBruteForce(
        gaussian(random, 2000 * 40, 1000, 0.01), gaussian(random, 40 * 40, 1000, 0.01), 40, k);
  }

  @Test
  void aFarOutlierAmongTheRowsChangesNothing() {
    Random random = new Random(5);
    float[] rows = gaussian(random, 2000 * 10, 0, 1);
    rows[777] = 1e6f;
    assertEqualsBruteForce(rows, gaussian(random, 30 * 10, 0, 1), 10, 3);
  }

  @ParameterizedTest
  @ValueSource(doubles = {1e-30, 1e-20, 1e10, 1e15})
  void anyScaleEqualsBruteForce(double scale) {
    Random random = new Random(6);
    assertEqualsBruteForce(
        gaussian(random, 1500 * 6, 0, scale), gaussian(random, 20 * 6, 0, scale), 6, 2);
  }

  @Test
  void batchingChangesNothing() {
    Random random = new Random(7);
    float[] queries = gaussian(random, 50 * 16, 0, 1);
    MemoryBank bank = new MemoryBank(16, List.of(gaussian(random, 4000 * 16, 0, 1)));

    try (ExactSearch search = new ExactSearch(bank)) {
      float[] together = search.meanDistances(queries, 50, 3);
      for (int i = 0; i < 50; i++) {
        float[] one = Arrays.copyOfRange(queries, i * 16, (i + 1) * 16);
        assertThat(search.meanDistances(one, 1, 3)).containsExactly(together[i]);
      }
      assertThat(search.meanDistances(queries, 0, 3)).isEmpty();
    }
  }

  @Test
  void severalThreadsShareOneSearch() throws Exception {
    Random random = new Random(8);
    MemoryBank bank = new MemoryBank(24, List.of(gaussian(random, 5000 * 24, 0, 1)));
    float[] queries = gaussian(random, 200 * 24, 0, 1);
    ExecutorService threads = Executors.newFixedThreadPool(4);
    try (ExactSearch search = new ExactSearch(bank)) {
      float[] alone = search.meanDistances(queries, 200, 5);
      List<Future<float[]>> results = new ArrayList<>();
      for (int i = 0; i < 8; i++) {
        results.add(threads.submit(() -> search.meanDistances(queries, 200, 5)));
      }
      for (Future<float[]> result : results) {
        assertThat(result.get()).containsExactly(alone);
      }
    } finally {
      threads.shutdown();
    }
  }

  @Test
  void impossibleRequestsAreRefused() {
    MemoryBank bank = new MemoryBank(2, List.of(new float[] {1, 2, 3, 4}));
    ExactSearch search = new ExactSearch(bank);

    assertThatThrownBy(() -> search.meanDistances(new float[2], 1, 3))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("k = 3")
        .hasMessageContaining("2 rows");
    assertThatThrownBy(() -> search.meanDistances(new float[2], 1, 0))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("k = 0");
    assertThatThrownBy(() -> search.meanDistances(new float[3], 2, 1))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("2 queries");
    assertThatThrownBy(() -> search.meanDistances(new float[] {0, 0, 1, Float.NaN}, 2, 1))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("Query 1");
    search.close();
    search.close();
    assertThatThrownBy(() -> search.meanDistances(new float[2], 1, 1))
        .isInstanceOf(IllegalStateException.class);
  }

  @Test
  void rowsThatAreNoRowsAreRefused() {
    assertThatThrownBy(() -> new MemoryBank(3, List.of(new float[3], new float[4])))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("Block 1")
        .hasMessageContaining("4 values");
    assertThatThrownBy(() -> new MemoryBank(1, List.of(new float[] {1, Float.NaN})))
        .hasMessageContaining("Row 1 of block 0")
        .hasMessageContaining("NaN");
    assertThatThrownBy(() -> new MemoryBank(3, List.of())).hasMessageContaining("at least one row");
    assertThatThrownBy(() -> new MemoryBank(0, List.of(new float[1]))).hasMessageContaining("0");
    assertThatThrownBy(
            () -> new ExactSearch(new MemoryBank(1, List.of(new float[] {-3e38f, 3e38f}))))
        .hasMessageContaining("Row 0");
  }

  @Test
  void aBankThatIsPrunedByDefaultEqualsBruteForce() {
    Random random = new Random(9);
    float[] rows = gaussian(random, 9000 * 8, 0, 0.1);
    for (int i = 0; i < rows.length; i++) {
      rows[i] += (i / 8) % 100;
    }
    assertEqualsBruteForce(rows, Arrays.copyOf(rows, 25 * 8), 8, 1);
  }

  /** By the search as it is, and by searches that prune groups of a few rows. */
  private static void assertEqualsBruteForce(float[] rows, float[] queries, int dimension, int k) {
    MemoryBank bank = new MemoryBank(dimension, blocks(rows, dimension));
    assertEqualsBruteForce(new ExactSearch(bank), rows, queries, k);
    assertEqualsBruteForce(new ExactSearch(bank, 8, true), rows, queries, k);
    assertEqualsBruteForce(new ExactSearch(bank, 50, true), rows, queries, k);
  }

  private static void assertEqualsBruteForce(
      ExactSearch opened, float[] rows, float[] queries, int k) {
    int dimension = opened.bank().dimension();
    int count = queries.length / dimension;
    try (ExactSearch search = opened) {
      Neighbours actual = search.nearest(queries, count, k);
      float[] means = search.meanDistances(queries, count, k);
      for (int query = 0; query < count; query++) {
        double[] distances = new double[rows.length / dimension];
        Integer[] order = new Integer[distances.length];
        for (int row = 0; row < distances.length; row++) {
          order[row] = row;
          for (int i = 0; i < dimension; i++) {
            double difference =
                (double) queries[query * dimension + i] - (double) rows[row * dimension + i];
            distances[row] += difference * difference;
          }
        }
        Arrays.sort(order, Comparator.comparingDouble(row -> distances[row]));
        double sum = 0;
        for (int i = 0; i < k; i++) {
          assertThat(actual.rows()[query * k + i]).isEqualTo(order[i]);
          assertThat(actual.squaredDistances()[query * k + i]).isEqualTo(distances[order[i]]);
          sum += Math.sqrt(distances[order[i]]);
        }
        assertThat(means[query]).isEqualTo((float) (sum / k));
      }
    }
  }

  /** Uneven blocks of whole rows. */
  private static List<float[]> blocks(float[] rows, int dimension) {
    List<float[]> blocks = new ArrayList<>();
    int size = 1;
    for (int from = 0; from < rows.length; size = size * 3 + 1) {
      int to = Math.min(rows.length, from + size * dimension);
      blocks.add(Arrays.copyOfRange(rows, from, to));
      from = to;
    }
    return blocks;
  }

  private static float[] gaussian(Random random, int length, double mean, double deviation) {
    float[] values = new float[length];
    for (int i = 0; i < length; i++) {
      values[i] = (float) (mean + deviation * random.nextGaussian());
    }
    return values;
  }
}
