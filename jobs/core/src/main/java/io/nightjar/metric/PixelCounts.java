package io.nightjar.metric;

import io.nightjar.metric.count.BinCounts;
import io.nightjar.metric.count.BinCountsCodec;
import io.nightjar.metric.region.RegionWeights;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;

/** The counts and region weights of a set of images, and the number of regions of their masks. */
public final class PixelCounts {
  private final BinCounts bins;
  private final RegionWeights weights;
  private long regions;

  PixelCounts() {
    this(new BinCounts(), new RegionWeights(), 0);
  }

  private PixelCounts(BinCounts bins, RegionWeights weights, long regions) {
    this.bins = bins;
    this.weights = weights;
    this.regions = regions;
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

  void merge(PixelCounts other) {
    bins.merge(other.bins);
    weights.merge(other.weights);
    regions += other.regions;
  }

  void write(DataOutput out) throws IOException {
    BinCountsCodec.write(bins, out);
    weights.write(out);
    out.writeLong(regions);
  }

  static PixelCounts read(DataInput in) throws IOException {
    return new PixelCounts(BinCountsCodec.read(in), RegionWeights.read(in), in.readLong());
  }

  @Override
  public boolean equals(Object object) {
    return object instanceof PixelCounts other
        && regions == other.regions
        && bins.equals(other.bins)
        && weights.equals(other.weights);
  }

  @Override
  public int hashCode() {
    return 31 * bins.hashCode() + weights.hashCode();
  }
}
