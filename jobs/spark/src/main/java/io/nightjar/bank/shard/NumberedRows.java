package io.nightjar.bank.shard;

import io.nightjar.text.Text;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.storage.StorageLevel;

/**
 * A bank's rows on the executors' local disks, numbered through all partitions. The driver holds
 * one count for each partition.
 */
final class NumberedRows implements AutoCloseable {
  /**
   * Values of a kept block. As Spark configures it, Java's serialisation keeps the last 100 objects
   * that it wrote or read: of this size they are 25 MiB.
   */
  private static final int PIECE_VALUES = 1 << 16;

  // Numbered from 0 in each partition.
  private final JavaRDD<RowBlock> kept;
  private final int dimension;
  private final long[] counts;

  /** Computes the rows and keeps them. */
  public NumberedRows(JavaRDD<float[]> blocks, int dimension) {
    this.dimension = dimension;
    kept =
        blocks
            .mapPartitions(partition -> numbered(partition, dimension))
            .persist(StorageLevel.DISK_ONLY());
    try {
      counts =
          kept
              .mapPartitions(partition -> List.of(count(partition, dimension)).iterator())
              .collect()
              .stream()
              .mapToLong(Long::longValue)
              .toArray();
    } catch (Exception e) { // Spark throws undeclared checked exceptions
      close();
      throw e;
    }
  }

  /** Rows of a partition. */
  long count(int partition) {
    return counts[partition];
  }

  /** Rows of all partitions. */
  long total() {
    return Arrays.stream(counts).sum();
  }

  /** The rows with their numbers in the whole bank, in the partitions of the input. */
  JavaRDD<RowBlock> blocks() {
    long[] announced = counts.clone();
    long[] preceding = new long[announced.length];
    for (int i = 1; i < preceding.length; i++) {
      preceding[i] = preceding[i - 1] + announced[i - 1];
    }
    int width = dimension;
    return kept.mapPartitionsWithIndex(
        (partition, blocks) ->
            new Renumbered(blocks, preceding[partition], announced[partition], width),
        true);
  }

  @Override
  public void close() {
    kept.unpersist();
  }

  private static Iterator<RowBlock> numbered(Iterator<float[]> blocks, int dimension) {
    int pieceRows = Math.max(1, PIECE_VALUES / dimension);
    return new Iterator<>() {
      private RowBlock block = new RowBlock(0, new float[0]);
      private int given;

      @Override
      public boolean hasNext() {
        while (given == block.rows(dimension) && blocks.hasNext()) {
          long first = block.firstRow() + given;
          block = new RowBlock(first, wholeRows(blocks.next(), dimension));
          given = 0;
        }
        return given < block.rows(dimension);
      }

      @Override
      public RowBlock next() {
        if (!hasNext()) {
          throw new NoSuchElementException("There are no more rows");
        }
        int from = given;
        given = Math.min(block.rows(dimension), from + pieceRows);
        return block.slice(from, given, dimension);
      }
    };
  }

  private static float[] wholeRows(float[] values, int dimension) {
    if (values.length % dimension != 0) {
      throw new IllegalArgumentException(
          Text.format(
              "A block of %d values is not made of whole rows of %d", values.length, dimension));
    }
    return values;
  }

  private static long count(Iterator<RowBlock> blocks, int dimension) {
    long count = 0;
    while (blocks.hasNext()) {
      count += blocks.next().rows(dimension);
    }
    return count;
  }

  /**
   * Adds the number of rows in all partitions before. Where an executor was lost, its rows are
   * computed again: if their number had changed, every number after them would be wrong.
   */
  private static final class Renumbered implements Iterator<RowBlock> {
    private final Iterator<RowBlock> blocks;
    private final long preceding;
    private final long announced;
    private final int dimension;
    private long seen;

    Renumbered(Iterator<RowBlock> blocks, long preceding, long announced, int dimension) {
      this.blocks = blocks;
      this.preceding = preceding;
      this.announced = announced;
      this.dimension = dimension;
    }

    @Override
    public boolean hasNext() {
      boolean more = blocks.hasNext();
      if (!more && seen != announced) {
        throw new IllegalStateException(
            Text.format(
                    "Rows of the memory bank were lost and computed again, but now there are %d, where %d",
                    seen, announced)
                + " were kept: the files they come from have changed");
      }
      return more;
    }

    @Override
    public RowBlock next() {
      RowBlock block = blocks.next();
      seen += block.rows(dimension);
      return block.after(preceding);
    }
  }
}
