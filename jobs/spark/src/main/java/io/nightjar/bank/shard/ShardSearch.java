package io.nightjar.bank.shard;

import io.nightjar.bank.exact.ExactSearch;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.spark.TaskContext;
import org.apache.spark.TaskKilledException;
import org.apache.spark.api.java.function.Function2;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.util.LongAccumulator;
import scala.Tuple2;

/**
 * Compares a wave of queries with the shards of a partition, one shard after the other. One shard
 * is in memory at a time: its rows on the heap, and as many bytes again in native memory until the
 * shard is done.
 *
 * @param shardRows rows of a shard, for each partition
 * @param compared counts compared pairs of a query and a shard, for the progress line
 * @param start what each task does first
 */
record ShardSearch(
    int dimension,
    ArrayList<Integer> shardRows,
    Broadcast<List<QueryBlock>> wave,
    int k,
    LongAccumulator compared,
    ShardedBank.TaskStart start)
    implements Function2<Integer, Iterator<RowBlock>, Iterator<Tuple2<Integer, MergedNeighbours>>> {
  private static final long serialVersionUID = 1L;

  @Override
  public Iterator<Tuple2<Integer, MergedNeighbours>> call(
      Integer partition, Iterator<RowBlock> rows) {
    start.begin();
    Map<Integer, MergedNeighbours> nearest = new LinkedHashMap<>();
    ShardCutter shards = new ShardCutter(rows, dimension, shardRows.get(partition));
    while (shards.hasNext()) {
      search(shards.next(), nearest);
    }
    return nearest.entrySet().stream()
        .map(entry -> new Tuple2<>(entry.getKey(), entry.getValue()))
        .iterator();
  }

  private void search(List<RowBlock> rows, Map<Integer, MergedNeighbours> nearest) {
    try (Shard shard = new Shard(dimension, rows, ExactSearch::new)) {
      for (QueryBlock queries : wave.value()) {
        if (TaskContext.get().isInterrupted()) {
          throw new TaskKilledException("the job was cancelled");
        }
        nearest.merge(queries.id(), shard.nearest(queries, k), MergedNeighbours::merge);
        compared.add(queries.count());
      }
    }
  }
}
