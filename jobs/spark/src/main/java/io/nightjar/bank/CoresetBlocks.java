package io.nightjar.bank;

import io.nightjar.bank.coreset.Coreset;
import io.nightjar.bank.coreset.CoresetOptions;
import io.nightjar.bank.selection.CoresetSelection;
import io.nightjar.error.InvalidInputException;
import java.util.List;
import org.apache.spark.api.java.JavaPairRDD;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.sql.Dataset;
import org.apache.spark.storage.StorageLevel;
import scala.Tuple2;

/** Collects the rows of a coreset on the driver, in the order of the data. */
final class CoresetBlocks {
  private CoresetBlocks() {}

  /**
   * The rows of the coreset, in the blocks of the data.
   *
   * @param patches whole rows
   */
  static List<float[]> collect(Dataset<float[]> patches, int dimension, CoresetOptions options) {
    // Read four times: numbered, counted, chosen from, gathered.
    JavaRDD<float[]> kept = patches.javaRDD().persist(StorageLevel.DISK_ONLY());
    try {
      JavaPairRDD<Long, float[]> blocks =
          kept.zipWithIndex().mapToPair(block -> new Tuple2<>(block._2(), present(block._1())));
      Coreset coreset =
          CoresetSelection.of(options, dimension, blocks).select(kept.context().longAccumulator());
      return blocks.map(block -> coreset.valuesOf(block._1(), block._2(), dimension)).collect();
    } finally {
      kept.unpersist();
    }
  }

  private static float[] present(float[] block) {
    if (block == null) {
      throw new InvalidInputException("The input column contains a null; drop such rows first");
    }
    return block;
  }
}
