package io.nightjar.bank.selection;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.nightjar.bank.coreset.BlockTable;
import io.nightjar.bank.coreset.Coreset;
import io.nightjar.bank.coreset.CoresetMethod;
import io.nightjar.bank.coreset.CoresetOptions;
import io.nightjar.bank.coreset.CoresetPlan;
import io.nightjar.bank.coreset.PlainFarthestFirst;
import io.nightjar.bank.coreset.RandomProjection;
import io.nightjar.bank.coreset.RowSample;
import io.nightjar.bank.coreset.Vectors;
import io.nightjar.error.InvalidInputException;
import io.nightjar.testing.Sparks;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.apache.spark.api.java.JavaPairRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.util.LongAccumulator;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import scala.Tuple2;

/** On real Spark, with small limits where parts are wanted. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class CoresetSelectionTest {
  private static final int DIMENSION = 12;
  private static final int BLOCK = 50;
  private static final CoresetPlan.Limits SMALL = new CoresetPlan.Limits(700, 3000, 0);

  private SparkSession session;
  private JavaSparkContext spark;

  @BeforeAll
  void start() {
    session = Sparks.local(2);
    spark = JavaSparkContext.fromSparkContext(session.sparkContext());
  }

  @Test
  void bankOfOnePartIsTheTraversalOfAllRows() {
    float[] rows = Vectors.principal(1000, DIMENSION, 1);

    Coreset coreset = select(rows, options(0.2, 5), new CoresetPlan.Limits(1000, 1000, 0), 3);

    int first = new SplittableRandom(31 * 5L).nextInt(1000);
    List<Integer> expected = PlainFarthestFirst.select(rows, DIMENSION, 200, first);
    Collections.sort(expected);
    assertThat(chosen(coreset, 1000)).isEqualTo(expected);
    assertThat(coreset.parts()).isEqualTo(1);
    assertThat(coreset.radius().orElseThrow()).isCloseTo(radius(rows, coreset), within(1e-12));
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 5, 60})
  void partitionsChangeNothing(int partitions) {
    float[] rows = Vectors.clustered(3000, DIMENSION, 11, 2);

    Coreset expected = select(rows, options(0.1, 3), SMALL, 7);
    Coreset coreset = select(rows, options(0.1, 3), SMALL, partitions);

    assertThat(coreset.parts()).isEqualTo(5);
    assertThat(chosen(coreset, 3000)).isEqualTo(chosen(expected, 3000)).hasSize(300);
    assertThat(coreset.radius()).isEqualTo(expected.radius());
  }

  @Test
  void seedDecides() {
    float[] rows = Vectors.gaussian(1500, DIMENSION, 3);

    assertThat(chosen(select(rows, options(0.05, 1), SMALL, 2), 1500))
        .isNotEqualTo(chosen(select(rows, options(0.05, 2), SMALL, 2), 1500));
  }

  @Test
  void radiusOfPartsIsWithinWhatIsStated() {
    for (long seed = 0; seed < 4; seed++) {
      assertWithinBound(Vectors.gaussian(2000, DIMENSION, seed), seed);
      assertWithinBound(Vectors.clustered(2000, DIMENSION, 60, seed), seed);
    }
  }

  /**
   * Half of the radius that plain farthest-first leaves is no more than the optimum, which is no
   * more than that radius.
   */
  private void assertWithinBound(float[] rows, long seed) {
    Coreset coreset = select(rows, options(0.02, seed), SMALL, 2);

    double radius = radius(rows, coreset);
    assertThat(coreset.parts()).isEqualTo(3);
    assertThat(radius).isLessThanOrEqualTo(coreset.radius().orElseThrow());

    // Each part offers as many rows as the whole coreset has: 4 times the optimum.
    Coreset bounded =
        select(rows, options(0.02, seed), new CoresetPlan.Limits(700, 3000, 3 * 40), 2);
    int[] plain =
        PlainFarthestFirst.select(rows, DIMENSION, 40, 0).stream()
            .mapToInt(Integer::intValue)
            .toArray();
    assertThat(radius(rows, bounded))
        .isLessThanOrEqualTo(bounded.radius().orElseThrow())
        .isLessThanOrEqualTo(4 * PlainFarthestFirst.radius(rows, DIMENSION, plain));
    assertThat(bounded.radius().orElseThrow())
        .isLessThanOrEqualTo(4 * PlainFarthestFirst.radius(rows, DIMENSION, plain));
  }

  @Test
  void partsOfferTwiceTheirProportionUnlessTheyCanOfferAll() {
    BlockTable blocks =
        BlockTable.of(
            IntStream.range(0, 60).mapToObj(key -> Map.entry((long) key, BLOCK)).toList());

    CoresetPlan shares = CoresetPlan.of(blocks, 300, SMALL);
    CoresetPlan bounded = CoresetPlan.of(blocks, 300, new CoresetPlan.Limits(700, 3000, 1500));

    assertThat(IntStream.range(0, 5).map(shares::rows)).containsExactly(600, 600, 600, 600, 600);
    assertThat(IntStream.range(0, 5).map(shares::quota)).containsOnly(120);
    assertThat(IntStream.range(0, 5).map(bounded::quota)).containsOnly(300);
    assertThat(shares.picks()).isEqualTo(5 * 120 + 300);
  }

  @Test
  void equalRowsAreKeptOnce() {
    float[] rows = new float[2000 * DIMENSION];
    for (int row = 0; row < 2000; row++) {
      rows[row * DIMENSION] = row % 7;
    }

    Coreset coreset = select(rows, options(0.5, 0), SMALL, 2);

    assertThat(coreset.size()).isEqualTo(7);
    assertThat(coreset.radius()).hasValue(0);
  }

  @Test
  void longRowsAreProjected() {
    int dimension = 400;
    float[] rows = Vectors.gaussian(300, dimension, 4);
    CoresetSelection selection =
        CoresetSelection.of(
            options(0.1, 6), dimension, blocks(rows, dimension, 3), CoresetPlan.Limits::of);
    float[] projected = RandomProjection.where(300, dimension, 6).orElseThrow().project(rows);

    Coreset coreset = selection.select(accumulator());

    int first = new SplittableRandom(31 * 6L).nextInt(300);
    assertThat(chosen(coreset, 300))
        .containsExactlyInAnyOrderElementsOf(
            PlainFarthestFirst.select(projected, projected.length / 300, 30, first));
  }

  @Test
  void randomRowsAreAsManyAndHaveNoRadius() {
    float[] rows = Vectors.gaussian(1000, DIMENSION, 5);
    CoresetOptions random = new CoresetOptions(0.1, CoresetMethod.RANDOM, 8);

    Coreset coreset = select(rows, random, SMALL, 3);

    assertThat(chosen(coreset, 1000))
        .containsExactlyElementsOf(Arrays.stream(RowSample.draw(1000, 100, 8)).boxed().toList());
    assertThat(coreset.radius()).isEmpty();
  }

  @Test
  void ratioOfOneKeepsEveryDistinctRow() {
    float[] rows = Vectors.gaussian(300, DIMENSION, 6);

    assertThat(chosen(select(rows, options(1, 0), SMALL, 2), 300)).hasSize(300);
  }

  @Test
  void progressCountsPicksOfPartsAndOfTheirUnion() {
    float[] rows = Vectors.gaussian(1500, DIMENSION, 7);
    CoresetSelection selection =
        CoresetSelection.of(options(0.1, 1), DIMENSION, blocks(rows, DIMENSION, 2), width -> SMALL);
    LongAccumulator chosen = accumulator();

    selection.select(chosen);

    assertThat(chosen.sum()).isEqualTo(selection.picks()).isEqualTo(3 * 100 + 150);
  }

  @Test
  void whatCannotBeChosenIsRefused() {
    float[] rows = Vectors.gaussian(1500, DIMENSION, 8);

    assertThatThrownBy(() -> select(rows, options(1e-4, 0), SMALL, 2))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("--coreset")
        .hasMessageContaining("1500 rows");
    assertThatThrownBy(() -> select(rows, options(0.5, 0), new CoresetPlan.Limits(700, 1000, 0), 2))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("750 of 1500")
        .hasMessageContaining("at most 1000");
    assertThatThrownBy(() -> options(0, 0)).hasMessageContaining("above 0 and at most 1");
    assertThatThrownBy(() -> options(1.5, 0)).hasMessageContaining("1.5");
    assertThatThrownBy(() -> options(Double.NaN, 0)).hasMessageContaining("NaN");
  }

  private static CoresetOptions options(double ratio, long seed) {
    return new CoresetOptions(ratio, CoresetMethod.GREEDY, seed);
  }

  private Coreset select(
      float[] rows, CoresetOptions options, CoresetPlan.Limits limits, int partitions) {
    return CoresetSelection.of(
            options, DIMENSION, blocks(rows, DIMENSION, partitions), width -> limits)
        .select(accumulator());
  }

  private LongAccumulator accumulator() {
    return session.sparkContext().longAccumulator();
  }

  /** Blocks of {@value #BLOCK} rows under keys with gaps, and an empty one, in no order. */
  private JavaPairRDD<Long, float[]> blocks(float[] rows, int dimension, int partitions) {
    List<Tuple2<Long, float[]>> blocks = new ArrayList<>();
    int size = BLOCK * dimension;
    for (int from = 0; from < rows.length; from += size) {
      blocks.add(
          new Tuple2<>(
              key(from / size),
              Arrays.copyOfRange(rows, from, Math.min(rows.length, from + size))));
    }
    blocks.add(new Tuple2<>(1L, new float[0]));
    Collections.shuffle(blocks, new Random(partitions));
    return spark.parallelizePairs(blocks, partitions);
  }

  private static long key(int block) {
    return 10L * block;
  }

  private static List<Integer> chosen(Coreset coreset, int rows) {
    List<Integer> numbers = new ArrayList<>();
    for (int block = 0; block * BLOCK < rows; block++) {
      for (int row : coreset.rowsOf(key(block))) {
        numbers.add(block * BLOCK + row);
      }
    }
    assertThat(numbers).hasSize(coreset.size());
    return numbers;
  }

  private static double radius(float[] rows, Coreset coreset) {
    int[] numbers =
        chosen(coreset, rows.length / DIMENSION).stream().mapToInt(Integer::intValue).toArray();
    return PlainFarthestFirst.radius(rows, DIMENSION, numbers);
  }
}
