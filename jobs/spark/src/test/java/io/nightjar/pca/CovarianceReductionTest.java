package io.nightjar.pca;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.nightjar.error.InvalidInputException;
import io.nightjar.pca.components.ComponentRule;
import io.nightjar.pca.components.PrincipalComponents;
import io.nightjar.pca.covariance.PartialCovariance;
import io.nightjar.pca.covariance.SyntheticPatches;
import io.nightjar.testing.Sparks;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.apache.spark.api.java.JavaPairRDD;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.scheduler.SparkListener;
import org.apache.spark.scheduler.SparkListenerTaskEnd;
import org.apache.spark.scheduler.TaskInfo;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import scala.Tuple2;

@Tag("slow")
class CovarianceReductionTest {
  private static final int CHANNELS = 24;
  private static final int CHUNKS = 11;

  /** Enough for a problem to take some tenths of a second. */
  private static final int MANY_CHANNELS = 900;

  private static final CyclicBarrier BOTH = new CyclicBarrier(2);

  @ParameterizedTest
  @CsvSource({"1, 1", "1, 5", "2, 1", "2, 3", "2, 11"})
  void neitherThreadsNorPartitionsNorArrivalChangeABit(int threads, int partitions) {
    PartialCovariance total = chunk(0);
    for (int key = 1; key < CHUNKS; key++) {
      total.add(chunk(key));
    }
    PrincipalComponents expected = PrincipalComponents.fit(total, 0.97);
    List<Integer> keys = new ArrayList<>();
    for (int key = 0; key < CHUNKS; key++) {
      keys.add(key);
    }
    Collections.shuffle(keys, new Random(31L * threads + partitions));

    SparkSession spark = Sparks.local(threads);
    PrincipalComponents components =
        CovarianceReduction.fit(
            context(spark)
                .parallelize(keys, partitions)
                .mapToPair(
                    key -> {
                      Thread.sleep(key % 3 * 20L);
                      return new Tuple2<>(key, chunk(key));
                    }),
            ComponentRule.of(0.97));

    assertThat(components.eigenvalues()).isEqualTo(expected.eigenvalues());
    assertThat(components.basis()).isEqualTo(expected.basis());
    assertThat(components.mean()).isEqualTo(expected.mean());
    assertThat(components.totalVariance()).isEqualTo(expected.totalVariance());
  }

  @Test
  void sumsThatAreKeptGiveTheBitsOfThoseThatTravel() {
    JavaSparkContext spark = context(Sparks.local(2));
    List<Integer> keys = List.of(4, 0, 3, 1, 2);
    PrincipalComponents expected =
        CovarianceReduction.fit(
            spark.parallelize(keys, 3).mapToPair(key -> new Tuple2<>(key, chunk(key))),
            ComponentRule.of(0.97));

    CovarianceReduction.Fit found = someKept(spark.parallelize(keys, 3), -1);

    assertThat(found.missing()).isEmpty();
    assertThat(found.reduction().orElseThrow().branches().get(0).basis())
        .isEqualTo(expected.basis());
    assertThat(found.reduction().orElseThrow().branches().get(0).eigenvalues())
        .isEqualTo(expected.eigenvalues());
    assertThat(found.reduction().orElseThrow().branches().get(0).mean()).isEqualTo(expected.mean());
  }

  @Test
  void keptSumsThatAreNotThereAfterAllAreNamed() {
    CovarianceReduction.Fit found =
        someKept(context(Sparks.local(2)).parallelize(List.of(0, 1, 2, 3, 4), 3), 3);

    assertThat(found.missing()).containsExactly(3);
    assertThat(found.reduction()).isEmpty();
  }

  /** Those of odd chunks are kept. */
  private static CovarianceReduction.Fit someKept(JavaRDD<Integer> keys, int missing) {
    return CovarianceReduction.fit(
        keys.mapToPair(
            key ->
                new Tuple2<>(
                    key, key % 2 == 0 ? new ChunkSums.Computed(chunk(key)) : new ChunkSums.Kept())),
        key -> key == missing ? Optional.empty() : Optional.of(chunk(key)),
        ComponentRule.of(0.97),
        List.of(List.of(CHANNELS)));
  }

