package io.nightjar.metric;

import com.esotericsoftware.kryo.Kryo;
import com.esotericsoftware.kryo.KryoSerializable;
import com.esotericsoftware.kryo.io.Input;
import com.esotericsoftware.kryo.io.Output;
import io.nightjar.dataset.GroundTruth;
import io.nightjar.dataset.Mask;
import io.nightjar.metric.count.BinCounts;
import io.nightjar.metric.exact.ExactRange;
import io.nightjar.metric.region.RegionOverlap;
import io.nightjar.metric.region.RegionWeights;
import io.nightjar.metric.result.CategoryMetrics;
import io.nightjar.metric.result.Estimate;
import io.nightjar.metric.threshold.OperatingPoint;
import io.nightjar.score.ImageScoreKind;
import io.nightjar.text.Text;
import java.io.DataInput;
import java.io.DataInputStream;
import java.io.DataOutput;
import java.io.DataOutputStream;
import java.io.Externalizable;
import java.io.IOException;
import java.io.ObjectInput;
import java.io.ObjectOutput;
import java.io.UncheckedIOException;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * The counts of the first pass over a category's test images: pixels by score, in total, by type of
 * defect and by group, the weights of the masks' regions by score, and each image's own score.
 *
 * <p>Merging is associative and commutative and uses integers alone, so that the same images give
 * equal counts, bit for bit, however they were split and in whatever order they were counted.
 *
 * <p>Memory: at most 30 MB (with compressed references), whatever the number of pixels, plus about
 * 200 bytes an image: 10.7 MiB of pooled counts and 1 MiB of pooled weights, 4.7 MiB for all types
 * of defect together, and 11.7 MiB while an image is being counted. Groups take another 4.7 MiB,
 * and known saturation areas 1 MiB of weights for each of these and 4 bytes a defective pixel of
 * the image.
 *
 * <p>Not safe for use by several threads at once.
 */
public final class CategoryCounts implements Externalizable, KryoSerializable {
  private static final long serialVersionUID = 1L;

  private PixelCounts pooled = new PixelCounts();
  // Empty, with the memory of an image that was counted before.
  private BinCounts spare = new BinCounts();

  /** The most groups that images can be counted by. */
  public static final int MAX_GROUPS = GroupedCounts.MAX_GROUPS;

  private static final String KINDS = "types of defect";
  private static final String GROUPS = "groups of images";

  private GroupedCounts kinds = new GroupedCounts(KINDS);
  private GroupedCounts groups = new GroupedCounts(GROUPS);
  private TreeMap<String, ImageRecord> images = new TreeMap<>();

  /** Counts of no images. */
  public CategoryCounts() {}

  /**
   * Begins to count an image; nothing is counted before {@link ImageFeed#end}.
   *
   * @param path the image's path within the category, unlike all others
   * @param defect its type of defect
   * @param defective whether the image counts as positive
   * @param mask its ground truth at the size of the rows to come
   * @throws IllegalArgumentException if a good image has a mask that marks any pixel, or the image
   *     has been counted already
   */
  public ImageFeed image(String path, String defect, boolean defective, Mask mask) {
    return image(new TestImage(path, defect, defective), mask, List.of());
  }

  /**
   * Begins to count an image; nothing is counted before {@link ImageFeed#end}.
   *
   * @param image what is known of it
   * @param mask its ground truth at the size of the rows to come
   * @param defects the defects of the mask, at its size, where their saturation areas are known
   * @throws IllegalArgumentException if a good image has a mask that marks any pixel, or the image
   *     has been counted already
   */
  public ImageFeed image(TestImage image, Mask mask, List<GroundTruth.Defect> defects) {
    requireNew(image.path());
    if (!image.defective() && mask.positives() > 0) {
      throw new IllegalArgumentException(
          Text.format(
              "Image %s is good, but its mask marks %d pixels as defective",
              image.path(), mask.positives()));
    }
    return new ImageFeed(this, image, mask, defects);
  }

  /**
   * Begins to count a defective image whose mask is absent: its label and its score count, its
   * pixels do not. Nothing is counted before {@link ScoreFeed#end}.
   *
   * @param path the image's path within the category, unlike all others
   * @param defect its type of defect
   * @param absence what is absent, as a part of a sentence for a person
   * @param width of the rows to come
   * @param height the number of rows to come
   * @throws IllegalArgumentException if nothing is said to be absent, or the image has been counted
   *     already
   */
  public ScoreFeed unmasked(String path, String defect, String absence, int width, int height) {
    return unmasked(new TestImage(path, defect, true), absence, width, height);
  }

