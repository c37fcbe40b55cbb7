package io.nightjar.pca;

import io.nightjar.pca.covariance.PartialCovariance;
import java.io.Serializable;
import java.util.Optional;

/**
 * What a chunk contributes to the covariance of all: sums that were computed, or that are kept in a
 * place from which the task that adds them reads them, so that they need not travel.
 */
public sealed interface ChunkSums extends Serializable {
  /**
   * Sums that were computed.
   *
   * @param sums of the patches of the chunk
   */
  record Computed(PartialCovariance sums) implements ChunkSums {
    private static final long serialVersionUID = 1L;
  }

  /** Sums that are kept. */
  record Kept() implements ChunkSums {
    private static final long serialVersionUID = 1L;
  }

  /** Where sums are kept. Used within tasks. */
  @FunctionalInterface
  interface Place extends Serializable {
    /**
     * Reads what is kept of a chunk.
     *
     * @param chunk its number, from 0
     * @return its sums, which may be changed; empty where they cannot be used after all
     */
    Optional<PartialCovariance> find(int chunk);
  }
}
