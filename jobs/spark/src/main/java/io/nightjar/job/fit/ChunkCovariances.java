package io.nightjar.job.fit;

import io.nightjar.backbone.graph.PatchLayout;
import io.nightjar.pca.covariance.MapCovariance;
import io.nightjar.pca.covariance.PartialCovariance;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import scala.Tuple2;

/** Sums consecutive blocks of one chunk, so that a sum never depends on the partitioning. */
final class ChunkCovariances implements Iterator<ChunkCovariances.Of> {
  private final Iterator<PatchBlock> blocks;
  private final PatchLayout layout;
  private PatchBlock pending;

  /**
   * The sums of a chunk.
   *
   * @param images of which they are, in order
   */
  record Of(int chunk, List<PatchBlock.Source> images, PartialCovariance sums) {
    Tuple2<Integer, PartialCovariance> pair() {
      return new Tuple2<>(chunk, sums);
    }
  }

  ChunkCovariances(Iterator<PatchBlock> blocks, PatchLayout layout) {
    this.blocks = blocks;
    this.layout = layout;
  }

  @Override
  public boolean hasNext() {
    return pending != null || blocks.hasNext();
  }

  @Override
  public Of next() {
    PatchBlock block = pending != null ? pending : blocks.next();
    pending = null;
    int chunk = block.chunk();
    MapCovariance accumulator = new MapCovariance(layout);
    Set<PatchBlock.Source> images = new LinkedHashSet<>(block.images());
    accumulator.add(block.maps());
    while (blocks.hasNext()) {
      block = blocks.next();
      if (block.chunk() != chunk) {
        pending = block;
        break;
      }
      images.addAll(block.images());
      accumulator.add(block.maps());
    }
    return new Of(chunk, List.copyOf(images), accumulator.toPartial());
  }

  /** The sums alone, by their chunks. */
  Iterator<Tuple2<Integer, PartialCovariance>> pairs() {
    return new Iterator<>() {
      @Override
      public boolean hasNext() {
        return ChunkCovariances.this.hasNext();
      }

      @Override
      public Tuple2<Integer, PartialCovariance> next() {
        return ChunkCovariances.this.next().pair();
      }
    };
  }
}