  /**
   * The same with all that is known of the image.
   *
   * @param image a defective one
   * @param absence what is absent, as a part of a sentence for a person
   * @param width of the rows to come
   * @param height the number of rows to come
   * @throws IllegalArgumentException if nothing is said to be absent, or the image has been counted
   *     already
   */
  public ScoreFeed unmasked(TestImage image, String absence, int width, int height) {
    requireNew(image.path());
    if (absence.isEmpty()) {
      throw new IllegalArgumentException(
          Text.format("Nothing is absent of image %s", image.path()));
    }
    return new ScoreFeed(this, image, absence, width, height);
  }

  /** Empty bins for one image. */
  BinCounts takeSpare() {
    BinCounts taken = spare;
    spare = new BinCounts();
    return taken;
  }

  void giveSpare(BinCounts empty) {
    spare = empty;
  }

  /** Adds an image by its score alone. */
  void commit(ImageRecord image) {
    requireNew(image.path());
    images.put(image.path(), image);
  }

  /** Adds an image whose rows have all been fed. */
  void commit(ImageRecord image, PixelCounts counts) {
    requireNew(image.path());
    requireRoom(counts);
    kinds.add(kind(image), counts);
    if (!image.image().group().isEmpty()) {
      groups.add(image.image().group(), counts);
    }
    pooled.merge(counts);
    images.put(image.path(), image);
  }

  /** Good images are recognised by their label, not by the name of their folder. */
  private static String kind(ImageRecord image) {
    return image.defective() ? "defect/" + image.defect() : "good";
  }

  private void requireNew(String path) {
    if (images.containsKey(path)) {
      throw new IllegalArgumentException(Text.format("Image %s is counted twice", path));
    }
  }

  private void requireRoom(PixelCounts more) {
    if (pooled.regions() + more.regions() > RegionWeights.MAX_REGIONS
        || pooled.defects() + more.defects() > RegionWeights.MAX_REGIONS) {
      throw new IllegalArgumentException(
          Text.format(
              "The masks of a category can have %d connected regions at most",
              RegionWeights.MAX_REGIONS));
    }
  }

  /**
   * Adds the counts of the other, which is left unchanged.
   *
   * @throws IllegalArgumentException if both counted the same image
   */
  @SuppressWarnings("ReferenceEquality") // equal counts are refused below, by the name of an image
  public void merge(CategoryCounts other) {
    if (other == this) {
      throw new IllegalArgumentException("Counts cannot be merged into themselves");
    }
    other.images.keySet().forEach(this::requireNew);
    requireRoom(other.pooled);
    kinds.merge(other.kinds);
    groups.merge(other.groups);
    pooled.merge(other.pooled);
    images.putAll(other.images);
  }

  /** The number of pixels counted. */
  public long pixels() {
    return images.values().stream().mapToLong(ImageRecord::pixels).sum();
  }

  /** The paths of the images counted, sorted. */
  public List<String> paths() {
    return List.copyOf(images.keySet());
  }

  /**
   * Whether there are pixel figures: whether the ground truth of every image is known. An image
   * without a mask makes them a figure over part of the defects.
   */
  public boolean hasPixelFigures() {
    return images.values().stream().allMatch(ImageRecord::hasTruth);
  }

  /**
   * The paths of the images that a second pass counts, sorted: those whose ground truth is known,
   * and none where no defective image is among them because of missing masks.
   */
  public List<String> pathsOfSecondPass() {
    return MissingMasks.withTruth(images.values());
  }

  /**
   * An image's score, the largest of its pixels', {@link ImageScoreKind#MAX}.
   *
   * @throws IllegalArgumentException if the image has not been counted
   */
  public float imageScore(String path) {
    ImageRecord image = images.get(path);
    if (image == null) {
      throw new IllegalArgumentException(Text.format("Image %s has not been counted", path));
    }
    return image.score(ImageScoreKind.MAX);
  }

  /** The metrics of the first pass; AUPIMO and the intervals are added by {@link #complete}. */
  public CategoryMetrics metrics() {
    return metrics(ImageScoreKind.MAX);
  }

  /**
   * The same with the images' own scores of a kind.
   *
   * @throws IllegalArgumentException if it is not known of every image
   */
  public CategoryMetrics metrics(ImageScoreKind kind) {
    return FirstPassMetrics.of(this, kind);
  }

