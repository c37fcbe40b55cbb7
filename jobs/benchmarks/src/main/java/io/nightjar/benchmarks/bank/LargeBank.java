package io.nightjar.benchmarks.bank;

import io.nightjar.bank.shard.MergedNeighbours;
import io.nightjar.bank.shard.QueryBlock;
import io.nightjar.bank.shard.ShardedBank;
import io.nightjar.benchmark.harness.PeakMemory;
import io.nightjar.benchmarks.support.ChildJvm;
import io.nightjar.testing.LocalCluster;
import io.nightjar.text.Text;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.stream.IntStream;
import org.apache.spark.SparkEnv;
import org.apache.spark.api.java.JavaPairRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.util.LongAccumulator;
import scala.Tuple2;

/**
 * Searches a bank that is larger than any heap, as a program of its own: a driver of 512 MB and two
 * executors of 1 GiB and one core each. Fails where a result is not that of brute force.
 */
final class LargeBank {
  private static final int PATCHES = 784;
  private static final int K = 3;
  private static final int CHECKED = 16;

  private LargeBank() {}

  /**
   * Runs {@link #main} in a JVM of its own and returns its exit status.
   *
   * @param options of the JVM, in addition to its heap
   */
  static int run(List<String> options, String... arguments)
      throws IOException, InterruptedException {
    List<String> all = new ArrayList<>(options);
    all.add("-Xmx512m");
    return ChildJvm.run(LargeBank.class, all, Map.of(), arguments);
  }

  /**
   * Draws, searches, checks.
   *
   * @param arguments rows, dimension, images, and "lose" where an executor is to be killed and the
   *     search to be repeated
   */
  public static void main(String[] arguments) throws Exception {
    DrawnBank drawn = new DrawnBank(Long.parseLong(arguments[0]), Integer.parseInt(arguments[1]));
    int images = Integer.parseInt(arguments[2]);
    try (SparkSession session = LocalCluster.start(2, 1, Map.of())) {
      JavaSparkContext spark = JavaSparkContext.fromSparkContext(session.sparkContext());
      System.out.printf(
          Locale.ROOT,
          "bank: %,d rows x %d, %,d MB; driver's heap %d MB, executors' 2 x 1024 MB%n",
          drawn.rows(),
          drawn.dimension(),
          drawn.bytes() >> 20,
          Runtime.getRuntime().maxMemory() >> 20);
      ShardedBank bank =
          timed(
              "draw the rows and keep them on disk",
              () ->
                  ShardedBank.keep(
                      drawn.blocks(spark),
                      drawn.dimension(),
                      ShardedBank.maxShardRows(drawn.dimension(), Long.MAX_VALUE)));
      float[] queries = drawn.queries(images * PATCHES);
      List<MergedNeighbours> found =
          timed(
              Text.format("%,d queries against %d shards", images * PATCHES, bank.shards()),
              () -> search(spark, bank, queries));
      memory(spark);
      check(spark, drawn, queries, found.get(0));
      if (arguments.length > 3) {
        loseAnExecutor(spark);
        List<MergedNeighbours> again =
            timed("the same without an executor", () -> search(spark, bank, queries));
        require(
            IntStream.range(0, images).allMatch(i -> same(again.get(i), found.get(i))),
            "A lost executor changed the result");
      }
      bank.close();
    }
  }

  private static boolean same(MergedNeighbours one, MergedNeighbours other) {
    return Arrays.equals(one.rows(), other.rows())
        && Arrays.equals(one.squaredDistances(), other.squaredDistances());
  }

  private static <T> T timed(String what, Callable<T> work) throws Exception {
    long before = System.nanoTime();
    T result = work.call();
    System.out.printf(Locale.ROOT, "%-44s %7.1f s%n", what, (System.nanoTime() - before) / 1e9);
    return result;
  }

  /** All queries in one wave, an image a block. */
  private static List<MergedNeighbours> search(
      JavaSparkContext spark, ShardedBank bank, float[] queries) {
    int values = PATCHES * bank.dimension();
    List<QueryBlock> wave = new ArrayList<>();
    for (int image = 0; image < queries.length / values; image++) {
      wave.add(
          new QueryBlock(
              image, PATCHES, Arrays.copyOfRange(queries, image * values, (image + 1) * values)));
    }
    Broadcast<List<QueryBlock>> shared = spark.broadcast(wave);
    LongAccumulator met = spark.sc().longAccumulator();
    JavaPairRDD<Integer, MergedNeighbours> nearest = bank.nearest(shared, K, 2, met);
    Map<Integer, MergedNeighbours> found = nearest.collectAsMap();
    shared.destroy();
    return IntStream.range(0, wave.size()).mapToObj(found::get).toList();
  }

  private static void check(
      JavaSparkContext spark, DrawnBank drawn, float[] queries, MergedNeighbours found)
      throws Exception {
    float[] sample = Arrays.copyOf(queries, CHECKED * drawn.dimension());
    List<List<DrawnBank.Near>> expected =
        timed(
            Text.format("brute force of %d queries", CHECKED),
            () -> drawn.bruteForce(spark, sample, K));
    for (int query = 0; query < CHECKED; query++) {
      for (int place = 0; place < K; place++) {
        DrawnBank.Near near = expected.get(query).get(place);
        int at = query * K + place;
        require(
            near.row() == found.rows()[at]
                && near.squaredDistance() == found.squaredDistances()[at],
            Text.format(
                "Query %d, place %d: %s, but found row %d at %s",
                query, place, near, found.rows()[at], found.squaredDistances()[at]));
      }
    }
    System.out.printf(
        Locale.ROOT,
        "the %d nearest of %d queries: the same rows at the same distances, to the bit%n",
        K,
        CHECKED);
  }

  private static void memory(JavaSparkContext spark) {
    spark
        .parallelize(IntStream.range(0, 16).boxed().toList(), 16)
        .mapToPair(
            task -> {
              Thread.sleep(100); // so that every executor gets some
              return new Tuple2<>(SparkEnv.get().executorId(), describeMemory());
            })
        .collectAsMap()
        .forEach(
            (executor, peak) ->
                System.out.printf(Locale.ROOT, "executor %s: %s%n", executor, peak));
    System.out.printf(Locale.ROOT, "driver: %s%n", describeMemory());
  }

  private static String describeMemory() {
    PeakMemory peak = PeakMemory.measure();
    return Text.format(
        "peak resident %d MB, heap %d MB",
        peak.residentBytes().orElse(0) >> 20, peak.heapBytes() >> 20);
  }

  /** Kills the process of one executor, which takes its rows along. */
  private static void loseAnExecutor(JavaSparkContext spark) throws IOException {
    String armed = Files.createTempFile("nightjar-lose", "").toString();
    spark
        .parallelize(List.of(0), 1)
        .foreach(
            task -> {
              if (Files.deleteIfExists(Path.of(armed))) {
                Runtime.getRuntime().halt(1);
              }
            });
  }

  private static void require(boolean condition, String otherwise) {
    if (!condition) {
      throw new IllegalStateException(otherwise);
    }
  }
}
