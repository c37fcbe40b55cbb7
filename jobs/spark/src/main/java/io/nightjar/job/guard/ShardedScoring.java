package io.nightjar.job.guard;

import io.nightjar.bank.search.RowRange;
import io.nightjar.bank.shard.MergedNeighbours;
import io.nightjar.bank.shard.QueryBlock;
import io.nightjar.bank.shard.ShardedBank;
import io.nightjar.bank.shard.StoredRows;
import io.nightjar.bank.store.StoredBank;
import io.nightjar.bank.store.WrittenRows;
import io.nightjar.job.fit.ReducedRows;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.util.LongAccumulator;
import org.apache.spark.util.SerializableConfiguration;

/**
 * Scores images of a bank that no executor holds whole, each against the bank without its own rows:
 * wave after wave of images meets every shard of the rows. The distances are those of {@link
 * LeaveOneOutPass}, bit for bit.
 *
 * <p>Each row asks for a few nearest rows of all; the first of these that is of another image is
 * the nearest that is. Rows whose nearest are all of their own image ask again for one more than
 * their image has.
 *
 * @param shardBytes most bytes of a shard's rows
 * @param waveBytes most bytes of the queries that are compared with the shards at once, but at
 *     least an image
 */
record ShardedScoring(
    JavaSparkContext spark,
    Broadcast<SerializableConfiguration> configuration,
    StoredBank bank,
    long shardBytes,
    long waveBytes) {
  /** A row itself and, of real images, hardly ever more than two others of its own image. */
  private static final int NEAREST = 4;

  /**
   * Scores images.
   *
   * @param images of the bank, in its order
   * @param done counts them
   */
  List<OwnScores> of(List<OwnImage> images, LongAccumulator done) {
    int dimension = bank.manifest().dimension();
    List<OwnScores> scores = new ArrayList<>();
    try (ShardedBank shards =
        ShardedBank.keep(
            rows(bank.rowFiles()).map(ReducedRows.Image::rows),
            dimension,
            ShardedBank.maxShardRows(dimension, shardBytes))) {
      for (List<OwnImage> wave : waves(images)) {
        scores.addAll(scores(shards, wave));
        done.add(wave.size());
      }
    }
    return scores;
  }

  /** The rows of the images of files, in the bank's order; of images that have some. */
  private JavaRDD<ReducedRows.Image> rows(List<WrittenRows> files) {
    StoredRows stored = StoredRows.of(bank, configuration);
    return spark
        .parallelize(files, files.size())
        .flatMap(
            file ->
                stored.images(file).stream()
                    .filter(image -> image.values().length > 0)
                    .map(image -> new ReducedRows.Image(image.path(), 0, image.values()))
                    .iterator());
  }

  private List<List<OwnImage>> waves(List<OwnImage> images) {
    List<List<OwnImage>> waves = new ArrayList<>();
    long free = 0;
    for (OwnImage image : images) {
      long bytes =
          image.rows().size()
              * ((long) bank.manifest().dimension() * Float.BYTES
                  + (long) NEAREST * (Long.BYTES + Double.BYTES));
      if (waves.isEmpty() || bytes > free) {
        waves.add(new ArrayList<>());
        free = waveBytes;
      }
      waves.get(waves.size() - 1).add(image);
      free -= bytes;
    }
    return waves;
  }

  private List<OwnScores> scores(ShardedBank shards, List<OwnImage> wave) {
    Map<String, float[]> values = values(wave);
    List<Asking> asking = new ArrayList<>();
    wave.forEach(image -> asking.add(new Asking(image.rows(), values.get(image.path()))));
    answer(shards, asking, NEAREST);
    int most = wave.stream().mapToInt(image -> image.rows().size()).max().orElse(0);
    answer(shards, asking, most + 1);
    List<OwnScores> scores = new ArrayList<>();
    for (int i = 0; i < wave.size(); i++) {
      scores.add(OwnScores.of(wave.get(i).path(), asking.get(i).distances));
    }
    return scores;
  }

  private Map<String, float[]> values(List<OwnImage> wave) {
    Set<String> paths = new HashSet<>();
    wave.forEach(image -> paths.add(image.path()));
    List<WrittenRows> files =
        bank.rowFiles().stream()
            .filter(file -> file.images().stream().anyMatch(image -> paths.contains(image.path())))
            .toList();
    Broadcast<Set<String>> shared = spark.broadcast(paths);
    try {
      Map<String, float[]> values = new HashMap<>();
      rows(files)
          .filter(image -> shared.value().contains(image.path()))
          .collect()
          .forEach(image -> values.put(image.path(), image.rows()));
      return values;
    } finally {
      shared.destroy();
    }
  }

  /** Asks the shards for the rows that have no answer yet. */
  private void answer(ShardedBank shards, List<Asking> images, int nearest) {
    List<QueryBlock> blocks = new ArrayList<>();
    int dimension = shards.dimension();
    for (int i = 0; i < images.size(); i++) {
      if (!images.get(i).open.isEmpty()) {
        blocks.add(
            new QueryBlock(i, images.get(i).open.size(), images.get(i).openValues(dimension)));
      }
    }
    if (blocks.isEmpty()) {
      return;
    }
    int k = (int) Math.min(nearest, shards.rows());
    Broadcast<List<QueryBlock>> shared = spark.broadcast(blocks);
    try {
      shards
          .nearest(shared, k, blocks.size(), spark.sc().longAccumulator())
          .collect()
          .forEach(found -> images.get(found._1()).take(found._2(), k));
    } finally {
      shared.destroy();
    }
  }

  /** An image of a wave, and its rows that have no distance yet. */
  private static final class Asking {
    private final RowRange own;
    private final float[] values;
    private final float[] distances;
    private List<Integer> open = new ArrayList<>();

    Asking(RowRange own, float[] values) {
      this.own = own;
      this.values = values;
      distances = new float[own.size()];
      for (int row = 0; row < own.size(); row++) {
        open.add(row);
      }
    }

    float[] openValues(int dimension) {
      if (open.size() == own.size()) {
        return values;
      }
      float[] some = new float[open.size() * dimension];
      for (int i = 0; i < open.size(); i++) {
        System.arraycopy(values, open.get(i) * dimension, some, i * dimension, dimension);
      }
      return some;
    }

    void take(MergedNeighbours nearest, int k) {
      List<Integer> still = new ArrayList<>();
      for (int query = 0; query < open.size(); query++) {
        int at = query * k;
        while (at < (query + 1) * k && own.holds((int) nearest.rows()[at])) {
          at++;
        }
        if (at < (query + 1) * k) {
          distances[open.get(query)] = (float) Math.sqrt(nearest.squaredDistances()[at]);
        } else {
          still.add(open.get(query));
        }
      }
      open = still;
    }
  }
}
