package io.nightjar.job.fit;

import io.nightjar.dataset.ImageRef;
import io.nightjar.job.embed.Chunk;
import io.nightjar.pca.covariance.PartialCovariance;
import java.io.Serializable;
import java.util.List;
import java.util.Optional;

/**
 * Covariances of the patches of chunks of normal images that are kept from run to run. Used within
 * tasks.
 */
public interface KeptCovariances extends Serializable {
  /** Nothing is kept. */
  static KeptCovariances none() {
    return NoCovariances.NONE;
  }

  /** Gives what is kept of the chunks of some images, on the driver. */
  @FunctionalInterface
  interface Source {
    /** What is kept of chunks of these images, or is to be kept. */
    KeptCovariances of(List<ImageRef> images);
  }

  /** That of a chunk, with the images that it is of. */
  record Kept(List<PatchBlock.Source> images, PartialCovariance sums) {}

  /** Whether nothing is kept and nothing is to be kept. */
  default boolean isNone() {
    return false;
  }

  /** The images of a chunk whose covariance seems to be there; nothing is read. */
  Optional<List<PatchBlock.Source>> images(Chunk chunk);

  /**
   * That of a chunk.
   *
   * @param chunk its number
   * @param channels of the patches, for each branch of the embedding
   * @return empty where it is not there, or not as it was written
   */
  Optional<PartialCovariance> find(int chunk, List<Integer> channels);

  /** Keeps that of a chunk; does nothing where one of its files is not what it was. */
  void keep(Chunk chunk, Kept sums);
}
