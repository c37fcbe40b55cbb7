package io.nightjar.job.search;

import io.nightjar.backbone.patch.LinearReduction;
import io.nightjar.bank.shard.MergedNeighbours;
import io.nightjar.bank.shard.QueryBlock;
import io.nightjar.bank.shard.StoredRows;
import io.nightjar.bank.store.StoredBank;
import io.nightjar.job.embed.Chunk;
import io.nightjar.job.embed.SourceImage;
import io.nightjar.job.measure.MapScoring;
import io.nightjar.job.measure.ScoredPart;
import io.nightjar.job.memory.TaskWatch;
import io.nightjar.job.options.SearchOptions;
import io.nightjar.job.options.StageWork.Counted;
import io.nightjar.job.run.RunContext;
import io.nightjar.job.run.StageReport;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import org.apache.spark.api.java.JavaFutureAction;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.storage.StorageLevel;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A stored bank that is compared with few images: its files are read where there are cores, while
 * the images are embedded, and each is then compared with all queries. The bank is neither gathered
 * nor grouped nor sent, which costs more than the search of so few images; results are those of the
 * whole bank, bit for bit.
 */
public final class ScannedBank implements CategoryBank {
  private static final Logger LOG = LoggerFactory.getLogger(ScannedBank.class);

  /** Where more images are searched, opening the whole bank pays. */
  public static final int MAX_IMAGES = 8;

  private final RunContext run;
  private final SearchOptions options;
  private final StoredBank bank;
  private final Broadcast<LinearReduction> reduction;

  /**
   * @param bank of at least as many rows as neighbours are asked for
   */
  public ScannedBank(RunContext run, StoredBank bank, SearchOptions options) {
    this.run = run;
    this.options = options;
    this.bank = bank;
    this.reduction = run.spark().broadcast(bank.reduction().linear());
  }

  /** Where the whole bank would be. */
  @Override
  public BankPlace place() {
    return BankPlace.whole(bank.manifest().rows(), bank.manifest().dimension());
  }

  @Override
  public ScoredPart score(List<Chunk> chunks, MapScoring scoring, StageReport stages) {
    stages.begin(
        "score test images",
        Counted.IMAGES,
        CategoryBank.images(chunks),
        scoring.embedding().handled());
    JavaSparkContext spark = run.spark();
    List<StoredRows.Part> parts = StoredRows.parts(bank);
    StoredRows stored = StoredRows.of(bank, run.configuration());
    TaskWatch watch = scoring.embedding().watch();
    // Where the memory does not do, a file is read again.
    JavaRDD<StoredRows.Blocks> rows =
        spark
            .parallelize(parts, run.partitionsOf(parts.size()))
            .map(
                part -> {
                  watch.begin();
                  return stored.blocks(part);
                })
            .persist(StorageLevel.MEMORY_ONLY());
    try {
      return compared(stored, rows, queried(chunks, scoring, rows), scoring);
    } finally {
      rows.unpersist();
    }
  }

  /**
   * The images' queries; the bank's files are read meanwhile, as far as cores have nothing to do.
   */
  private List<QueriedImages> queried(
      List<Chunk> chunks, MapScoring scoring, JavaRDD<StoredRows.Blocks> rows) {
    JavaFutureAction<List<QueriedImages>> queries =
        run.spark()
            .parallelize(chunks, Math.max(1, chunks.size()))
            .mapPartitions(new QueryPass(scoring, reduction))
            .collectAsync();
    // The second job, so that its tasks take no core from the first.
    JavaFutureAction<Void> read = rows.foreachAsync(file -> {});
    try {
      List<QueriedImages> found = queries.get();
      awaitIgnoringFailure(read);
      return found;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("The run was interrupted.", e);
    } catch (ExecutionException e) {
      throw new IllegalStateException("The images could not be embedded", e.getCause());
    } finally {
      queries.cancel(true);
      read.cancel(true);
    }
  }

  /** What cannot be read is met again, and reported, by the tasks that compare. */
  private static void awaitIgnoringFailure(JavaFutureAction<Void> read)
      throws InterruptedException {
    try {
      read.get();
    } catch (ExecutionException e) {
      LOG.debug("A bank's file could not be read ahead", e);
    }
  }

  private ScoredPart compared(
      StoredRows stored,
      JavaRDD<StoredRows.Blocks> rows,
      List<QueriedImages> queried,
      MapScoring scoring) {
    if (queried.isEmpty()) {
      return ScoredPart.empty();
    }
    List<QueryBlock> queries = queried.stream().map(QueriedImages::patches).toList();
    List<ComparedImages> compared = new ArrayList<>();
    Map<Integer, MergedNeighbours> nearest = stored.nearest(rows, queries, options.neighbours());
    queried.forEach(
        images ->
            compared.add(
                new ComparedImages(
                    images.images(), nearest.get(images.patches().id()).meanDistances())));
    return ScoredPart.gather(
        run.spark()
            .parallelize(compared, compared.size())
            .map(
                images -> {
                  scoring.embedding().watch().begin();
                  ScoredPart part = ScoredPart.empty();
                  scoring.score(images.images(), images.distances(), part);
                  return part;
                }));
  }

  /** Images and the distances of their patches, on the way to the task that counts them. */
  @SuppressWarnings("ArrayRecordComponent") // a carrier of values, never compared
  private record ComparedImages(ArrayList<SourceImage> images, float[] distances)
      implements Serializable {
    private static final long serialVersionUID = 1L;
  }

  @Override
  public void close() {
    reduction.destroy();
  }
}
