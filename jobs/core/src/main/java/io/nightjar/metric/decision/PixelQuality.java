package io.nightjar.metric.decision;

import io.nightjar.metric.count.ScoreBits;
import io.nightjar.metric.result.Estimate;
import io.nightjar.metric.sample.CategorySample;
import io.nightjar.metric.sample.SampleImage;
import io.nightjar.metric.sample.SparseCounts;

/**
 * Pixels of labelled images at a threshold that knows no label. Pixels are those of the maps at
 * evaluation size; where the threshold lies inside a bin of the sample, the values leave the bin
 * out, and the bounds enclose both.
 *
 * @param wished fraction of a normal image's pixels at or above the threshold
 * @param threshold pixels at or above it are anomalous
 * @param falsePositiveRate that fraction as it was found, the mean over the normal images
 * @param recall fraction of the defective pixels that are anomalous
 * @param f1 harmonic mean of precision and recall of all pixels
 * @param regionRecall fraction of the connected regions of the masks with an anomalous pixel
 */
public record PixelQuality(
    double wished,
    double threshold,
    Estimate falsePositiveRate,
    Estimate recall,
    Estimate f1,
    Estimate regionRecall) {

  /** Pixels in bins above the threshold, and in those that it may lie inside of. */
  private record Split(double above, double inside) {
    Split plus(Split other) {
      return new Split(above + other.above, inside + other.inside);
    }
  }

  /**
   * Looks at the pixels of a category.
   *
   * @param sample what each image was counted as
   * @param wished fraction of a normal image's pixels
   * @param threshold pixels at or above it are anomalous
   * @return undefined figures with the reason, where masks are missing
   */
  public static PixelQuality of(CategorySample sample, double wished, double threshold) {
    if (!sample.hasPixelFigures()) {
      Estimate missing = new Estimate.Undefined("the masks of some images are missing");
      return new PixelQuality(wished, threshold, missing, missing, missing, missing);
    }
    // As the edges: integers that sort as scores do.
    int key = ScoreBits.key((float) threshold) ^ Integer.MIN_VALUE;
    Split normal = new Split(0, 0);
    Split defective = new Split(0, 0);
    Split found = new Split(0, 0);
    Split fractions = new Split(0, 0);
    double positives = 0;
    int regions = 0;
    int good = 0;
    for (SampleImage image : sample.images()) {
      Split own = split(image.negatives(), sample, key);
      normal = normal.plus(own);
      if (!image.defective()) {
        double pixels = image.pixels();
        fractions = fractions.plus(new Split(own.above / pixels, own.inside / pixels));
        good++;
      }
      for (SparseCounts region : image.regions()) {
        Split part = split(region, sample, key);
        defective = defective.plus(part);
        found = found.plus(reached(part));
        regions++;
      }
      positives += image.positives();
    }
    return new PixelQuality(
        wished,
        threshold,
        ratio(fractions, good, "no good image was tested"),
        ratio(defective, positives, "no pixel lies inside of a defect"),
        f1(defective, normal, positives),
        ratio(found, regions, "no pixel lies inside of a defect"));
  }

  /** The lowest bin's own start is not kept, so that it may hold any lower score. */
  private static Split split(SparseCounts counts, CategorySample sample, int key) {
    int[] edges = sample.edges();
    double above = 0;
    double inside = 0;
    for (int i = 0; i < counts.bins().length; i++) {
      int bin = counts.bins()[i];
      if (edges[bin] >= key) {
        above += counts.counts()[i];
      } else if ((!sample.exact() || bin == 0)
          && (bin + 1 == edges.length || edges[bin + 1] > key)) {
        inside += counts.counts()[i];
      }
    }
    return new Split(above, inside);
  }

  /** Whether a region is reached surely, or perhaps. */
  private static Split reached(Split region) {
    if (region.above > 0) {
      return new Split(1, 0);
    }
    return region.inside > 0 ? new Split(0, 1) : new Split(0, 0);
  }

  private static Estimate ratio(Split part, double whole, String reason) {
    return whole == 0
        ? new Estimate.Undefined(reason)
        : new Estimate.Known(
            part.above / whole, part.above / whole, (part.above + part.inside) / whole);
  }

  private static Estimate f1(Split defective, Split normal, double positives) {
    return positives == 0
        ? new Estimate.Undefined("no pixel lies inside of a defect")
        : new Estimate.Known(
            f1(defective.above, normal.above, positives),
            f1(defective.above, normal.above + normal.inside, positives),
            f1(defective.above + defective.inside, normal.above, positives));
  }

  private static double f1(double truePositives, double falsePositives, double positives) {
    return 2 * truePositives / (truePositives + falsePositives + positives);
  }
}
