package io.nightjar.job.doctor;

import io.nightjar.backbone.spec.EmbeddingSpec;
import io.nightjar.doctor.ClockSkew;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.IntStream;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.SparkEnv;
import org.apache.spark.SparkExecutorInfo;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.util.SerializableConfiguration;
import scala.Tuple2;

/** Small Spark jobs by which every executor process is asked. */
final class ExecutorQuestions {
  /** Spark gives a task to whichever core is free: a few rounds reach all. */
  private static final int ROUNDS = 5;

  /** A task that ends at once would leave the other cores without one. */
  private static final long HOLD_MILLIS = 150;

  private final JavaSparkContext spark;

  ExecutorQuestions(JavaSparkContext spark) {
    this.spark = spark;
  }

  /**
   * The processes that run tasks, as the driver knows them now, each with its memory for storage.
   */
  Map<String, Long> registered() {
    Map<String, Long> storage = new TreeMap<>();
    for (SparkExecutorInfo executor : spark.sc().statusTracker().getExecutorInfos()) {
      storage.put(
          executor.host() + ":" + executor.port(),
          executor.totalOnHeapStorageMemory() + executor.totalOffHeapStorageMemory());
    }
    if (!spark.isLocal()) {
      storage.remove(ExecutorAnswer.address(SparkEnv.get()));
    }
    return storage;
  }

  /**
   * Waits for the first process and, where the application asks for a number of them, for all.
   *
   * @return whether there is one within the limit
   */
  boolean awaitFirst(Duration limit) throws InterruptedException {
    long deadline = System.nanoTime() + limit.toNanos();
    int expected = Math.max(1, spark.getConf().getInt("spark.executor.instances", 1));
    while (registered().size() < expected && System.nanoTime() < deadline) {
      Thread.sleep(HOLD_MILLIS);
    }
    return !registered().isEmpty();
  }

  /**
   * Asks what they have; those that got no task in any round are missing.
   *
   * @param places for each to list and read
   * @return the answers by the processes' addresses
   */
  Map<String, ExecutorAnswer> ask(
      EmbeddingSpec spec, List<String> places, Configuration configuration, Duration limit) {
    Broadcast<SerializableConfiguration> shared =
        spark.broadcast(new SerializableConfiguration(configuration));
    Map<String, ExecutorAnswer> answers = new TreeMap<>();
    try {
      for (int round = 0;
          round < ROUNDS
              && (answers.isEmpty() || !answers.keySet().containsAll(registered().keySet()));
          round++) {
        Set<String> known = new TreeSet<>(answers.keySet());
        spark.sc().setJobDescription("examine the executors");
        spark
            .parallelize(numbers(), tasks())
            .map(
                task -> {
                  Thread.sleep(HOLD_MILLIS);
                  return known.contains(ExecutorAnswer.address(SparkEnv.get()))
                      ? List.<ExecutorAnswer>of()
                      : List.of(ExecutorAnswer.here(spec, places, shared.value().value(), limit));
                })
            .collect()
            .forEach(found -> found.forEach(answer -> answers.put(answer.address(), answer)));
      }
    } finally {
      shared.destroy();
    }
    return answers;
  }

  /**
   * The seconds by which each process's clock certainly differs from the driver's. Asked once the
   * processes have loaded everything: the time of the job bounds what is found.
   */
  Map<String, Double> skews() {
    long before = System.currentTimeMillis();
    spark.sc().setJobDescription("compare the executors' clocks");
    List<Tuple2<String, Long>> shown =
        spark
            .parallelize(numbers(), tasks())
            .map(
                task -> {
                  Thread.sleep(HOLD_MILLIS);
                  return new Tuple2<>(
                      ExecutorAnswer.address(SparkEnv.get()), System.currentTimeMillis());
                })
            .collect();
    long after = System.currentTimeMillis();
    Map<String, Double> skews = new TreeMap<>();
    shown.forEach(clock -> skews.put(clock._1(), ClockSkew.seconds(before, after, clock._2(), 1)));
    return skews;
  }

  private int tasks() {
    return Math.max(1, Math.max(spark.defaultParallelism(), registered().size()));
  }

  private List<Integer> numbers() {
    return IntStream.range(0, tasks()).boxed().toList();
  }
}
