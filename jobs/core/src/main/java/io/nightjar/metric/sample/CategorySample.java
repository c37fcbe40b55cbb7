package io.nightjar.metric.sample;

import io.nightjar.text.Text;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.function.Function;

/**
 * The test images of a category with what each was counted as: all that is needed to compute its
 * figures for any resample of the images without their maps.
 *
 * @param category its name
 * @param resolution where pixels were counted: {@code original} or a side length such as {@code
 *     224}; empty where no pixels were counted yet
 * @param edges the lowest score of each bin as a signed integer that sorts as scores do, ascending
 * @param exact whether each bin holds a single score
 * @param images sorted by path, each path once
 */
@SuppressWarnings("ArrayRecordComponent") // compared by content
public record CategorySample(
    String category, String resolution, int[] edges, boolean exact, List<SampleImage> images) {

  public CategorySample {
    images = images.stream().sorted(Comparator.comparing(SampleImage::path)).toList();
    for (int i = 1; i < images.size(); i++) {
      if (images.get(i).path().equals(images.get(i - 1).path())) {
        throw new IllegalArgumentException(
            Text.format("the image %s is there twice", images.get(i).path()));
      }
    }
    for (SampleImage image : images) {
      requireBins(image.negatives(), edges.length, image.path());
      for (SparseCounts region : image.regions()) {
        requireBins(region, edges.length, image.path());
      }
      for (SparseCounts defect : image.defects()) {
        requireBins(defect, edges.length, image.path());
      }
    }
  }

  private static void requireBins(SparseCounts counts, int bins, String path) {
    int[] filled = counts.bins();
    if (filled.length != counts.counts().length
        || (filled.length > 0 && (filled[0] < 0 || filled[filled.length - 1] >= bins))) {
      throw new IllegalArgumentException(
          Text.format("the counts of the image %s are not in its %d bins", path, bins));
    }
  }

  /** The number of bins. */
  public int bins() {
    return edges.length;
  }

  /** This sample as that of a category of this name and resolution. */
  public CategorySample of(String name, String comparedAt) {
    return new CategorySample(name, comparedAt, edges, exact, images);
  }

  /** This sample with the hashes of the images' files. */
  public CategorySample withHashes(Function<SampleImage, SampleImage.Hashes> hashes) {
    return new CategorySample(
        category,
        resolution,
        edges,
        exact,
        images.stream().map(image -> image.with(hashes.apply(image))).toList());
  }

  /** Whether there are figures of pixels: whether the ground truth of every image is known. */
  public boolean hasPixelFigures() {
    return images.stream().allMatch(SampleImage::hasTruth);
  }

  /**
   * Whether it holds the defects that AU-sPRO is made of. Files of earlier programs do not; neither
   * do those of data sets that state no saturation areas, which have no AU-sPRO.
   */
  public boolean hasSaturatedDefects() {
    return images.stream().anyMatch(image -> !image.defects().isEmpty());
  }

  @Override
  public boolean equals(Object object) {
    return object instanceof CategorySample other
        && category.equals(other.category)
        && resolution.equals(other.resolution)
        && Arrays.equals(edges, other.edges)
        && exact == other.exact
        && images.equals(other.images);
  }

  @Override
  public int hashCode() {
    return 31 * category.hashCode() + images.hashCode();
  }

  @Override
  public String toString() {
    return Text.format("%s: %d images in %d bins", category, images.size(), edges.length);
  }
}
