package io.nightjar.metric;

import io.nightjar.dataset.GroundTruth.Defect;
import io.nightjar.metric.sample.CategorySample;
import io.nightjar.score.ImageScoreKind;
import io.nightjar.text.Text;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;

/**
 * An image whose defects, which may overlap, have saturation areas.
 *
 * @param image its truth is what any of the defects marks
 * @param defects of a defective image at least one
 */
public record SaturatedImage(LabelledImage image, List<Drawn> defects) {

  /** The pixels of a defect, {@code [y][x]}, and how many of them count as all. */
  @SuppressWarnings("ArrayRecordComponent") // only a carrier
  public record Drawn(boolean[][] truth, int saturation) {}

  /** Good and defective images of noise; see {@link LabelledImage#random}. */
  public static List<SaturatedImage> random(long seed, int each, int size, int values) {
    Random random = new Random(seed);
    List<SaturatedImage> images = new ArrayList<>();
    for (int i = 0; i < each; i++) {
      for (String defect : List.of("cut", "good")) {
        String path = Text.format("test/%s/%03d.png", defect, i);
        LabelledImage image = LabelledImage.random(random, path, defect, size, values);
        images.add(
            new SaturatedImage(
                image, image.defective() ? defects(random, image.truth()) : List.of()));
      }
    }
    return images;
  }

  /** All that is marked, and twice about half of it at random, with areas of any size. */
  private static List<Drawn> defects(Random random, boolean[][] truth) {
    List<Drawn> defects = new ArrayList<>();
    for (double part : new double[] {1, 0.5, 0.5}) {
      boolean[][] some = new boolean[truth.length][truth[0].length];
      int pixels = 0;
      for (int y = 0; y < some.length; y++) {
        for (int x = 0; x < some[y].length; x++) {
          some[y][x] = truth[y][x] && random.nextDouble() < part;
          pixels += some[y][x] ? 1 : 0;
        }
      }
      if (pixels > 0) {
        defects.add(new Drawn(some, 1 + random.nextInt(pixels)));
      }
    }
    return defects;
  }

  /** The same image with other scores. */
  public SaturatedImage with(float[][] scores) {
    return new SaturatedImage(
        new LabelledImage(image.path(), image.defect(), scores, image.truth()), defects);
  }

  private List<Defect> masks() {
    return defects.stream()
        .map(drawn -> new Defect(LabelledImage.mask(drawn.truth), drawn.saturation))
        .toList();
  }

  /** The counts of the first pass. */
  public static CategoryCounts counts(List<SaturatedImage> images) {
    CategoryCounts counts = new CategoryCounts();
    for (SaturatedImage one : images) {
      ImageFeed feed =
          counts.image(
              new TestImage(one.image.path(), one.image.defect(), one.image.defective()),
              one.image.mask(),
              one.masks());
      one.image.feed(feed);
      feed.end();
    }
    return counts;
  }

  /** The counts of the second pass. */
  public ImageCounts count(CoarseBins bins) {
    CoarseFeed feed = bins.image(image.path(), image.mask(), masks());
    image.feed(feed);
    return feed.end();
  }

  /** What both passes counted. */
  public static CategorySample sample(List<SaturatedImage> images) {
    CategoryCounts counts = counts(images);
    CoarseBins bins = counts.coarseBins();
    return CountedSample.of(
        counts, ImageScoreKind.MAX, bins, images.stream().map(one -> one.count(bins)).toList());
  }

  /**
   * AU-sPRO by its definition: every score is a threshold, at which each defect's found fraction is
   * counted again.
   */
  public static double auSpro(List<SaturatedImage> images, double limit) {
    TreeSet<Float> thresholds = new TreeSet<>();
    images.forEach(one -> addAll(one.image.scores(), thresholds));
    double area = 0;
    double fpr = 0;
    double spro = 0;
    for (float threshold : thresholds.descendingSet()) {
      double nextFpr = normal(images, threshold) / (double) normal(images, Float.NEGATIVE_INFINITY);
      double nextSpro = found(images, threshold);
      if (nextFpr > limit) {
        double atLimit = spro + (nextSpro - spro) * (limit - fpr) / (nextFpr - fpr);
        return (area + (limit - fpr) * (spro + atLimit) / 2) / limit;
      }
      area += (nextFpr - fpr) * (spro + nextSpro) / 2;
      fpr = nextFpr;
      spro = nextSpro;
    }
    return (area + (limit - fpr) * spro) / limit;
  }

  private static void addAll(float[][] scores, Set<Float> all) {
    for (float[] row : scores) {
      for (float score : row) {
        all.add(score);
      }
    }
  }

  private static long normal(List<SaturatedImage> images, float threshold) {
    return images.stream()
        .mapToLong(one -> above(one.image.scores(), one.image.truth(), threshold, false))
        .sum();
  }

  private static double found(List<SaturatedImage> images, float threshold) {
    return images.stream()
        .flatMap(
            one ->
                one.defects.stream()
                    .map(
                        drawn ->
                            Math.min(
                                1,
                                above(one.image.scores(), drawn.truth, threshold, true)
                                    / (double) drawn.saturation)))
        .mapToDouble(Double::doubleValue)
        .average()
        .orElseThrow();
  }

  private static long above(float[][] scores, boolean[][] truth, float threshold, boolean label) {
    long count = 0;
    for (int y = 0; y < scores.length; y++) {
      for (int x = 0; x < scores[y].length; x++) {
        count += truth[y][x] == label && scores[y][x] >= threshold ? 1 : 0;
      }
    }
    return count;
  }
}
