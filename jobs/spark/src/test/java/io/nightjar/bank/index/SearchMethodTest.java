package io.nightjar.bank.index;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.nightjar.bank.approximate.BruteForce;
import io.nightjar.bank.approximate.ExactMethod;
import io.nightjar.bank.approximate.HnswMethod;
import io.nightjar.bank.approximate.IvfIndex;
import io.nightjar.bank.approximate.IvfMethod;
import io.nightjar.bank.approximate.LshMethod;
import io.nightjar.bank.approximate.Projections;
import io.nightjar.bank.approximate.SearchIndex;
import io.nightjar.bank.approximate.SearchMethod;
import io.nightjar.bank.search.Fallbacks;
import io.nightjar.bank.search.MemoryBank;
import io.nightjar.bank.search.NearestSearch;
import io.nightjar.bank.search.Neighbours;
import io.nightjar.error.InvalidInputException;
import io.nightjar.testing.Sparks;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.spark.ml.feature.BucketedRandomProjectionLSHModel;
import org.apache.spark.ml.linalg.Vector;
import org.apache.spark.ml.linalg.Vectors;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

@Tag("slow")
class SearchMethodTest {
  private static final int DIMENSION = 24;
  private static final float[] ROWS = BruteForce.clustered(1, 2000, DIMENSION, 40);
  private static final float[] QUERIES = BruteForce.clustered(2, 200, DIMENSION, 40);

  private static final MemoryBank BANK =
      new MemoryBank(
          DIMENSION,
          List.of(
              Arrays.copyOf(ROWS, ROWS.length / 2),
              Arrays.copyOfRange(ROWS, ROWS.length / 2, ROWS.length)));

  /** Indexes of the bank, each fitted by the first test that searches it. */
  private static final Map<SearchMethod, SearchIndex> FITTED = new HashMap<>();

  private static SparkSession spark;

  @BeforeAll
  static void start() {
    spark = Sparks.local(2);
  }

  private static SearchIndex fit(SearchMethod method) {
    return method.fit(new MllibFitting(spark), BANK);
  }

  private static SearchIndex fitted(SearchMethod method) {
    return FITTED.computeIfAbsent(method, SearchMethodTest::fit);
  }

  private static Neighbours search(SearchMethod method, float[] queries, int k) {
    try (NearestSearch search = fitted(method).open(BANK)) {
      return search.nearest(queries, queries.length / DIMENSION, k);
    }
  }

  /**
   * Settings that leave nothing out: all lists; half the space a bucket, and another half for each
   * of many tables; a beam as wide as the bank.
   */
  static Stream<SearchMethod> thorough() {
    return Stream.of(
        new ExactMethod(),
        new IvfMethod(30, 30, 1),
        new LshMethod(64, 1, 1e9, 1),
        new HnswMethod(16, 100, 2000));
  }

  /** Settings that leave most of the bank out. */
  static Stream<SearchMethod> brief() {
    return Stream.of(
        new IvfMethod(0, 4, 1), new LshMethod(16, 6, 0, 1), new HnswMethod(16, 100, 32));
  }

  @ParameterizedTest
  @MethodSource("thorough")
  void settingsThatProbeEverythingEqualBruteForce(SearchMethod method) {
    for (int k : new int[] {1, 5}) {
      Neighbours exact = BruteForce.nearest(ROWS, QUERIES, DIMENSION, k);

      Neighbours found = search(method, QUERIES, k);

      assertThat(found.rows()).containsExactly(exact.rows());
      assertThat(found.squaredDistances()).containsExactly(exact.squaredDistances());
      assertThat(found.fallbacks()).isEqualTo(Fallbacks.NONE);
    }
  }

  @ParameterizedTest
  @MethodSource("brief")
  void mostNearestRowsAreFound(SearchMethod method) {
    Neighbours exact = BruteForce.nearest(ROWS, QUERIES, DIMENSION, 1);

    assertThat(BruteForce.recall(search(method, QUERIES, 1), exact)).isGreaterThan(0.9);
  }

