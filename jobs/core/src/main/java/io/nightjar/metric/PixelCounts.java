package io.nightjar.metric;

import io.nightjar.metric.count.BinCounts;
import io.nightjar.metric.count.BinCountsCodec;
import io.nightjar.metric.region.RegionWeights;
import io.nightjar.metric.region.SaturatedDefect;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;

/**
 * The counts and region weights of a set of images, and the number of regions of their masks; the
 * same of their single defects, where their saturation areas are known.
 */
public final class PixelCounts {
  private final BinCounts bins;
  private final RegionWeights weights;
  private final RegionWeights saturated;
  private long regions;
  private long defects;

  PixelCounts() {
    this(new BinCounts());
  }

  /** Counts in these bins, which are empty. */
  PixelCounts(BinCounts bins) {
    this(bins, new RegionWeights(), 0, new RegionWeights(), 0);
  }

  private PixelCounts(
      BinCounts bins, RegionWeights weights, long regions, RegionWeights saturated, long defects) {
    this.bins = bins;
    this.weights = weights;
    this.regions = regions;
    this.saturated = saturated;
    this.defects = defects;
  }

  /** The counts by score; not a copy. */
  public BinCounts bins() {
    return bins;
  }

  RegionWeights weights() {
    return weights;
  }

  long regions() {
    return regions;
  }

  void addRegions(long more) {
    regions += more;
  }

  /** The weights by score of the defects whose saturation areas are known. */
  RegionWeights saturated() {
    return saturated;
  }

  /** The number of defects whose saturation areas are known. */
  long defects() {
    return defects;
  }

  /** Adds a defect of which all rows were taken. */
  void add(SaturatedDefect defect) {
    defect.addTo(saturated);
    defects++;
  }

  void merge(PixelCounts other) {
    bins.merge(other.bins);
    weights.merge(other.weights);
    regions += other.regions;
    saturated.merge(other.saturated);
    defects += other.defects;
  }

  void write(DataOutput out) throws IOException {
    BinCountsCodec.write(bins, out);
    weights.write(out);
    out.writeLong(regions);
    saturated.write(out);
    out.writeLong(defects);
  }

  static PixelCounts read(DataInput in) throws IOException {
    return new PixelCounts(
        BinCountsCodec.read(in),
        RegionWeights.read(in),
        in.readLong(),
        RegionWeights.read(in),
        in.readLong());
  }

  @Override
  public boolean equals(Object object) {
    return object instanceof PixelCounts other
        && regions == other.regions
        && defects == other.defects
        && saturated.equals(other.saturated)
        && bins.equals(other.bins)
        && weights.equals(other.weights);
  }

  @Override
  public int hashCode() {
    return 31 * bins.hashCode() + weights.hashCode();
  }
}
