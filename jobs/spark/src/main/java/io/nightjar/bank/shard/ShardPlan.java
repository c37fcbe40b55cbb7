package io.nightjar.bank.shard;

import java.util.ArrayList;
import java.util.Arrays;
import org.apache.spark.NarrowDependency;
import org.apache.spark.api.java.JavaRDD;
import scala.collection.Iterator;

/**
 * The rows that each task searches, and their division into shards of equal size.
 *
 * @param tasks the rows, one partition a task
 * @param shardRows rows of a shard of each task, at least 1; its last shard may be smaller
 * @param shards of all tasks together
 */
record ShardPlan(JavaRDD<RowBlock> tasks, ArrayList<Integer> shardRows, long shards) {
  /**
   * More tasks balance the work better, but each sends its neighbours of a whole wave to be merged.
   */
  private static final int TASKS_PER_CORE = 4;

  /**
   * Groups partitions, those on one machine together, into tasks: no more than there are shards,
   * but one for each core where there are as many partitions.
   */
  static ShardPlan of(NumberedRows rows, int maxShardRows) {
    JavaRDD<RowBlock> blocks = rows.blocks();
    int cores = blocks.context().defaultParallelism();
    long least = shards(rows.total(), maxShardRows);
    long wanted = Math.max(cores, Math.min(least, (long) TASKS_PER_CORE * cores));
    JavaRDD<RowBlock> tasks =
        blocks.coalesce((int) Math.min(wanted, Math.max(1, blocks.getNumPartitions())));

    long[] taskRows = new long[tasks.getNumPartitions()];
    NarrowDependency<?> grouping = (NarrowDependency<?>) tasks.rdd().dependencies().head();
    for (int task = 0; task < taskRows.length; task++) {
      for (Iterator<Object> of = grouping.getParents(task).iterator(); of.hasNext(); ) {
        taskRows[task] += rows.count((int) of.next());
      }
    }
    ArrayList<Integer> shardRows = new ArrayList<>();
    for (long ofTask : taskRows) {
      shardRows.add(evenly(ofTask, maxShardRows));
    }
    return new ShardPlan(
        tasks, shardRows, Arrays.stream(taskRows).map(n -> shards(n, maxShardRows)).sum());
  }

  private static long shards(long rows, int maxShardRows) {
    return ceilDiv(rows, maxShardRows);
  }

  private static int evenly(long rows, int maxShardRows) {
    return rows == 0 ? 1 : (int) ceilDiv(rows, shards(rows, maxShardRows));
  }

  private static long ceilDiv(long dividend, long divisor) {
    return (dividend + divisor - 1) / divisor;
  }
}