  /** The bins in which a second pass counts each image on its own. */
  public CoarseBins coarseBins() {
    return CoarseBins.of(this);
  }

  /**
   * All metrics, from both passes.
   *
   * @param images the counts of every image of {@link #pathsOfSecondPass} in {@link #coarseBins},
   *     in any order
   * @throws IllegalArgumentException if the images are others
   */
  public CategoryMetrics complete(Collection<ImageCounts> images) {
    return complete(ImageScoreKind.MAX, metrics(), coarseBins(), images);
  }

  /**
   * The same with what is at hand.
   *
   * @param kind of the images' own scores
   * @param first the metrics of {@link #metrics} with them
   * @param bins those of {@link #coarseBins}
   * @param images the counts of every image of {@link #pathsOfSecondPass} in them, in any order
   * @throws IllegalArgumentException if the images are others
   */
  public CategoryMetrics complete(
      ImageScoreKind kind, CategoryMetrics first, CoarseBins bins, Collection<ImageCounts> images) {
    return SecondPassMetrics.complete(this, kind, first, bins, images);
  }

  /**
   * Area under the per-region overlap curve up to an FPR limit, divided by the limit.
   *
   * @param fprLimit above 0, at most 1
   */
  public Estimate aupro(double fprLimit) {
    return RegionOverlap.aupro(pooled.bins(), pooled.weights(), pooled.regions(), fprLimit);
  }

  /**
   * Area under the saturated per-region overlap curve up to an FPR limit, divided by the limit;
   * over the defects whose saturation areas are known.
   *
   * @param fprLimit above 0, at most 1
   */
  public Estimate auSpro(double fprLimit) {
    return RegionOverlap.aupro(pooled.bins(), pooled.saturated(), pooled.defects(), fprLimit);
  }

  /** Precision and recall where pixels at or above a threshold count as defective. */
  public OperatingPoint operatingPoint(float threshold) {
    return OperatingPoint.at(pooled.bins(), threshold);
  }

  /**
   * Ranges of scores that together contain all pixels, highest first, each with at most {@code
   * maxPixels} unless they share a bin of the histogram.
   */
  public List<ExactRange> exactRanges(int maxPixels) {
    return ExactRange.cut(pooled.bins(), maxPixels);
  }

  /** The counts over all images; not a copy. */
  public PixelCounts pooled() {
    return pooled;
  }

  /** The counts of the good images; empty counts where there are none. */
  PixelCounts good() {
    return kinds.groups().getOrDefault("good", new PixelCounts());
  }

  /** The counts of a type of defect. */
  PixelCounts defect(String defect) {
    return kinds.groups().get("defect/" + defect);
  }

  /** The counts of the images of a group; empty counts where the pixels of none were counted. */
  PixelCounts group(String group) {
    return groups.groups().getOrDefault(group, new PixelCounts());
  }

  Map<String, ImageRecord> images() {
    return images;
  }

  void write(DataOutput out) throws IOException {
    pooled.write(out);
    kinds.write(out);
    groups.write(out);
    out.writeInt(images.size());
    for (ImageRecord image : images.values()) {
      image.write(out);
    }
  }

  void read(DataInput in) throws IOException {
    pooled = PixelCounts.read(in);
    kinds = GroupedCounts.read(in, KINDS);
    groups = GroupedCounts.read(in, GROUPS);
    images = new TreeMap<>();
    int count = in.readInt();
    for (int i = 0; i < count; i++) {
      ImageRecord image = ImageRecord.read(in);
      images.put(image.path(), image);
    }
  }

  @Override
  public void writeExternal(ObjectOutput out) throws IOException {
    write(out);
  }

  @Override
  public void readExternal(ObjectInput in) throws IOException {
    read((DataInput) in);
  }

  @Override
  public void write(Kryo kryo, Output output) {
    try {
      write(new DataOutputStream(output));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void read(Kryo kryo, Input input) {
    try {
      read(new DataInputStream(input));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Whether the other counted images of the same names, scores and counts. */
  @Override
  public boolean equals(Object object) {
    return object instanceof CategoryCounts other
        && images.equals(other.images)
        && pooled.equals(other.pooled)
        && kinds.equals(other.kinds)
        && groups.equals(other.groups);
  }

  @Override
  public int hashCode() {
    return 31 * images.hashCode() + pooled.hashCode();
  }
}
