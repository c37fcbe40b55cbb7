package io.nightjar.metric;

import io.nightjar.metric.count.CompensatedSum;
import io.nightjar.metric.result.Estimate;
import io.nightjar.text.Text;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Area under the per-image overlap curve (Bertoldo et al., BMVC 2024): an image's recall averaged
 * over the logarithm of the shared FPR from 1e-5 to 1e-4. The shared FPR of a threshold is the mean
 * of the good images' own FPRs.
 *
 * <p>The curve's points, one a bin, are joined by lines over log FPR, as in the authors' code;
 * unlike there, the curve is interpolated at the limits instead of taking the nearest thresholds.
 * Below the smallest FPR that occurs, the recall at FPR 0 is used, since no threshold allows more.
 * Inside a bin the recall lies between its ends, which gives the bounds.
 */
final class Aupimo {
  static final double LOWER_FPR = 1e-5;
  static final double UPPER_FPR = 1e-4;

  private final double[] sharedFpr;
  private final boolean exact;

  private Aupimo(double[] sharedFpr, boolean exact) {
    this.sharedFpr = sharedFpr;
    this.exact = exact;
  }

  /** AUPIMO of each defective image, by path. */
  static Map<String, Estimate> byImage(
      List<ImageCounts> good, List<ImageCounts> defective, boolean exact) {
    Map<String, Estimate> values = new TreeMap<>();
    String reason = reasonWithout(good);
    Aupimo aupimo = reason.isEmpty() ? new Aupimo(sharedFpr(good), exact) : null;
    for (ImageCounts image : defective) {
      values.put(image.path(), aupimo == null ? new Estimate.Undefined(reason) : aupimo.of(image));
    }
    return values;
  }

  /** The mean over the images that have a value. */
  static Estimate mean(Collection<Estimate> values) {
    List<Estimate> known = values.stream().filter(Estimate::isPresent).toList();
    if (known.isEmpty()) {
      return values.stream()
          .findFirst()
          .orElseGet(() -> new Estimate.Undefined("No test image shows a defect"));
    }
    CompensatedSum value = new CompensatedSum();
    CompensatedSum lower = new CompensatedSum();
    CompensatedSum upper = new CompensatedSum();
    for (Estimate one : known) {
      value.add(one.getAsDouble());
      lower.add(one.lower());
      upper.add(one.upper());
    }
    return new Estimate.Known(
        value.value() / known.size(), lower.value() / known.size(), upper.value() / known.size());
  }

  private static String reasonWithout(List<ImageCounts> good) {
    if (good.isEmpty()) {
      return "No image is good, so that there is no FPR of good images";
    }
    // One pixel of the smallest image is the largest step of the shared FPR.
    long smallest = good.stream().mapToLong(ImageCounts::allPixels).min().getAsLong();
    if (smallest * good.size() < 1 / LOWER_FPR) {
      return Text.format(
          "The good images have too few pixels to show an FPR of 1e-5: %d of at least %d",
          good.size(), smallest);
    }
    return "";
  }

  /** The shared FPR at the lower end of each bin. */
  private static double[] sharedFpr(List<ImageCounts> good) {
    int bins = good.get(0).bins();
    // Sums over images of one size are integers, so that pixels of images of one size have equal
    // weight.
    Map<Long, long[]> bySize = new TreeMap<>();
    for (ImageCounts image : good) {
      long[] counts = bySize.computeIfAbsent(image.allPixels(), size -> new long[bins]);
      for (int bin = 0; bin < bins; bin++) {
        counts[bin] += image.negatives(bin);
      }
    }
    double[] fpr = new double[bins];
    bySize.forEach(
        (size, counts) -> {
          long above = 0;
          for (int bin = bins - 1; bin >= 0; bin--) {
            above += counts[bin];
            fpr[bin] += (double) above / size / good.size();
          }
        });
    return fpr;
  }

  private Estimate of(ImageCounts image) {
    long positives = image.allPositives();
    if (positives == 0) {
      return new Estimate.Undefined("The image's mask marks no pixel as defective");
    }
    CompensatedSum middle = new CompensatedSum();
    CompensatedSum lower = new CompensatedSum();
    CompensatedSum upper = new CompensatedSum();
    long found = 0;
    double fpr = 0;
    for (int bin = image.bins() - 1; bin >= 0 && fpr < UPPER_FPR; bin--) {
      double recall = (double) found / positives;
      found += image.positives(bin);
      double nextRecall = (double) found / positives;
      double from = Math.max(fpr, LOWER_FPR);
      double to = Math.min(sharedFpr[bin], UPPER_FPR);
      if (to > from) {
        double width = Math.log(to / from);
        double mean = recall;
        if (fpr > 0) {
          double slope = (nextRecall - recall) / Math.log(sharedFpr[bin] / fpr);
          mean += slope * (Math.log(from / fpr) + Math.log(to / fpr)) / 2;
        }
        middle.add(width * mean);
        lower.add(width * recall);
        upper.add(width * nextRecall);
      }
      fpr = sharedFpr[bin];
    }
    double whole = Math.log(UPPER_FPR / LOWER_FPR);
    double value = Math.min(1, middle.value() / whole);
    if (exact) {
      return new Estimate.Known(value, value, value);
    }
    return new Estimate.Known(
        value,
        Math.min(value, lower.value() / whole),
        Math.max(value, Math.min(1, upper.value() / whole)));
  }
}
