package io.nightjar.job.search;

import io.nightjar.backbone.patch.LinearReduction;
import io.nightjar.bank.shard.MergedNeighbours;
import io.nightjar.bank.shard.QueryBlock;
import io.nightjar.bank.shard.RowScan;
import io.nightjar.bank.store.BankManifest;
import io.nightjar.bank.store.ImageRows;
import io.nightjar.bank.store.RowFiles;
import io.nightjar.bank.store.StoredBank;
import io.nightjar.bank.store.WrittenRows;
import io.nightjar.job.embed.Chunk;
import io.nightjar.job.embed.SourceImage;
import io.nightjar.job.measure.MapScoring;
import io.nightjar.job.measure.ScoredPart;
import io.nightjar.job.options.SearchOptions;
import io.nightjar.job.options.StageWork.Counted;
import io.nightjar.job.run.RunContext;
import io.nightjar.job.run.StageReport;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.stream.Collectors;
import org.apache.spark.api.java.JavaFutureAction;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.api.java.function.Function;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.storage.StorageLevel;
import org.apache.spark.util.SerializableConfiguration;
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
    List<Part> parts = parts();
    // Where the memory does not do, a file is read again.
    JavaRDD<FileRows> rows =
        spark
            .parallelize(parts, run.partitionsOf(parts.size()))
            .map(reading(scoring))
            .persist(StorageLevel.MEMORY_ONLY());
    try {
      return compared(rows, queried(chunks, scoring, rows), scoring);
    } finally {
      rows.unpersist();
    }
  }

  /**
   * The images' queries; the bank's files are read meanwhile, as far as cores have nothing to do.
   */
  private List<QueriedImages> queried(
      List<Chunk> chunks, MapScoring scoring, JavaRDD<FileRows> rows) {
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
      JavaRDD<FileRows> rows, List<QueriedImages> queried, MapScoring scoring) {
    if (queried.isEmpty()) {
      return ScoredPart.empty();
    }
    List<QueryBlock> queries = queried.stream().map(QueriedImages::patches).toList();
    List<ComparedImages> compared = new ArrayList<>();
    Map<Integer, MergedNeighbours> nearest = nearest(rows, queries);
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

  /** Neighbours of few queries are small enough to be merged here, which takes no shuffle. */
  private Map<Integer, MergedNeighbours> nearest(JavaRDD<FileRows> rows, List<QueryBlock> queries) {
    int dimension = bank.manifest().dimension();
    int neighbours = options.neighbours();
    Broadcast<List<QueryBlock>> shared = run.spark().broadcast(new ArrayList<>(queries));
    try {
      Map<Integer, MergedNeighbours> nearest = new HashMap<>();
      rows.map(
              file ->
                  new HashMap<>(
                      RowScan.nearest(
                          shared.value(), neighbours, dimension, file.firstRow(), file.blocks())))
          .collect()
          .forEach(
              found -> found.forEach((id, own) -> nearest.merge(id, own, MergedNeighbours::merge)));
      return nearest;
    } finally {
      shared.destroy();
    }
  }

  private Reading reading(MapScoring scoring) {
    return new Reading(
        bank.location().uri(), bank.manifest().dimension(), scoring, run.configuration());
  }

  private List<Part> parts() {
    List<Part> parts = new ArrayList<>();
    long firstRow = 0;
    for (WrittenRows file : bank.rowFiles()) {
      BankManifest.RowFile rows = file.file();
      if (rows.rows() > 0) {
        parts.add(new Part(file, firstRow));
      }
      firstRow += rows.rows();
    }
    return parts;
  }

  /** A file of rows and the number of its first row. */
  private record Part(WrittenRows file, long firstRow) implements Serializable {
    private static final long serialVersionUID = 1L;
  }

  /** The rows of a file in blocks, and the number of the first one. */
  private record FileRows(long firstRow, ArrayList<float[]> blocks) implements Serializable {
    private static final long serialVersionUID = 1L;
  }

  /** Reads a file. */
  private record Reading(
      String uri,
      int dimension,
      MapScoring scoring,
      Broadcast<SerializableConfiguration> configuration)
      implements Function<Part, FileRows> {
    private static final long serialVersionUID = 1L;

    @Override
    public FileRows call(Part part) {
      scoring.embedding().watch().begin();
      return new FileRows(
          part.firstRow(),
          RowFiles.read(
                  uri,
                  part.file().file(),
                  part.file().images(),
                  dimension,
                  configuration.value().value())
              .stream()
              .map(ImageRows::values)
              .filter(values -> values.length > 0)
              .collect(Collectors.toCollection(ArrayList::new)));
    }
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
