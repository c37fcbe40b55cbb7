package io.nightjar.metric;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;

/** Metrics of images by their definitions: every threshold looks at all pixels again. */
public final class BruteForceImages {
  private final List<LabelledImage> images;
  private final TreeSet<Float> thresholds = new TreeSet<>();

  /** The pixels of each region, as scores. */
  private final List<List<Float>> regions = new ArrayList<>();

  public BruteForceImages(List<LabelledImage> images) {
    this.images = images;
    for (LabelledImage image : images) {
      for (float[] row : image.scores()) {
        for (float score : row) {
          thresholds.add(score);
        }
      }
      flood(image);
    }
  }

  private void flood(LabelledImage image) {
    int[][] labels = labels(image.truth());
    int first = regions.size();
    for (int y = 0; y < labels.length; y++) {
      for (int x = 0; x < labels[0].length; x++) {
        if (labels[y][x] > 0) {
          while (regions.size() < first + labels[y][x]) {
            regions.add(new ArrayList<>());
          }
          regions.get(first + labels[y][x] - 1).add(image.scores()[y][x]);
        }
      }
    }
  }

  /** 8-connected regions, numbered from 1 as they are met row by row, by flooding. */
  public static int[][] labels(boolean[][] truth) {
    int[][] labels = new int[truth.length][truth[0].length];
    int count = 0;
    for (int y = 0; y < truth.length; y++) {
      for (int x = 0; x < truth[0].length; x++) {
        if (truth[y][x] && labels[y][x] == 0) {
          flood(truth, labels, x, y, ++count);
        }
      }
    }
    return labels;
  }

  private static void flood(boolean[][] truth, int[][] labels, int startX, int startY, int label) {
    ArrayDeque<int[]> open = new ArrayDeque<>();
    open.add(new int[] {startX, startY});
    labels[startY][startX] = label;
    while (!open.isEmpty()) {
      int[] at = open.remove();
      for (int y = Math.max(0, at[1] - 1); y <= Math.min(truth.length - 1, at[1] + 1); y++) {
        for (int x = Math.max(0, at[0] - 1); x <= Math.min(truth[0].length - 1, at[0] + 1); x++) {
          if (truth[y][x] && labels[y][x] == 0) {
            labels[y][x] = label;
            open.add(new int[] {x, y});
          }
        }
      }
    }
  }

  public double aupro(double limit) {
    double area = 0;
    double fpr = 0;
    double pro = 0;
    for (float threshold : thresholds.descendingSet()) {
      double nextFpr = fraction(false, threshold);
      double nextPro =
          regions.stream()
              .mapToDouble(region -> overlap(region, threshold))
              .average()
              .getAsDouble();
      if (nextFpr >= limit) {
        double atLimit =
            nextFpr == fpr ? pro : pro + (nextPro - pro) * (limit - fpr) / (nextFpr - fpr);
        return (area + (limit - fpr) * (pro + atLimit) / 2) / limit;
      }
      area += (nextFpr - fpr) * (pro + nextPro) / 2;
      fpr = nextFpr;
      pro = nextPro;
    }
    throw new AssertionError("The FPR ends at 1");
  }

  private static double overlap(List<Float> region, float threshold) {
    return (double) region.stream().filter(score -> score >= threshold).count() / region.size();
  }

  public double bestF1() {
    double best = 0;
    for (float threshold : thresholds) {
      double found = count(images, true, threshold);
      double wrong = count(images, false, threshold);
      double missed = count(images, true, Float.NEGATIVE_INFINITY) - found;
      best = Math.max(best, 2 * found / (2 * found + wrong + missed));
    }
    return best;
  }

  public double fprAt95Tpr() {
    for (float threshold : thresholds.descendingSet()) {
      if (fraction(true, threshold) >= 0.95 - 1e-12) {
        return fraction(false, threshold);
      }
    }
    throw new AssertionError("The TPR ends at 1");
  }

  /** One image's recall over the logarithm of the good images' mean FPR. */
  public double aupimo(LabelledImage image) {
    double area = 0;
    double fpr = 0;
    double recall = 0;
    for (float threshold : thresholds.descendingSet()) {
      double nextFpr =
          images.stream()
              .filter(one -> !one.defective())
              .mapToDouble(good -> count(List.of(good), false, threshold) / (double) good.pixels())
              .average()
              .getAsDouble();
      double nextRecall =
          count(List.of(image), true, threshold)
              / count(List.of(image), true, Float.NEGATIVE_INFINITY);
      double from = Math.log(Math.max(fpr, 1e-5));
      double to = Math.log(Math.min(nextFpr, 1e-4));
      if (to > from) {
        double atFrom = fpr == 0 ? recall : line(fpr, recall, nextFpr, nextRecall, from);
        double atTo = fpr == 0 ? recall : line(fpr, recall, nextFpr, nextRecall, to);
        area += (to - from) * (atFrom + atTo) / 2;
      }
      fpr = nextFpr;
      recall = nextRecall;
    }
    return area / Math.log(10);
  }

  private static double line(
      double fpr, double recall, double nextFpr, double nextRecall, double at) {
    return recall
        + (nextRecall - recall) * (at - Math.log(fpr)) / (Math.log(nextFpr) - Math.log(fpr));
  }

  private double fraction(boolean label, float threshold) {
    return count(images, label, threshold) / count(images, label, Float.NEGATIVE_INFINITY);
  }

  private static double count(List<LabelledImage> images, boolean label, float threshold) {
    double count = 0;
    for (LabelledImage image : images) {
      for (int y = 0; y < image.truth().length; y++) {
        for (int x = 0; x < image.width(); x++) {
          if (image.truth()[y][x] == label && image.scores()[y][x] >= threshold) {
            count++;
          }
        }
      }
    }
    return count;
  }

  /** All pixels in one row. */
  public static LabelledScores pooled(List<LabelledImage> images) {
    int n = (int) images.stream().mapToLong(LabelledImage::pixels).sum();
    float[] scores = new float[n];
    boolean[] positive = new boolean[n];
    int at = 0;
    for (LabelledImage image : images) {
      for (int y = 0; y < image.truth().length; y++) {
        for (int x = 0; x < image.width(); x++) {
          scores[at] = image.scores()[y][x];
          positive[at++] = image.truth()[y][x];
        }
      }
    }
    return new LabelledScores(scores, positive);
  }
}