  /** On the driver they would be in one queue, or in the driver's way. */
  @Test
  void theProblemsOfTwoCategoriesAreSolvedAtTheSameTimeInTasks() throws Exception {
    List<SparkListenerTaskEnd> solved = Collections.synchronizedList(new ArrayList<>());
    ExecutorService categories = Executors.newFixedThreadPool(2);
    // Of its own: a stopped session has informed its listeners of everything.
    try (SparkSession spark = Sparks.start("local[2]", Map.of())) {
      context(spark)
          .sc()
          .addSparkListener(
              new SparkListener() {
                @Override
                public void onTaskEnd(SparkListenerTaskEnd end) {
                  if (end.taskType().equals("ResultTask")) {
                    solved.add(end);
                  }
                }
              });
      List<Future<PrincipalComponents>> fits =
          List.of(
              categories.submit(() -> fitWhenBothAreThere(context(spark), 1)),
              categories.submit(() -> fitWhenBothAreThere(context(spark), 2)));
      for (Future<PrincipalComponents> fit : fits) {
        assertThat(fit.get().count()).isPositive();
      }
    } finally {
      categories.shutdownNow();
    }

    assertThat(solved).hasSize(2);
    TaskInfo one = solved.get(0).taskInfo();
    TaskInfo other = solved.get(1).taskInfo();
    assertThat(one.launchTime()).isLessThan(other.finishTime());
    assertThat(other.launchTime()).isLessThan(one.finishTime());
  }

  private static PrincipalComponents fitWhenBothAreThere(JavaSparkContext spark, int seed) {
    return CovarianceReduction.fit(
        spark
            .parallelize(List.of(seed), 1)
            .mapToPair(
                key -> {
                  BOTH.await(10, TimeUnit.MINUTES);
                  float[] patches = SyntheticPatches.correlated(1000, MANY_CHANNELS, 8, key);
                  return new Tuple2<>(key, SyntheticPatches.partial(patches, MANY_CHANNELS));
                }),
        ComponentRule.of(0.9));
  }

  @Test
  void refusalsReachTheCallerInTheirOwnWords() {
    SparkSession spark = Sparks.local(2);
    JavaSparkContext context = context(spark);
    JavaPairRDD<Integer, PartialCovariance> none =
        context.<Tuple2<Integer, PartialCovariance>>emptyRDD().mapToPair(pair -> pair);
    assertThatThrownBy(() -> CovarianceReduction.fit(none, ComponentRule.of(0.9)))
        .isInstanceOf(InvalidInputException.class)
        .hasMessage("There are no patches to find principal components of");

    JavaPairRDD<Integer, PartialCovariance> twice =
        context.parallelize(List.of(4, 4)).mapToPair(key -> new Tuple2<>(key, chunk(key)));
    assertThatThrownBy(() -> CovarianceReduction.fit(twice, ComponentRule.of(0.9)))
        .isInstanceOf(InvalidInputException.class)
        .hasMessage("Chunk 4 was given twice");

    JavaPairRDD<Integer, PartialCovariance> mixed =
        context
            .parallelize(List.of(2, 3))
            .mapToPair(key -> new Tuple2<>(key, SyntheticPatches.partial(new float[6 * key], key)));
    assertThatThrownBy(() -> CovarianceReduction.fit(mixed, ComponentRule.of(0.9)))
        .isInstanceOf(InvalidInputException.class)
        .hasMessage("The patches of chunk 3 have 3 channels, those before it 2");
  }

  private static JavaSparkContext context(SparkSession spark) {
    return JavaSparkContext.fromSparkContext(spark.sparkContext());
  }

  private static PartialCovariance chunk(int key) {
    return SyntheticPatches.partial(
        SyntheticPatches.correlated(200 + 37 * key, CHANNELS, 8, key), CHANNELS);
  }
}