  @ParameterizedTest
  @MethodSource("brief")
  void distancesBelongToTheRowsInFloat64(SearchMethod method) {
    int k = 3;

    Neighbours found = search(method, QUERIES, k);

    for (int i = 0; i < found.rows().length; i++) {
      double sum = 0;
      for (int j = 0; j < DIMENSION; j++) {
        double difference =
            (double) QUERIES[i / k * DIMENSION + j] - ROWS[found.rows()[i] * DIMENSION + j];
        sum += difference * difference;
      }
      assertThat(found.squaredDistances()[i]).isEqualTo(sum);
      if (i % k > 0) {
        assertThat(sum).isGreaterThanOrEqualTo(found.squaredDistances()[i - 1]);
        assertThat(found.rows()[i]).isNotEqualTo(found.rows()[i - 1]);
      }
    }
  }

  @ParameterizedTest
  @MethodSource("brief")
  void anotherFitAndAnotherBatchingGiveTheSameAnswers(SearchMethod method) {
    Neighbours all = search(method, QUERIES, 2);

    try (NearestSearch search = fit(method).open(BANK)) {
      for (int query = 0; query < 200; query += 7) {
        float[] one = Arrays.copyOfRange(QUERIES, query * DIMENSION, (query + 1) * DIMENSION);
        Neighbours found = search.nearest(one, 1, 2);

        assertThat(found.rows())
            .containsExactly(Arrays.copyOfRange(all.rows(), 2 * query, 2 * query + 2));
        assertThat(found.squaredDistances())
            .containsExactly(Arrays.copyOfRange(all.squaredDistances(), 2 * query, 2 * query + 2));
      }
    }
  }

  @ParameterizedTest
  @MethodSource("brief")
  void asManyNeighboursAsThereAreRows(SearchMethod method) {
    float[] queries = Arrays.copyOf(QUERIES, 3 * DIMENSION);
    Neighbours exact = BruteForce.nearest(ROWS, queries, DIMENSION, 2000);

    Neighbours found = search(method, queries, 2000);

    assertThat(found.rows()).containsExactly(exact.rows());
    Fallbacks fallbacks = found.fallbacks();
    assertThat(fallbacks.widened() + fallbacks.exhaustive())
        .isEqualTo(method instanceof HnswMethod ? fallbacks.exhaustive() : 3);
  }

  @ParameterizedTest
  @MethodSource("brief")
  void tooManyNeighboursAndQueriesThatAreNoPointsAreRefused(SearchMethod method) {
    assertThatThrownBy(() -> search(method, QUERIES, 2001))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("k = 2001")
        .hasMessageContaining("2000 rows");
    float[] query = new float[DIMENSION];
    query[3] = Float.NaN;
    assertThatThrownBy(() -> search(method, query, 1))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("Query 0");
  }

  @ParameterizedTest
  @MethodSource("brief")
  void anIndexTravels(SearchMethod method) throws IOException, ClassNotFoundException {
    SearchIndex index = fitted(method);
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
      out.writeObject(index);
    }
    SearchIndex copy;
    try (ObjectInputStream in =
        new ObjectInputStream(new ByteArrayInputStream(bytes.toByteArray()))) {
      copy = (SearchIndex) in.readObject();
    }

