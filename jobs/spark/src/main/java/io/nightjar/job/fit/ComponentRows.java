package io.nightjar.job.fit;

import io.nightjar.backbone.patch.GridPosition;
import io.nightjar.pca.components.PatchReduction;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.storage.StorageLevel;

/**
 * The normal patches in the coordinates of their components, without places on the grid, kept on
 * the executors' disks: what a cell counts is measured on them, before they become a bank.
 *
 * @param blocks of the patches
 * @param projection what they were reduced by
 */
record ComponentRows(JavaRDD<BankBlock> blocks, Broadcast<PatchReduction> projection)
    implements AutoCloseable {

  /** Reduces patches when they are asked for, and keeps them. */
  static ComponentRows keep(
      JavaSparkContext spark, JavaRDD<PatchBlock> patches, PatchReduction reduction) {
    Broadcast<PatchReduction> shared = spark.broadcast(reduction);
    return new ComponentRows(
        patches.map(block -> BankBlock.of(block, shared.value())).persist(StorageLevel.DISK_ONLY()),
        shared);
  }

  /** The rows with the places that a reduction of the same components adds. */
  ReducedRows placed(PatchReduction reduction) {
    GridPosition position = reduction.position().orElseThrow();
    int components = reduction.components();
    return new ReducedRows(
        blocks.map(
            block ->
                block.with(position.appendedTo(block.values(), components, block.firstTile()))),
        reduction.dimension(),
        () -> {});
  }

  @Override
  public void close() {
    blocks.unpersist();
    projection.destroy();
  }
}
