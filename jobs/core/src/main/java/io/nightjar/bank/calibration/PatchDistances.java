package io.nightjar.bank.calibration;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * How often patches of normal images lie how far from a bank without their own image: counts in
 * {@value #BINS_PER_OCTAVE} bins of equal width to each doubling of the distance, so that the start
 * of a bin is at most 0.4 % below any distance in it. Bins without a patch are left out.
 *
 * @param bins from the smallest distance up
 */
public record PatchDistances(List<Bin> bins) implements Serializable {
  private static final long serialVersionUID = 1L;

  /** Bins to each doubling of the distance. */
  public static final int BINS_PER_OCTAVE = 256;

  /** Bits of a float below those of a bin: 23 of the fraction but for the first 8. */
  private static final int SHIFT = 15;

  /**
   * Patches of about one distance.
   *
   * @param lowest the smallest distance that is counted here, at least 0
   * @param count of the patches, at least 1
   */
  public record Bin(float lowest, long count) implements Serializable {
    private static final long serialVersionUID = 1L;
  }

  /** Takes an unchangeable copy. */
  public PatchDistances {
    bins = List.copyOf(bins);
  }

  /**
   * The counts as fields of a document.
   *
   * @param lowest distance of each bin, ascending
   * @param counts of the bins
   */
  public record Document(List<Float> lowest, List<Long> counts) {

    /** The document of counts. */
    public static Document of(PatchDistances distances) {
      return new Document(
          distances.bins.stream().map(Bin::lowest).toList(),
          distances.bins.stream().map(Bin::count).toList());
    }

    /**
     * The counts again.
     *
     * @throws IllegalArgumentException if the lists are not as {@link #of} makes them
     */
    public PatchDistances distances() {
      if (lowest.size() != counts.size()) {
        throw new IllegalArgumentException(
            "its bins of distances and their counts differ in number");
      }
      List<Bin> bins = new ArrayList<>();
      for (int i = 0; i < lowest.size(); i++) {
        float start = lowest.get(i);
        if (!(start >= 0 && Float.isFinite(start))
            || counts.get(i) < 1
            || (i > 0 && start <= lowest.get(i - 1))) {
          throw new IllegalArgumentException("its bins of distances are not in ascending order");
        }
        bins.add(new Bin(start, counts.get(i)));
      }
      return new PatchDistances(bins);
    }
  }

  /**
   * Counts distances.
   *
   * @param images the distances of each image's patches, 0 or more
   */
  public static PatchDistances of(Iterable<float[]> images) {
    Map<Integer, Long> counts = new TreeMap<>();
    for (float[] distances : images) {
      for (float distance : distances) {
        counts.merge(bin(distance), 1L, Long::sum);
      }
    }
    List<Bin> bins = new ArrayList<>();
    counts.forEach((bin, count) -> bins.add(new Bin(start(bin), count)));
    return new PatchDistances(bins);
  }

  /** The start of the bin after the one with a distance; above every distance in that. */
  public static float startAfter(float distance) {
    return start(bin(distance) + 1);
  }

  private static int bin(float distance) {
    if (!(distance >= 0 && Float.isFinite(distance))) {
      throw new IllegalArgumentException("A distance cannot be " + distance);
    }
    return Float.floatToRawIntBits(distance + 0f) >>> SHIFT;
  }

  private static float start(int bin) {
    return Float.intBitsToFloat(bin << SHIFT);
  }

  /** The number of patches. */
  public long patches() {
    return bins.stream().mapToLong(Bin::count).sum();
  }
}