    try (NearestSearch here = index.open(BANK);
        NearestSearch there = copy.open(BANK)) {
      assertThat(there.nearest(QUERIES, 200, 2).rows())
          .containsExactly(here.nearest(QUERIES, 200, 2).rows());
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 4})
  void equalRowsGoToTheLower(int k) {
    float[] rows = new float[500 * 2];
    Arrays.fill(rows, 3);
    MemoryBank bank = new MemoryBank(2, List.of(rows));
    float[] query = {3, 3};
    int[] lowest = {0, 1, 2, 3};

    for (SearchMethod method : List.of(new IvfMethod(4, 1, 1), new LshMethod(2, 2, 0, 1))) {
      try (NearestSearch search = method.fit(new MllibFitting(spark), bank).open(bank)) {
        assertThat(search.nearest(query, 1, k).rows()).containsExactly(Arrays.copyOf(lowest, k));
      }
    }
  }

  @Test
  void emptyBucketsAreCountedAndAnsweredExactly() {
    float[] far = new float[2 * DIMENSION];
    Arrays.fill(far, 0, DIMENSION, 1e4f);
    Arrays.fill(far, DIMENSION, 2 * DIMENSION, -1e4f);
    Neighbours exact = BruteForce.nearest(ROWS, far, DIMENSION, 2);

    Neighbours found = search(new LshMethod(8, 6, 0, 1), far, 2);

    assertThat(found.fallbacks()).isEqualTo(new Fallbacks(0, 2));
    assertThat(found.rows()).containsExactly(exact.rows());
  }

  @Test
  void nearlyEmptyBucketsAreWidened() {
    // Along one direction: buckets of width 1 hold a row each, at 0.5, 1.5, 2.5 and so on.
    float[] rows = new float[20];
    for (int i = 0; i < rows.length; i++) {
      rows[i] = i + 0.5f;
    }
    MemoryBank bank = new MemoryBank(1, List.of(rows));
    try (NearestSearch search =
        new LshMethod(1, 1, 1, 1).fit(new MllibFitting(spark), bank).open(bank)) {
      Neighbours found = search.nearest(new float[] {7.4f}, 1, 2);

      assertThat(found.rows()).containsExactly(7, 6);
      assertThat(found.fallbacks()).isEqualTo(new Fallbacks(1, 0));
    }
  }

  @Test
  void listsWithTooFewRowsAreWidened() {
    MemoryBank bank = new MemoryBank(1, List.of(new float[] {0, 0, 10, 10, 20, 20}));
    try (NearestSearch search = new IvfIndex(new float[] {0, 10, 20}, 1).open(bank)) {
      Neighbours found = search.nearest(new float[] {12}, 1, 4);

      assertThat(found.rows()).containsExactly(2, 3, 4, 5);
      assertThat(found.fallbacks()).isEqualTo(new Fallbacks(1, 0));
    }
  }

  @Test
  void aQueryProbesExactlyTheNearestLists() {
    // 5.2 is nearer to the centre 10, but its nearest row, 4.9, is in the list of 0.
    MemoryBank bank = new MemoryBank(1, List.of(new float[] {0, 4.9f, 8, 10}));
    float[] query = {5.2f};

    try (NearestSearch one = new IvfIndex(new float[] {0, 10}, 1).open(bank);
        NearestSearch both = new IvfIndex(new float[] {0, 10}, 2).open(bank)) {
      assertThat(one.nearest(query, 1, 1).rows()).containsExactly(2);
      assertThat(both.nearest(query, 1, 1).rows()).containsExactly(1);
    }
  }

  @Test
  void bucketsAreThoseOfMllib() {
    BucketedRandomProjectionLSHModel model = new MllibFitting(spark).model(DIMENSION, 12, 0.7, 11);
    Projections projections =
        new Projections(
            Stream.of(model.randUnitVectors()).map(Vector::toArray).toArray(double[][]::new), 0.7);
    long[] buckets = new long[12];

    for (int query = 0; query < 50; query++) {
      projections.buckets(QUERIES, query * DIMENSION, buckets);
      double[] values = new double[DIMENSION];
      for (int i = 0; i < DIMENSION; i++) {
        values[i] = QUERIES[query * DIMENSION + i];
      }
      Vector[] expected = model.hashFunction(Vectors.dense(values));
      for (int i = 0; i < buckets.length; i++) {
        assertThat((double) buckets[i]).isEqualTo(expected[i].apply(0));
      }
    }
  }

  @Test
  void settingsOutOfRangeAreRefusedWithTheOptionsName() {
    assertRefused(() -> new IvfMethod(1, 1, 0), "--lists is 1");
    assertRefused(() -> new IvfMethod(0, 0, 0), "--probes is 0");
    assertRefused(() -> new IvfMethod(8, 9, 0), "--probes is 9");
    assertRefused(() -> new LshMethod(0, 1, 0, 0), "--lsh-tables is 0");
    assertRefused(() -> new LshMethod(1, 65, 0, 0), "--lsh-hashes is 65");
    assertRefused(() -> new LshMethod(1, 1, -1, 0), "--lsh-bucket-length is -1");
    assertRefused(() -> new LshMethod(1, 1, Double.NaN, 0), "--lsh-bucket-length is NaN");
    assertRefused(() -> new HnswMethod(1, 100, 64), "--hnsw-degree is 1");
    assertRefused(() -> new HnswMethod(16, 8, 64), "--hnsw-construction is 8");
    assertRefused(() -> new HnswMethod(16, 100, 0), "--ef is 0");
  }

  private static void assertRefused(Runnable settings, String words) {
    assertThatThrownBy(settings::run)
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining(words);
  }
}
