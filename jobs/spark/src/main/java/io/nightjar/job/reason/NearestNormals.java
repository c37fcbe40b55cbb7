package io.nightjar.job.reason;

import io.nightjar.backbone.spec.EmbeddingSpec;
import io.nightjar.bank.shard.MergedNeighbours;
import io.nightjar.bank.shard.QueryBlock;
import io.nightjar.bank.shard.StoredRows;
import io.nightjar.bank.store.ImageRows;
import io.nightjar.bank.store.StoredBank;
import io.nightjar.job.memory.TaskWatch;
import io.nightjar.job.run.RunContext;
import io.nightjar.pca.components.PatchReduction;
import io.nightjar.pca.reason.ComponentSpace;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.apache.spark.broadcast.Broadcast;

/**
 * Finds the nearest row of a stored bank for some queries by exact search, whatever search the run
 * has: the bank's files are read one by one and compared with all queries, so that the bank need
 * fit nowhere. The files that hold nearest rows are read once more, since they know whose patches
 * these are.
 */
record NearestNormals(RunContext run, StoredBank bank, EmbeddingSpec spec, TaskWatch watch) {
  /** Queries that are compared together: as many as an image of 28 x 28 has. */
  private static final int BLOCK = 784;

  /** A file of rows with the queries whose nearest row it holds. */
  private record Holding(StoredRows.Part part, ArrayList<Nearest> nearest) implements Serializable {
    private static final long serialVersionUID = 1L;
  }

  /** A query and its nearest row. */
  @SuppressWarnings("ArrayRecordComponent") // a carrier of values, never compared
  private record Nearest(int query, float[] values, long row, double squared)
      implements Serializable {
    private static final long serialVersionUID = 1L;
  }

  /**
   * The nearest row of each query.
   *
   * @param queries of {@code dimension} values each, at least one
   * @return in the order of the queries
   */
  List<NearestNormal> of(List<float[]> queries) {
    StoredRows stored = StoredRows.of(bank, run.configuration());
    List<StoredRows.Part> parts = StoredRows.parts(bank);
    List<Holding> holding = holding(queries, nearest(queries, parts, stored), parts);
    NearestNormal[] found = new NearestNormal[queries.size()];
    Broadcast<PatchReduction> reduction = run.spark().broadcast(bank.reduction());
    EmbeddingSpec shape = spec;
    TaskWatch followed = watch;
    try {
      run.spark()
          .parallelize(holding, run.partitionsOf(holding.size()))
          .flatMap(
              one -> {
                followed.begin();
                return explained(
                        one,
                        stored.images(one.part().file()),
                        QueryReasonsPass.space(reduction.value(), shape),
                        stored.dimension())
                    .iterator();
              })
          .collect()
          .forEach(one -> found[one.query()] = one);
    } finally {
      reduction.destroy();
    }
    return List.of(found);
  }

  private Map<Integer, MergedNeighbours> nearest(
      List<float[]> queries, List<StoredRows.Part> parts, StoredRows stored) {
    TaskWatch followed = watch;
    return stored.nearest(
        run.spark()
            .parallelize(parts, run.partitionsOf(parts.size()))
            .map(
                part -> {
                  followed.begin();
                  return stored.blocks(part);
                }),
        blocks(queries, stored.dimension()),
        1);
  }

  private static List<QueryBlock> blocks(List<float[]> queries, int dimension) {
    List<QueryBlock> blocks = new ArrayList<>();
    for (int from = 0; from < queries.size(); from += BLOCK) {
      int count = Math.min(BLOCK, queries.size() - from);
      float[] values = new float[count * dimension];
      for (int i = 0; i < count; i++) {
        System.arraycopy(queries.get(from + i), 0, values, i * dimension, dimension);
      }
      blocks.add(new QueryBlock(blocks.size(), count, values));
    }
    return blocks;
  }

  private static List<Holding> holding(
      List<float[]> queries, Map<Integer, MergedNeighbours> nearest, List<StoredRows.Part> parts) {
    List<Holding> holding = new ArrayList<>();
    parts.forEach(part -> holding.add(new Holding(part, new ArrayList<>())));
    long[] firstRows = parts.stream().mapToLong(StoredRows.Part::firstRow).toArray();
    for (int query = 0; query < queries.size(); query++) {
      MergedNeighbours own = nearest.get(query / BLOCK);
      long row = own.rows()[query % BLOCK];
      int found = Arrays.binarySearch(firstRows, row);
      holding
          .get(found >= 0 ? found : -found - 2)
          .nearest()
          .add(new Nearest(query, queries.get(query), row, own.squaredDistances()[query % BLOCK]));
    }
    holding.removeIf(one -> one.nearest().isEmpty());
    return holding;
  }

  private static List<NearestNormal> explained(
      Holding holding, List<ImageRows> images, ComponentSpace space, int dimension) {
    List<NearestNormal> found = new ArrayList<>();
    for (Nearest nearest : holding.nearest()) {
      int row = (int) (nearest.row() - holding.part().firstRow());
      for (ImageRows image : images) {
        if (row < image.rows()) {
          found.add(
              new NearestNormal(
                  nearest.query(),
                  image.path(),
                  image.sha256(),
                  image.cells()[row],
                  nearest.squared(),
                  space.parts(
                      nearest.values(),
                      Arrays.copyOfRange(image.values(), row * dimension, (row + 1) * dimension))));
          break;
        }
        row -= image.rows();
      }
    }
    return found;
  }
}
