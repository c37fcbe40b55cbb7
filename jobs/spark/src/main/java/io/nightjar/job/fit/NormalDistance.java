package io.nightjar.job.fit;

import io.nightjar.bank.shard.MergedNeighbours;
import io.nightjar.bank.shard.QueryBlock;
import io.nightjar.bank.shard.RowScan;
import io.nightjar.dataset.ImageRef;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.apache.spark.TaskContext;
import org.apache.spark.TaskKilledException;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.broadcast.Broadcast;
import scala.Tuple2;

/**
 * How far normal patches lie from one another: the median, over all patches of {@value #IMAGES}
 * images, of the Euclidean distance to the nearest patch of any other image. The images are evenly
 * spaced in catalogue order, all of them where there are not more. Distances are exact, so the
 * result depends on the images alone.
 *
 * @param rows of all images; a block is compared where it is
 * @param dimension values of a row
 */
record NormalDistance(JavaRDD<BankBlock> rows, int dimension) {
  static final int IMAGES = 8;

  /** The images of which distances are taken: number i of n is number {@code i * images / n}. */
  static List<ImageRef> sample(List<ImageRef> images) {
    int count = Math.min(IMAGES, images.size());
    return IntStream.range(0, count)
        .mapToObj(i -> images.get((int) ((long) i * images.size() / count)))
        .toList();
  }

  /**
   * Runs two Spark jobs: one gathers the rows of the sample, one compares them with all rows.
   *
   * @param images of the rows in catalogue order, at least two
   */
  double of(List<ImageRef> images) {
    Map<String, Integer> numbers = new HashMap<>();
    sample(images).forEach(image -> numbers.put(image.relativePath(), numbers.size()));
    JavaSparkContext spark = JavaSparkContext.fromSparkContext(rows.context());
    Broadcast<List<QueryBlock>> queries = spark.broadcast(queries(numbers));
    int width = dimension;
    try {
      Map<Integer, MergedNeighbours> nearest = new HashMap<>();
      rows.mapPartitions(blocks -> nearest(blocks, queries.value(), numbers, width))
          .collect()
          .forEach(found -> nearest.merge(found._1(), found._2(), MergedNeighbours::merge));
      return median(nearest.values().stream().map(MergedNeighbours::meanDistances).toList());
    } finally {
      queries.destroy();
    }
  }

  /** The patches of the sample, in the order of its numbers. */
  private List<QueryBlock> queries(Map<String, Integer> numbers) {
    int width = dimension;
    List<Tuple2<Integer, float[]>> gathered =
        rows.flatMap(block -> ofSample(block, numbers).iterator()).collect();
    Map<Integer, List<float[]>> images = new LinkedHashMap<>();
    gathered.forEach(
        part -> images.computeIfAbsent(part._1(), number -> new ArrayList<>()).add(part._2()));
    List<QueryBlock> queries = new ArrayList<>();
    images.forEach(
        (number, parts) -> {
          float[] values = joined(parts);
          queries.add(new QueryBlock(number, values.length / width, values));
        });
    return queries;
  }

  /** The tiles of an image one after the other. */
  private static float[] joined(List<float[]> parts) {
    if (parts.size() == 1) {
      return parts.get(0);
    }
    int length = parts.stream().mapToInt(part -> part.length).reduce(0, Math::addExact);
    float[] joined = new float[length];
    int at = 0;
    for (float[] part : parts) {
      System.arraycopy(part, 0, joined, at, part.length);
      at += part.length;
    }
    return joined;
  }

  private static List<Tuple2<Integer, float[]>> ofSample(
      BankBlock block, Map<String, Integer> numbers) {
    List<Tuple2<Integer, float[]>> own = new ArrayList<>();
    int length = block.values().length / block.images().size();
    for (int image = 0; image < block.images().size(); image++) {
      Integer number = numbers.get(block.images().get(image).path());
      if (number != null) {
        float[] values = Arrays.copyOfRange(block.values(), image * length, (image + 1) * length);
        own.add(new Tuple2<>(number, values));
      }
    }
    return own;
  }

  /** The nearest rows of each image of the sample among some blocks, without its own. */
  private static Iterator<Tuple2<Integer, MergedNeighbours>> nearest(
      Iterator<BankBlock> blocks,
      List<QueryBlock> queries,
      Map<String, Integer> numbers,
      int dimension) {
    Map<Integer, MergedNeighbours> nearest = new HashMap<>();
    while (blocks.hasNext()) {
      if (TaskContext.get().isInterrupted()) {
        throw new TaskKilledException("the job was cancelled");
      }
      BankBlock block = blocks.next();
      List<Integer> within =
          block.images().stream().map(image -> numbers.getOrDefault(image.path(), -1)).toList();
      List<QueryBlock> foreign =
          queries.stream().filter(query -> !within.contains(query.id())).toList();
      merge(foreign, List.of(block.values()), dimension, nearest);
      for (QueryBlock query : queries) {
        if (within.contains(query.id())) {
          int first = within.indexOf(query.id());
          int last = within.lastIndexOf(query.id());
          merge(List.of(query), without(block, first, last), dimension, nearest);
        }
      }
    }
    return nearest.entrySet().stream()
        .map(found -> new Tuple2<>(found.getKey(), found.getValue()))
        .iterator();
  }

  /** Rows are not numbered: only distances count, which are the same for equally near rows. */
  private static void merge(
      List<QueryBlock> queries,
      List<float[]> rows,
      int dimension,
      Map<Integer, MergedNeighbours> nearest) {
    if (!queries.isEmpty() && !rows.isEmpty()) {
      RowScan.nearest(queries, 1, dimension, 0, rows)
          .forEach((id, found) -> nearest.merge(id, found, MergedNeighbours::merge));
    }
  }

  /** The rows of a block's images but for one, whose tiles follow one another. */
  private static List<float[]> without(BankBlock block, int first, int last) {
    int length = block.values().length / block.images().size();
    float[] before = Arrays.copyOf(block.values(), first * length);
    float[] after = Arrays.copyOfRange(block.values(), (last + 1) * length, block.values().length);
    return List.of(before, after).stream().filter(values -> values.length > 0).toList();
  }

  /** The middle of all values, the mean of the two in the middle of an even number. */
  static double median(List<float[]> distances) {
    double[] sorted =
        distances.stream()
            .flatMapToDouble(own -> IntStream.range(0, own.length).mapToDouble(i -> own[i]))
            .sorted()
            .toArray();
    int middle = sorted.length / 2;
    return sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
  }
}
