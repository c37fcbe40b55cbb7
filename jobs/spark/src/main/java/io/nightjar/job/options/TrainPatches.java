package io.nightjar.job.options;

import io.nightjar.job.run.TrainPatchesRule;

/**
 * What becomes of the patch embeddings of normal images between the covariance pass and the bank
 * pass. Either way the results are the same, bit for bit.
 */
public enum TrainPatches {
  /** One of the two, by the rule of {@link TrainPatchesRule}. */
  AUTO,
  /** Written to the executors' local disks: 3.2 MB an image at the default sizes. */
  KEEP,
  /** Computed again: no disk, one more pass of the backbone over the normal images. */
  RECOMPUTE
}
