package io.nightjar.bank.shard;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.nightjar.bank.exact.ExactSearch;
import io.nightjar.bank.search.MemoryBank;
import io.nightjar.bank.search.Neighbours;
import io.nightjar.error.InvalidInputException;
import io.nightjar.testing.Sparks;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.util.LongAccumulator;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A bank in shards answers as one search of all of its rows does, to the bit. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ShardedBankTest {
  private static final AtomicInteger FAILURES = new AtomicInteger();
  private static final AtomicInteger ROWS = new AtomicInteger();

  private SparkSession session;
  private JavaSparkContext spark;

  @BeforeAll
  void start() {
    // Tasks that fail are run again.
    session = Sparks.start("local[2,3]", Map.of());
    spark = JavaSparkContext.fromSparkContext(session.sparkContext());
  }

  @AfterAll
  void stop() {
    session.stop();
  }

  @ParameterizedTest
  @CsvSource({
    "1, 1, 1, 1, 1",
    "7, 3, 1, 7, 3",
    "100, 17, 1, 3, 4",
    "100, 17, 9, 3, 4",
    "1000, 9, 333, 1, 7",
    "1000, 9, 5000, 3, 2",
    "20000, 12, 9000, 3, 5"
  })
  void randomRows(int rows, int dimension, int shardRows, int k, int partitions) {
    Random random = new Random(rows);

    assertEqualsOneSearch(
        gaussian(random, rows * dimension),
        gaussian(random, 40 * dimension),
        dimension,
        shardRows,
        k,
        partitions);
  }

  @ParameterizedTest
  @CsvSource({"1, 1", "3, 1", "1, 64", "3, 64", "40, 64", "3, 3000"})
  void tiesAndDuplicatesAcrossShardsGoToTheLowerRow(int k, int shardRows) {
    Random random = new Random(3);
    float[] rows = new float[3000 * 4];
    float[] queries = new float[40 * 4];
    for (int i = 0; i < rows.length; i++) {
      rows[i] = random.nextInt(3);
    }
    for (int i = 0; i < queries.length; i++) {
      queries[i] = random.nextInt(3);
    }

    assertEqualsOneSearch(rows, queries, 4, shardRows, k, 5);
  }

  @ParameterizedTest
  @CsvSource({"1, 50", "3, 50"})
  void theCentreOfAShardChangesNothing(int k, int shardRows) {
    // Shard after shard lies elsewhere, all far from the origin, so each takes off another mean.
    Random random = new Random(4);
    float[] rows = gaussian(random, 2000 * 20);
    float[] queries = gaussian(random, 40 * 20);
    for (int i = 0; i < rows.length; i++) {
      rows[i] = 1000 + (i / 20 / 50) + 0.01f * rows[i];
    }
    for (int i = 0; i < queries.length; i++) {
      queries[i] = 1000 + (i / 20) + 0.01f * queries[i];
    }

    assertEqualsOneSearch(rows, queries, 20, shardRows, k, 4);
  }

  @Test
  void numbersOfRowsGoBeyondTheRangeOfInt() {
    RowBlock rows = new RowBlock(0, new float[] {0, 3, 6}).after(1L << 40);

    try (Shard shard = new Shard(1, List.of(rows), ExactSearch::new)) {
      MergedNeighbours found = shard.nearest(new QueryBlock(0, 1, new float[] {5}), 2);

      assertThat(found.rows()).containsExactly((1L << 40) + 2, (1L << 40) + 1);
      assertThat(found.squaredDistances()).containsExactly(1, 4);
    }
  }

  @Test
  void rowsThatAreLostAndATaskThatFailsAmidAWaveLeaveNoTrace() {
    Random random = new Random(5);
    float[] rows = gaussian(random, 500 * 6);
    float[] queries = gaussian(random, 40 * 6);
    FAILURES.set(0);
    JavaRDD<float[]> failing = blocks(rows, 6, 4).mapPartitions(FailsOnDemand::new);
    ShardedBank bank = ShardedBank.keep(failing, 6, 40);

    // As when an executor is lost with the rows it kept: they are computed again for the wave.
    bank.close();
    FAILURES.set(2);
    MergedNeighbours found = nearest(bank, queries, 6, 3);

    assertThat(FAILURES).hasValue(0);
    assertSame(found, rows, queries, 6, 3);
  }

  /** Dies after its second block, as often as it was asked to. */
  private static final class FailsOnDemand implements Iterator<float[]> {
    private final Iterator<float[]> blocks;
    private int given;

    FailsOnDemand(Iterator<float[]> blocks) {
      this.blocks = blocks;
    }

    @Override
    public boolean hasNext() {
      return blocks.hasNext();
    }

    @Override
    public float[] next() {
      if (given++ == 2 && FAILURES.getAndUpdate(n -> Math.max(0, n - 1)) > 0) {
        throw new IllegalStateException("the machine is gone");
      }
      return blocks.next();
    }
  }

  @Test
  void rowsThatChangedWhenTheyAreComputedAgainAreRefused() {
    ROWS.set(5);
    JavaRDD<float[]> changing =
        spark
            .parallelize(List.of(0), 1)
            .flatMap(
                partition -> IntStream.range(0, ROWS.get()).mapToObj(i -> new float[1]).iterator());
    ShardedBank bank = ShardedBank.keep(changing, 1, 3);
    bank.close();

    ROWS.set(4);

    assertThatThrownBy(() -> nearest(bank, new float[2], 1, 1))
        .hasMessageContaining("now there are 4, where 5 were kept");
  }

  @Test
  void largeBlocksAreKeptInPieces() {
    float[] rows = gaussian(new Random(6), 100_000 * 3);
    try (NumberedRows kept = new NumberedRows(spark.parallelize(List.of(rows), 1), 3)) {
      List<RowBlock> pieces = kept.blocks().collect();

      assertThat(pieces).hasSizeGreaterThan(3);
      float[] together = new float[rows.length];
      for (RowBlock piece : pieces) {
        System.arraycopy(
            piece.values(), 0, together, (int) piece.firstRow() * 3, piece.values().length);
      }
      assertThat(together).isEqualTo(rows);
    }
  }

  @Test
  void whatWasKeptIsFreed() {
    ShardedBank bank = ShardedBank.keep(blocks(new float[100], 2, 3), 2, 10);
    assertThat(spark.getPersistentRDDs()).hasSize(1);

    bank.close();

    assertThat(spark.getPersistentRDDs()).isEmpty();
  }

  @Test
  void shardsHaveTheSameSizeAndAtMostTheGivenRows() {
    try (ShardedBank bank = ShardedBank.keep(blocks(new float[1001], 1, 1), 1, 100)) {
      assertThat(bank.shards()).isEqualTo(11);
      assertThat(bank.rows()).isEqualTo(1001);
    }
    List<List<RowBlock>> cut = new ArrayList<>();
    new ShardCutter(
            List.of(new RowBlock(0, new float[5]), new RowBlock(5, new float[4])).iterator(), 1, 3)
        .forEachRemaining(cut::add);

    assertThat(cut.stream().map(shard -> shard.stream().map(b -> b.values().length).toList()))
        .containsExactly(List.of(3), List.of(2, 1), List.of(3));
    assertThat(cut.stream().map(shard -> shard.get(0).firstRow())).containsExactly(0L, 3L, 6L);
  }

  @Test
  void aShardIsAsLargeAsTheLimitAndNeverLargerThanTheBound() {
    assertThat(ShardedBank.maxShardRows(167, 16 << 20)).isEqualTo((16 << 20) / 668);
    assertThat(ShardedBank.maxShardRows(167, 2L << 30)).isEqualTo((64 << 20) / 668);
    assertThat(ShardedBank.maxShardRows(167, 668)).isEqualTo(1);
  }

  @Test
  void numbersOfNeighboursThatDoNotExist() {
    try (ShardedBank bank = ShardedBank.keep(blocks(new float[8], 2, 2), 2, 2)) {
      assertThatThrownBy(() -> nearest(bank, new float[2], 2, 5))
          .isInstanceOf(InvalidInputException.class)
          .hasMessageContaining("k = 5")
          .hasMessageContaining("4 rows");
    }
  }

  @Test
  void noRowsOrNoWholeRows() {
    assertThatThrownBy(() -> ShardedBank.keep(blocks(new float[0], 2, 2), 2, 2))
        .hasMessageContaining("at least one row");
    assertThatThrownBy(() -> ShardedBank.keep(blocks(new float[3], 3, 1), 2, 2))
        .hasMessageContaining("whole rows of 2");
    assertThatThrownBy(() -> ShardedBank.keep(blocks(new float[2], 2, 1), 2, 0))
        .hasMessageContaining("rows of a shard (0)");
    assertThat(spark.getPersistentRDDs()).isEmpty();
  }

  @Test
  void aRowThatIsNoNumberIsNamed() {
    float[] rows = new float[100];
    rows[77] = Float.NaN;
    try (ShardedBank bank = ShardedBank.keep(blocks(rows, 1, 1), 1, 50)) {
      assertThatThrownBy(() -> nearest(bank, new float[1], 1, 1))
          .hasMessageContaining("from row 50 of the bank on")
          .hasMessageContaining("NaN");
    }
  }

  private void assertEqualsOneSearch(
      float[] rows, float[] queries, int dimension, int shardRows, int k, int partitions) {
    try (ShardedBank bank =
        ShardedBank.keep(blocks(rows, dimension, partitions), dimension, shardRows)) {
      assertThat(bank.rows()).isEqualTo(rows.length / dimension);
      assertSame(nearest(bank, queries, dimension, k), rows, queries, dimension, k);
    }
  }

  private static void assertSame(
      MergedNeighbours found, float[] rows, float[] queries, int dimension, int k) {
    try (ExactSearch whole = new ExactSearch(new MemoryBank(dimension, List.of(rows)))) {
      Neighbours expected = whole.nearest(queries, queries.length / dimension, k);
      assertThat(found.rows()).isEqualTo(Arrays.stream(expected.rows()).asLongStream().toArray());
      assertThat(found.squaredDistances()).isEqualTo(expected.squaredDistances());
      assertThat(found.meanDistances()).isEqualTo(expected.meanDistances());
    }
  }

  /** All queries in one wave of two blocks, put together again. */
  private MergedNeighbours nearest(ShardedBank bank, float[] queries, int dimension, int k) {
    int count = queries.length / dimension;
    int half = count / 2;
    List<QueryBlock> wave =
        List.of(
            new QueryBlock(7, half, Arrays.copyOf(queries, half * dimension)),
            new QueryBlock(
                3, count - half, Arrays.copyOfRange(queries, half * dimension, count * dimension)));
    LongAccumulator met = spark.sc().longAccumulator();
    Broadcast<List<QueryBlock>> shared = spark.broadcast(new ArrayList<>(wave));
    Map<Integer, MergedNeighbours> found = bank.nearest(shared, k, 2, met).collectAsMap();
    shared.destroy();
    assertThat(met.value()).isEqualTo(count * bank.shards());
    MergedNeighbours all = new MergedNeighbours(count, k);
    for (int query = 0; query < count; query++) {
      MergedNeighbours part = found.get(query < half ? 7 : 3);
      int at = (query < half ? query : query - half) * k;
      for (int place = 0; place < k; place++) {
        all.set(query, place, part.rows()[at + place], part.squaredDistances()[at + place]);
      }
    }
    return all;
  }

  /** Blocks of up to 30 rows over the given number of partitions. */
  private JavaRDD<float[]> blocks(float[] rows, int dimension, int partitions) {
    List<float[]> blocks = new ArrayList<>();
    for (int from = 0; from < rows.length; from += 30 * dimension) {
      blocks.add(Arrays.copyOfRange(rows, from, Math.min(rows.length, from + 30 * dimension)));
    }
    return spark.parallelize(blocks, partitions);
  }

  private static float[] gaussian(Random random, int count) {
    float[] values = new float[count];
    for (int i = 0; i < count; i++) {
      values[i] = (float) random.nextGaussian();
    }
    return values;
  }
}
