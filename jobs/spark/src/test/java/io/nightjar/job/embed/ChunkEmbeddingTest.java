package io.nightjar.job.embed;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.nightjar.backbone.engine.DeviceRequest;
import io.nightjar.dataset.Category;
import io.nightjar.dataset.decode.WhiteLevel;
import io.nightjar.dataset.layout.MvtecAdLayout;
import io.nightjar.job.memory.ResourceWatch;
import io.nightjar.testing.Sparks;
import io.nightjar.testing.TinyDataset;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Iterator;
import java.util.List;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.SparkException;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.util.SerializableConfiguration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** However a task ends, the threads that load ahead for it end too. */
class ChunkEmbeddingTest {
  @TempDir private Path folder;

  @Test
  void aTaskThatDoesNotReadToTheEndLeavesNoThread() throws InterruptedException {
    SparkSession session = Sparks.local(2);
    JavaSparkContext spark = JavaSparkContext.fromSparkContext(session.sparkContext());
    ChunkEmbedding embedding = embedding(spark);

    List<Integer> first =
        spark
            .parallelize(chunks(), 1)
            .mapPartitions(
                chunks -> List.of(embedding.batches(chunks).next().images().size()).iterator())
            .collect();

    assertThat(first).containsExactly(2);
    assertNoPrefetchThreadRemains();
  }

  @Test
  void aTaskThatFailsLeavesNoThread() throws InterruptedException {
    SparkSession session = Sparks.local(2);
    JavaSparkContext spark = JavaSparkContext.fromSparkContext(session.sparkContext());
    ChunkEmbedding embedding = embedding(spark);

    assertThatThrownBy(
            () ->
                spark
                    .parallelize(chunks(), 1)
                    .mapPartitions(chunks -> failAfterOne(embedding.batches(chunks)))
                    .collect())
        .isInstanceOf(SparkException.class)
        .hasMessageContaining("after the first batch");
    assertNoPrefetchThreadRemains();
  }

  private static Iterator<Integer> failAfterOne(Iterator<? extends EmbeddedBatch<?>> batches) {
    batches.next();
    throw new IllegalStateException("after the first batch");
  }

  private ChunkEmbedding embedding(JavaSparkContext spark) {
    return new ChunkEmbedding(
        new ShapedBackbone(spark.broadcast(TinyDataset.backbone()), TinyDataset.backbone().spec()),
        spark.broadcast(new SerializableConfiguration(new Configuration())),
        DeviceRequest.CPU,
        1,
        2,
        WhiteLevel.FULL,
        spark.sc().collectionAccumulator(),
        spark.sc().longAccumulator(),
        new ResourceWatch(spark).of("carpet").tasks(),
        KeptPatches.none());
  }

  private List<Chunk> chunks() {
    Category carpet =
        MvtecAdLayout.list(
                TinyDataset.generate(folder).toString(), List.of("carpet"), new Configuration())
            .get(0);
    return Chunk.cut(carpet.train(), 4);
  }

  private static void assertNoPrefetchThreadRemains() throws InterruptedException {
    Instant deadline = Instant.now().plus(Duration.ofMinutes(5));
    while (prefetching() > 0 && Instant.now().isBefore(deadline)) {
      Thread.sleep(20);
    }
    assertThat(prefetching()).isZero();
  }

  private static long prefetching() {
    return Thread.getAllStackTraces().keySet().stream()
        .filter(thread -> thread.getName().endsWith(" prefetch"))
        .count();
  }
}
