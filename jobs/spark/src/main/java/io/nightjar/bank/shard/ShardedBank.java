package io.nightjar.bank.shard;

import io.nightjar.error.InvalidInputException;
import io.nightjar.text.Text;
import java.io.Serializable;
import java.util.List;
import org.apache.spark.api.java.JavaPairRDD;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.util.LongAccumulator;

/**
 * A bank whose rows stay on the executors' local disks. Queries are sent to them: a wave of queries
 * is broadcast, every shard of rows answers with its k nearest, and the answers are merged on the
 * executors, by distance and row number as in one bank. Results equal those of a search of the
 * whole bank, bit for bit (see {@link Shard}).
 *
 * <p>The driver holds 8 bytes for each partition of rows. An executor that is lost takes its rows
 * with it; Spark recomputes them from their source.
 */
public final class ShardedBank implements AutoCloseable {
  /** Most bytes of a shard's rows; its task needs them on the heap and again in native memory. */
  public static final long MAX_SHARD_BYTES = 64L << 20;

  private final NumberedRows rows;
  private final int dimension;
  private final ShardPlan plan;

  private ShardedBank(NumberedRows rows, int dimension, ShardPlan plan) {
    this.rows = rows;
    this.dimension = dimension;
    this.plan = plan;
  }

  /**
   * Computes the rows once and keeps them on the executors' disks.
   *
   * @param blocks blocks of whole rows in the bank's order, one partition after another, and the
   *     same whenever they are computed. Any source will do: a projection, or the files of a table.
   * @param dimension length of a row, at least 1
   * @param maxShardRows most rows of a shard, at least 1
   * @throws IllegalArgumentException if a number is below 1 or there are no rows
   */
  public static ShardedBank keep(JavaRDD<float[]> blocks, int dimension, int maxShardRows) {
    if (dimension < 1 || maxShardRows < 1) {
      throw new IllegalArgumentException(
          Text.format(
              "The dimension (%d) and the rows of a shard (%d) must be at least 1",
              dimension, maxShardRows));
    }
    NumberedRows rows = new NumberedRows(blocks, dimension);
    if (rows.total() == 0) {
      rows.close();
      throw new IllegalArgumentException("A memory bank needs at least one row");
    }
    return new ShardedBank(rows, dimension, ShardPlan.of(rows, maxShardRows));
  }

  /**
   * The number of rows that fit into the given limit and {@link #MAX_SHARD_BYTES}, but at least
   * one.
   */
  public static int maxShardRows(int dimension, long limitBytes) {
    long bytes = Math.min(limitBytes, MAX_SHARD_BYTES);
    return (int) Math.max(1, bytes / ((long) dimension * Float.BYTES));
  }

  /** Rows of the bank. */
  public long rows() {
    return rows.total();
  }

  /** Values of a row. */
  public int dimension() {
    return dimension;
  }

  /** Number of shards that each wave of queries is compared with. */
  public long shards() {
    return plan.shards();
  }

  /**
   * The k nearest rows of every query of a wave, by the numbers of its blocks. Computed lazily.
   *
   * @param wave query blocks of different numbers; every executor holds them on its heap
   * @param partitions of the result
   * @param compared counts compared pairs of a query and a shard
   * @throws InvalidInputException if k is below 1 or above the number of rows
   */
  public JavaPairRDD<Integer, MergedNeighbours> nearest(
      Broadcast<List<QueryBlock>> wave, int k, int partitions, LongAccumulator compared) {
    return nearest(wave, k, partitions, compared, () -> {});
  }

  /** What every task that searches shards does first. */
  public interface TaskStart extends Serializable {
    /** Called on the task's thread. */
    void begin();
  }

  /**
   * The same, with something that every task does first.
   *
   * @param start is sent to the tasks
   */
  public JavaPairRDD<Integer, MergedNeighbours> nearest(
      Broadcast<List<QueryBlock>> wave,
      int k,
      int partitions,
      LongAccumulator compared,
      TaskStart start) {
    if (k < 1 || k > rows()) {
      throw new InvalidInputException(
          Text.format(
              "Cannot average over k = %d neighbours in a memory bank of %d rows; choose k from 1 to %d",
              k, rows(), rows()));
    }
    return JavaPairRDD.fromJavaRDD(
            plan.tasks()
                .mapPartitionsWithIndex(
                    new ShardSearch(dimension, plan.shardRows(), wave, k, compared, start), false))
        .reduceByKey(MergedNeighbours::merge, partitions);
  }

  /** Frees the executors' disks. */
  @Override
  public void close() {
    rows.close();
  }
}
