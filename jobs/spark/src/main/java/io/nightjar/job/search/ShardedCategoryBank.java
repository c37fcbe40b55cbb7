package io.nightjar.job.search;

import io.nightjar.backbone.patch.LinearReduction;
import io.nightjar.bank.shard.QueryBlock;
import io.nightjar.bank.shard.ShardedBank;
import io.nightjar.job.embed.Chunk;
import io.nightjar.job.embed.SourceImage;
import io.nightjar.job.measure.MapScoring;
import io.nightjar.job.measure.ScoredPart;
import io.nightjar.job.options.SearchOptions;
import io.nightjar.job.options.StageWork.Counted;
import io.nightjar.job.run.RunContext;
import io.nightjar.job.run.StageReport;
import io.nightjar.pca.components.PatchReduction;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.function.Function;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.storage.StorageLevel;
import org.apache.spark.util.LongAccumulator;

/**
 * A bank in shards on the executors' disks. Test images are embedded and reduced once and kept on
 * the disks as well; then wave after wave of them meets every shard.
 *
 * <p>The driver holds the principal components (8 bytes x channels x components: 2.4 MB for 167 of
 * 1792), one number for each partition of rows, and one wave of queries; the sums that the
 * components come from stay on the executors (see {@link io.nightjar.pca.CovarianceReduction}).
 *
 * <p>Waves bound what an executor holds next to its shards and what passes through the driver,
 * which has to hand a broadcast out; neither grows with the bank. A wave as large as a shard keeps
 * what each shard costs again in every wave, reading and grouping its rows, small against its
 * search.
 */
public final class ShardedCategoryBank implements CategoryBank {
  private final RunContext run;
  private final JavaSparkContext spark;
  private final SearchOptions options;
  private final ShardSizes sizes;
  private final Broadcast<PatchReduction> projection;
  private final Broadcast<LinearReduction> reduction;
  private final ShardedBank bank;

  /**
   * Keeps the rows in shards.
   *
   * @param rows gives the bank's rows as {@link ShardedBank#keep} takes them: normal patches
   *     projected to the components, or rows that are stored already
   * @param sizes of shards and waves
   */
  public ShardedCategoryBank(
      RunContext run,
      PatchReduction fitted,
      Function<Broadcast<PatchReduction>, JavaRDD<float[]>> rows,
      SearchOptions options,
      ShardSizes sizes) {
    this.run = run;
    this.spark = run.spark();
    this.options = options;
    this.sizes = sizes;
    // Stays as long as the bank: rows that are lost with an executor are projected again.
    projection = spark.broadcast(fitted);
    reduction = spark.broadcast(fitted.linear());
    try {
      bank =
          ShardedBank.keep(
              rows.apply(projection),
              fitted.dimension(),
              ShardedBank.maxShardRows(fitted.dimension(), sizes.shardBytes()));
    } catch (Exception e) { // Spark throws checked exceptions unannounced
      destroyBroadcasts();
      throw e;
    }
  }

  @Override
  public BankPlace place() {
    return new BankPlace(bank.rows(), bank.dimension(), bank.shards(), sizes.reason());
  }

  @Override
  public ScoredPart score(List<Chunk> chunks, MapScoring scoring, StageReport stages) {
    int images = CategoryBank.images(chunks);
    stages.begin("embed test images", Counted.IMAGES, images, scoring.embedding().handled());
    // One batch a partition: a wave is a number of partitions.
    JavaRDD<QueriedImages> queries =
        spark
            .parallelize(chunks, Math.max(1, chunks.size()))
            .mapPartitions(new QueryPass(scoring, reduction))
            .persist(StorageLevel.DISK_ONLY());
    try {
      List<List<Integer>> waves = waves(queries);
      LongAccumulator met = stages.counter();
      long meetings = bank.shards() * scoring.patches();
      stages.begin("search the shards", Counted.IMAGES, images, () -> met.sum() / meetings);
      ScoredPart whole = ScoredPart.empty();
      for (List<Integer> wave : waves) {
        whole.merge(score(queries, wave, scoring, met));
      }
      return whole;
    } finally {
      queries.unpersist();
    }
  }

  /** The partitions of each wave, by what their queries take. */
  private List<List<Integer>> waves(JavaRDD<QueriedImages> queries) {
    int k = options.neighbours();
    List<Long> bytes =
        queries
            .mapPartitions(
                blocks -> {
                  long sum = 0;
                  while (blocks.hasNext()) {
                    sum += blocks.next().patches().bytes(k);
                  }
                  return List.of(sum).iterator();
                })
            .collect();
    List<List<Integer>> waves = new ArrayList<>();
    long free = 0;
    for (int partition = 0; partition < bytes.size(); partition++) {
      if (waves.isEmpty() || bytes.get(partition) > free) {
        waves.add(new ArrayList<>());
        free = sizes.waveBytes();
      }
      waves.get(waves.size() - 1).add(partition);
      free -= bytes.get(partition);
    }
    return waves;
  }

  private ScoredPart score(
      JavaRDD<QueriedImages> queries,
      List<Integer> partitions,
      MapScoring scoring,
      LongAccumulator met) {
    List<QueryBlock> wave = new ArrayList<>();
    HashMap<Integer, ArrayList<SourceImage>> images = new HashMap<>();
    Arrays.stream(
            queries.collectPartitions(partitions.stream().mapToInt(Integer::intValue).toArray()))
        .flatMap(List::stream)
        .forEach(
            queried -> {
              wave.add(queried.patches());
              images.put(queried.patches().id(), queried.images());
            });
    Broadcast<List<QueryBlock>> shared = spark.broadcast(wave);
    try {
      return ScoredPart.gather(
          bank.nearest(
                  shared,
                  options.neighbours(),
                  run.partitions(Math.max(1, wave.size())),
                  met,
                  scoring.embedding().watch()::begin)
              .mapPartitions(
                  found -> {
                    scoring.embedding().watch().begin();
                    ScoredPart part = ScoredPart.empty();
                    found.forEachRemaining(
                        block ->
                            scoring.score(
                                images.get(block._1()), block._2().meanDistances(), part));
                    return List.of(part).iterator();
                  }));
    } finally {
      shared.destroy();
    }
  }

  @Override
  public void close() {
    bank.close();
    destroyBroadcasts();
  }

  private void destroyBroadcasts() {
    projection.destroy();
    reduction.destroy();
  }
}
