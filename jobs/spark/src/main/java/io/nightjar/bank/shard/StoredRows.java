package io.nightjar.bank.shard;

import io.nightjar.bank.store.ImageRows;
import io.nightjar.bank.store.RowFiles;
import io.nightjar.bank.store.StoredBank;
import io.nightjar.bank.store.WrittenRows;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.util.SerializableConfiguration;

/**
 * Reads the rows of a stored bank within tasks, file by file, so that the bank need fit nowhere. A
 * file is verified whenever it is read.
 *
 * @param uri folder of the bank
 * @param dimension values of a row
 * @param configuration of the file system
 */
public record StoredRows(
    String uri, int dimension, Broadcast<SerializableConfiguration> configuration)
    implements Serializable {
  private static final long serialVersionUID = 1L;

  /** A file of rows, and the number of its first row in the bank. */
  public record Part(WrittenRows file, long firstRow) implements Serializable {
    private static final long serialVersionUID = 1L;
  }

  /** The rows of a file, a block an image that has some, and the number of the first row. */
  public record Blocks(long firstRow, ArrayList<float[]> values) implements Serializable {
    private static final long serialVersionUID = 1L;
  }

  /** A reader of a bank's files. */
  public static StoredRows of(StoredBank bank, Broadcast<SerializableConfiguration> configuration) {
    return new StoredRows(bank.location().uri(), bank.manifest().dimension(), configuration);
  }

  /** The files of a bank that hold rows, in its order. */
  public static List<Part> parts(StoredBank bank) {
    List<Part> parts = new ArrayList<>();
    long firstRow = 0;
    for (WrittenRows file : bank.rowFiles()) {
      long rows = file.file().rows();
      if (rows > 0) {
        parts.add(new Part(file, firstRow));
      }
      firstRow += rows;
    }
    return parts;
  }

  /**
   * Reads a file.
   *
   * @return its images in their order, also those without rows
   * @throws io.nightjar.error.InvalidInputException if the file is missing, was altered, or does
   *     not match its manifest
   */
  public List<ImageRows> images(WrittenRows file) {
    return RowFiles.read(uri, file.file(), file.images(), dimension, configuration.value().value());
  }

  /**
   * Reads the rows of a file.
   *
   * @return a block an image that has some
   * @throws io.nightjar.error.InvalidInputException as {@link #images}
   */
  public List<float[]> blocks(WrittenRows file) {
    return ImageRows.blocks(images(file));
  }

  /**
   * Reads the rows of a file that has some.
   *
   * @throws io.nightjar.error.InvalidInputException as {@link #images}
   */
  public Blocks blocks(Part part) {
    return new Blocks(part.firstRow(), new ArrayList<>(blocks(part.file())));
  }

  /**
   * The nearest rows of few queries: their neighbours are small enough to be merged here, which
   * takes no shuffle.
   *
   * @param rows of all files that hold some
   * @param queries blocks of different numbers
   * @param k neighbours of each query, at most as many as there are rows
   * @return the neighbours by the number of the block of queries
   */
  public Map<Integer, MergedNeighbours> nearest(
      JavaRDD<Blocks> rows, List<QueryBlock> queries, int k) {
    int width = dimension;
    Broadcast<List<QueryBlock>> shared =
        JavaSparkContext.fromSparkContext(rows.context()).broadcast(new ArrayList<>(queries));
    try {
      Map<Integer, MergedNeighbours> nearest = new HashMap<>();
      rows.map(
              file ->
                  new HashMap<>(
                      RowScan.nearest(shared.value(), k, width, file.firstRow(), file.values())))
          .collect()
          .forEach(
              found -> found.forEach((id, own) -> nearest.merge(id, own, MergedNeighbours::merge)));
      return nearest;
    } finally {
      shared.destroy();
    }
  }
}
