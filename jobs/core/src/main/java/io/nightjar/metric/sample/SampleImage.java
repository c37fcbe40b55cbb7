package io.nightjar.metric.sample;

import java.util.List;

/**
 * One test image of a sample.
 *
 * @param path its path within the category
 * @param defect its type of defect, or the name of its folder of good images
 * @param defective whether it counts as positive
 * @param item the object that it shows, as other images may; empty where that is unknown
 * @param hasTruth whether it is known which of its pixels are defective
 * @param score its own, of the kind that the run was measured by
 * @param hashes of its files
 * @param negatives its normal pixels by bin; none where its mask is absent
 * @param regions the pixels of each connected region of its mask, by bin
 * @param defects of each of its defects the pixels that fill the saturation area, the highest ones,
 *     by bin; none where the data set states no such areas, or maps were not compared at the size
 *     of the mask
 */
public record SampleImage(
    String path,
    String defect,
    boolean defective,
    String item,
    boolean hasTruth,
    float score,
    Hashes hashes,
    SparseCounts negatives,
    List<SparseCounts> regions,
    List<SparseCounts> defects) {

  /**
   * SHA-256 in hexadecimal digits; empty where there is no such file or it was not read.
   *
   * @param image of the image file
   * @param mask of the mask's file
   * @param map of the anomaly map as it was scored, before it is brought to the size of the mask
   */
  public record Hashes(String image, String mask, String map) {
    /** Nothing is known. */
    public static final Hashes NONE = new Hashes("", "", "");
  }

  public SampleImage {
    regions = List.copyOf(regions);
    defects = List.copyOf(defects);
  }

  /** The same image with the hashes of its files. */
  public SampleImage with(Hashes known) {
    return new SampleImage(
        path, defect, defective, item, hasTruth, score, known, negatives, regions, defects);
  }

  /** The number of its defective pixels. */
  public long positives() {
    return regions.stream().mapToLong(SparseCounts::total).sum();
  }

  /** The number of its pixels that were counted. */
  public long pixels() {
    return positives() + negatives.total();
  }
}
