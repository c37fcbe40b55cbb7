package io.nightjar.job.fit;

import io.nightjar.bank.coreset.Coreset;
import io.nightjar.bank.coreset.CoresetOptions;
import io.nightjar.bank.search.MemoryBank;
import io.nightjar.bank.selection.CoresetSelection;
import io.nightjar.bank.store.WrittenRows;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import org.apache.spark.api.java.JavaPairRDD;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.storage.StorageLevel;
import org.apache.spark.util.SerializableConfiguration;
import scala.Tuple2;

/**
 * The normal patches of a category after the projection, spread over the executors. Closing it
 * frees what was kept of them.
 */
public final class ReducedRows implements AutoCloseable {
  /**
   * The patches of an image, or of one of its tiles.
   *
   * @param path what names the image within the bank
   * @param tile its number in the image, from 0
   * @param rows {@code patches x dimension} values, row by row; not a copy
   */
  @SuppressWarnings("ArrayRecordComponent") // a carrier, never compared
  public record Image(String path, int tile, float[] rows) implements Serializable {
    private static final long serialVersionUID = 1L;
  }

  private final JavaRDD<BankBlock> blocks;
  private final int dimension;
  private final Runnable release;

  /**
   * @param dimension values of a row
   * @param release frees what the blocks are computed with
   */
  ReducedRows(JavaRDD<BankBlock> blocks, int dimension, Runnable release) {
    this.blocks = blocks;
    this.dimension = dimension;
    this.release = release;
  }

  /** Values of a row. */
  public int dimension() {
    return dimension;
  }

  /** Gathers all rows in catalogue order. */
  public MemoryBank bank() {
    return gather(blocks);
  }

  /** Projects the rows, keeps them on the executors' disks, and counts them. */
  public CoresetSelection selection(CoresetOptions options) {
    // Read three times: counted, chosen from, gathered.
    blocks.persist(StorageLevel.DISK_ONLY());
    JavaPairRDD<Long, float[]> byOrder =
        blocks.mapToPair(block -> new Tuple2<>(block.order(), block.values()));
    return CoresetSelection.of(options, dimension, byOrder);
  }

  /** Gathers the rows of a coreset in catalogue order. */
  public MemoryBank bank(Coreset coreset) {
    Broadcast<Coreset> shared =
        JavaSparkContext.fromSparkContext(blocks.context()).broadcast(coreset);
    int width = dimension;
    try {
      return gather(
          blocks
              .map(
                  block ->
                      block.with(shared.value().valuesOf(block.order(), block.values(), width)))
              .filter(block -> block.values().length > 0));
    } finally {
      shared.destroy();
    }
  }

  /** All rows of each image, or of each tile of it, in no particular order. */
  public JavaRDD<Image> images() {
    return blocks.flatMap(block -> block.byImage().iterator());
  }

  /**
   * Writes the rows as files of a stored bank, on the executors.
   *
   * @param coreset the rows to write; empty for all
   * @param bank the bank's folder
   * @param filter images that are written
   * @return the files in catalogue order; no manifest names them yet
   */
  public List<WrittenRows> write(
      Optional<Coreset> coreset,
      String bank,
      Broadcast<SerializableConfiguration> configuration,
      RowFilter filter) {
    Broadcast<Coreset> shared =
        JavaSparkContext.fromSparkContext(blocks.context()).broadcast(coreset.orElse(null));
    try {
      List<BankRowsPass.Part> parts =
          new ArrayList<>(
              blocks
                  .mapPartitions(new BankRowsPass(dimension, shared, bank, configuration, filter))
                  .collect());
      Collections.sort(parts);
      return parts.stream().map(BankRowsPass.Part::rows).toList();
    } finally {
      shared.destroy();
    }
  }

  private MemoryBank gather(JavaRDD<BankBlock> rows) {
    List<BankBlock> gathered = new ArrayList<>(rows.collect());
    Collections.sort(gathered);
    return new MemoryBank(dimension, gathered.stream().map(BankBlock::values).toList());
  }

  @Override
  public void close() {
    blocks.unpersist();
    release.run();
  }
}
