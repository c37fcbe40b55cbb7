package io.nightjar.metric;

import io.nightjar.metric.count.BinCounts;
import io.nightjar.metric.region.RegionWeights;
import io.nightjar.text.Text;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.Arrays;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.IntStream;

/**
 * Counts by group of images. All groups share their bins' shifts: the smallest at which the pages
 * of all of them together stay within the limits, a function of the counts alone.
 */
final class GroupedCounts {
  /** 384 pages of 8 KiB are 3 MiB for all groups. */
  private static final int MAX_PAGES = 384;

  /** At the largest shift a group needs one page of counts and one of weights. */
  static final int MAX_GROUPS = RegionWeights.MAX_PAGES;

  private final TreeMap<String, PixelCounts> groups = new TreeMap<>();
  private final String kind;
  private int shift;
  private int weightShift;
  private int saturatedShift;

  /**
   * Counts of no images.
   *
   * @param kind what groups are, in the plural, for a message
   */
  GroupedCounts(String kind) {
    this.kind = kind;
  }

  private static int maxPages(int shift) {
    return Math.min(MAX_PAGES, BinCounts.maxPages(shift));
  }

  /**
   * Adds counts to a group.
   *
   * @throws IllegalArgumentException if there would be more than {@link #MAX_GROUPS} groups
   */
  void add(String group, PixelCounts counts) {
    if (!groups.containsKey(group) && groups.size() == MAX_GROUPS) {
      throw new IllegalArgumentException(
          Text.format(
              "A category can have %d %s at most; %s is one more", MAX_GROUPS, kind, group));
    }
    shift = Math.max(shift, counts.bins().shift());
    while (pages(group, counts, shift, PixelCounts::bins, BinCounts::shift, BinCounts::pageIndexes)
        > maxPages(shift)) {
      shift++;
    }
    weightShift = weightShift(group, counts, weightShift, PixelCounts::weights);
    saturatedShift = weightShift(group, counts, saturatedShift, PixelCounts::saturated);
    PixelCounts into = groups.computeIfAbsent(group, absent -> new PixelCounts());
    for (PixelCounts present : groups.values()) {
      present.bins().coarsenTo(shift);
      present.weights().coarsenTo(weightShift);
      present.saturated().coarsenTo(saturatedShift);
    }
    into.merge(counts);
  }

  /** The smallest shift, at least the present one, at which all weights fit their pages. */
  private int weightShift(
      String group, PixelCounts counts, int present, Function<PixelCounts, RegionWeights> part) {
    int fitting = Math.max(present, part.apply(counts).shift());
    while (pages(group, counts, fitting, part, RegionWeights::shift, RegionWeights::pageIndexes)
        > RegionWeights.MAX_PAGES) {
      fitting++;
    }
    return fitting;
  }

  /** How many pages there would be at a shift with these counts in their group. */
  private <B> int pages(
      String group,
      PixelCounts more,
      int atShift,
      Function<PixelCounts, B> part,
      java.util.function.ToIntFunction<B> partShift,
      Function<B, int[]> indexes) {
    Function<PixelCounts, IntStream> atShiftOf =
        counts -> {
          B bins = part.apply(counts);
          int by = atShift - partShift.applyAsInt(bins);
          return Arrays.stream(indexes.apply(bins)).map(index -> index >>> by);
        };
    int pages = 0;
    for (Map.Entry<String, PixelCounts> present : groups.entrySet()) {
      if (!present.getKey().equals(group)) {
        pages += (int) atShiftOf.apply(present.getValue()).distinct().count();
      }
    }
    IntStream joined = atShiftOf.apply(more);
    if (groups.containsKey(group)) {
      joined = IntStream.concat(joined, atShiftOf.apply(groups.get(group)));
    }
    return pages + (int) joined.distinct().count();
  }

  void merge(GroupedCounts other) {
    other.groups.forEach(this::add);
  }

  /** The groups by name. */
  Map<String, PixelCounts> groups() {
    return groups;
  }

  void write(DataOutput out) throws IOException {
    out.writeInt(shift);
    out.writeInt(weightShift);
    out.writeInt(saturatedShift);
    out.writeInt(groups.size());
    for (Map.Entry<String, PixelCounts> group : groups.entrySet()) {
      out.writeUTF(group.getKey());
      group.getValue().write(out);
    }
  }

  static GroupedCounts read(DataInput in, String kind) throws IOException {
    GroupedCounts counts = new GroupedCounts(kind);
    counts.shift = in.readInt();
    counts.weightShift = in.readInt();
    counts.saturatedShift = in.readInt();
    int size = in.readInt();
    for (int i = 0; i < size; i++) {
      counts.groups.put(in.readUTF(), PixelCounts.read(in));
    }
    return counts;
  }

  @Override
  public boolean equals(Object object) {
    return object instanceof GroupedCounts other && groups.equals(other.groups);
  }

  @Override
  public int hashCode() {
    return groups.hashCode();
  }
}
