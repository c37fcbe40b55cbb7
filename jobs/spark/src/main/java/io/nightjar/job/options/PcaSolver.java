package io.nightjar.job.options;

/** Who computes the principal components. */
public enum PcaSolver {
  /** Blocked matrix products on the executors, summed in float64 in a fixed order. */
  BLOCKED,
  /** MLlib's {@code RowMatrix}: one row at a time; much slower, kept as an oracle. */
  MLLIB
}
