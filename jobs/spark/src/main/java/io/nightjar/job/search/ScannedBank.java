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
import java.util.Iterator;
import java.util.List;
import java.util.stream.Stream;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.api.java.function.PairFlatMapFunction;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.util.SerializableConfiguration;
import scala.Tuple2;

/**
 * A stored bank that is compared with few images: each task reads some of its files, compares their
 * rows with all queries and drops them. The bank is neither gathered nor grouped nor sent, which
 * costs more than the search of so few images; results are those of the whole bank, bit for bit.
 */
public final class ScannedBank implements CategoryBank {
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
    this.reduction = run.spark().broadcast(bank.components().reduction());
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
    List<QueryBlock> queries = new ArrayList<>();
    HashMap<Integer, ArrayList<SourceImage>> images = new HashMap<>();
    spark
        .parallelize(chunks, Math.max(1, chunks.size()))
        .mapPartitions(new QueryPass(scoring, reduction))
        .collect()
        .forEach(
            queried -> {
              queries.add(queried.patches());
              images.put(queried.patches().id(), queried.images());
            });
    if (queries.isEmpty()) {
      return ScoredPart.empty();
    }
    Broadcast<List<QueryBlock>> shared = spark.broadcast(queries);
    try {
      List<Part> parts = parts();
      return ScoredPart.gather(
          spark
              .parallelize(parts, run.partitionsOf(parts.size()))
              .flatMapToPair(scan(scoring, shared))
              .reduceByKey(MergedNeighbours::merge, queries.size())
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

  private Scan scan(MapScoring scoring, Broadcast<List<QueryBlock>> queries) {
    return new Scan(
        bank.location().uri(),
        bank.manifest().dimension(),
        options.neighbours(),
        queries,
        scoring,
        run.configuration());
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

  /** Reads a file and compares its rows with all queries. */
  private record Scan(
      String uri,
      int dimension,
      int neighbours,
      Broadcast<List<QueryBlock>> queries,
      MapScoring scoring,
      Broadcast<SerializableConfiguration> configuration)
      implements PairFlatMapFunction<Part, Integer, MergedNeighbours> {
    private static final long serialVersionUID = 1L;

    @Override
    public Iterator<Tuple2<Integer, MergedNeighbours>> call(Part part) {
      scoring.embedding().watch().begin();
      Stream<ImageRows> read =
          RowFiles.read(
              uri,
              part.file().file(),
              part.file().images(),
              dimension,
              configuration.value().value())
              .stream();
      List<float[]> blocks =
          read.map(ImageRows::values).filter(values -> values.length > 0).toList();
      return RowScan.nearest(queries.value(), neighbours, dimension, part.firstRow(), blocks)
          .entrySet()
          .stream()
          .map(found -> new Tuple2<>(found.getKey(), found.getValue()))
          .iterator();
    }
  }

  @Override
  public void close() {
    reduction.destroy();
  }
}
