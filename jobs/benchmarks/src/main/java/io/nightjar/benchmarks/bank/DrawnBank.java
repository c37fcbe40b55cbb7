package io.nightjar.benchmarks.bank;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Iterator;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;

/**
 * A bank of any size, drawn on the executors: like reduced patches its rows lie in clusters, and
 * their variance falls from the first component to the last. Every block has a seed of its own, so
 * that it can be drawn again anywhere.
 */
record DrawnBank(long rows, int dimension) implements Serializable {
  private static final long serialVersionUID = 1L;
  private static final int BLOCK_ROWS = 1000;
  private static final int PARTITION_BLOCKS = 10;
  private static final int CLUSTERS = 500;
  private static final double SPREAD = 0.3;

  /** A row of the bank and its squared distance from a query. */
  record Near(long row, double squaredDistance) implements Serializable, Comparable<Near> {
    private static final long serialVersionUID = 1L;

    @Override
    public int compareTo(Near other) {
      return Comparator.comparingDouble(Near::squaredDistance)
          .thenComparingLong(Near::row)
          .compare(this, other);
    }
  }

  long bytes() {
    return rows * dimension * Float.BYTES;
  }

  /** The rows in order, block by block, never more than one block of a task in memory. */
  JavaRDD<float[]> blocks(JavaSparkContext spark) {
    return numbers(spark).map(this::block);
  }

  /** Queries of the same kind as the rows. */
  float[] queries(int count) {
    return draw(-1, count);
  }

  /** The k nearest rows of each query, by looking at every row, drawn again and never kept. */
  List<List<Near>> bruteForce(JavaSparkContext spark, float[] queries, int k) {
    return numbers(spark)
        .mapPartitions(
            blocks -> {
              List<List<Near>> nearest = none(queries.length / dimension);
              while (blocks.hasNext()) {
                look(blocks.next(), queries, k, nearest);
              }
              return List.of(nearest).iterator();
            })
        .treeReduce((left, right) -> merge(left, right, k));
  }

  private JavaRDD<Integer> numbers(JavaSparkContext spark) {
    int blocks = (int) ((rows + BLOCK_ROWS - 1) / BLOCK_ROWS);
    return spark.parallelize(
        IntStream.range(0, blocks).boxed().toList(), Math.max(2, blocks / PARTITION_BLOCKS));
  }

  private float[] block(int number) {
    return draw(number, (int) Math.min(BLOCK_ROWS, rows - (long) number * BLOCK_ROWS));
  }

  private float[] draw(int seed, int count) {
    SplittableRandom random = new SplittableRandom(seed);
    float[] values = new float[count * dimension];
    for (int at = 0; at < values.length; at += dimension) {
      SplittableRandom cluster = new SplittableRandom(1_000_000L + random.nextInt(CLUSTERS));
      for (int i = 0; i < dimension; i++) {
        double value = cluster.nextGaussian() + SPREAD * random.nextGaussian();
        values[at + i] = (float) (value / Math.sqrt(1 + i));
      }
    }
    return values;
  }

  private void look(int number, float[] queries, int k, List<List<Near>> nearest) {
    float[] values = block(number);
    for (int query = 0; query < nearest.size(); query++) {
      List<Near> best = nearest.get(query);
      for (int row = 0; row < values.length / dimension; row++) {
        double sum = 0;
        for (int i = 0; i < dimension; i++) {
          double difference =
              (double) queries[query * dimension + i] - (double) values[row * dimension + i];
          sum += difference * difference;
        }
        Near near = new Near((long) number * BLOCK_ROWS + row, sum);
        if (best.size() < k || near.compareTo(best.get(k - 1)) < 0) {
          best.add(near);
          keepNearest(best, k);
        }
      }
    }
  }

  private static List<List<Near>> none(int queries) {
    List<List<Near>> none = new ArrayList<>();
    for (int query = 0; query < queries; query++) {
      none.add(new ArrayList<>());
    }
    return none;
  }

  private static List<List<Near>> merge(List<List<Near>> left, List<List<Near>> right, int k) {
    Iterator<List<Near>> others = right.iterator();
    for (List<Near> best : left) {
      best.addAll(others.next());
      keepNearest(best, k);
    }
    return left;
  }

  private static void keepNearest(List<Near> best, int k) {
    best.sort(Comparator.naturalOrder());
    if (best.size() > k) {
      best.subList(k, best.size()).clear();
    }
  }
}
