package io.nightjar.job.memory;

import org.apache.spark.util.AccumulatorV2;

/** The largest use of memory that any task saw in its process. */
public final class PeakAccumulator extends AccumulatorV2<MemoryUse, MemoryUse> {
  private static final long serialVersionUID = 1L;

  private MemoryUse peak = MemoryUse.NONE;

  @Override
  public boolean isZero() {
    return peak.equals(MemoryUse.NONE);
  }

  @Override
  public PeakAccumulator copy() {
    PeakAccumulator copy = new PeakAccumulator();
    copy.peak = peak;
    return copy;
  }

  @Override
  public void reset() {
    peak = MemoryUse.NONE;
  }

  @Override
  public void add(MemoryUse use) {
    peak = peak.max(use);
  }

  @Override
  public void merge(AccumulatorV2<MemoryUse, MemoryUse> other) {
    peak = peak.max(other.value());
  }

  @Override
  public MemoryUse value() {
    return peak;
  }
}
