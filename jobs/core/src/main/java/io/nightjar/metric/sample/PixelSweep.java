package io.nightjar.metric.sample;

import static io.nightjar.metric.sample.SampleFigure.AUPIMO;
import static io.nightjar.metric.sample.SampleFigure.AUPRO_05;
import static io.nightjar.metric.sample.SampleFigure.AUPRO_30;
import static io.nightjar.metric.sample.SampleFigure.AU_SPRO_05;
import static io.nightjar.metric.sample.SampleFigure.AU_SPRO_30;
import static io.nightjar.metric.sample.SampleFigure.PIXEL_AUPRC;
import static io.nightjar.metric.sample.SampleFigure.PIXEL_AUPRC_TRAPEZOID;
import static io.nightjar.metric.sample.SampleFigure.PIXEL_AUROC;
import static io.nightjar.metric.sample.SampleFigure.PIXEL_BEST_F1;
import static io.nightjar.metric.sample.SampleFigure.PIXEL_FPR_AT_95_TPR;

/**
 * The figures of pixels of one resample, from its bins from the highest scores down, by the
 * definitions of the evaluation. Where a bin holds several scores, its pixels are taken to be
 * spread evenly over it.
 */
final class PixelSweep {
  static final double LOWER_FPR = 1e-5;
  static final double UPPER_FPR = 1e-4;
  private static final double FOUND = 0.95;

  /**
   * What all bins of a resample hold together.
   *
   * @param positives defective pixels
   * @param negatives normal pixels
   * @param regions connected regions of the masks
   * @param defects those with a saturation area
   * @param marked images with defective pixels
   * @param good good images; 0 where they are too few for AUPIMO
   */
  record Totals(
      double positives,
      double negatives,
      double regions,
      double defects,
      double marked,
      double good) {}

  private final boolean exact;
  private final Totals totals;
  private final Overlap overlap30;
  private final Overlap overlap05;
  private final Overlap saturated30;
  private final Overlap saturated05;
  private double truePositives;
  private double falsePositives;
  private double step;
  private double trapezoid;
  private double precision = 1;
  private double pairs;
  private double bestF1;
  private double fprAt95 = Double.NaN;
  private double recalls;
  private double sharedFpr;
  private double logArea;

  PixelSweep(boolean exact, Totals totals) {
    this.exact = exact;
    this.totals = totals;
    overlap30 = new Overlap(0.3 * totals.negatives);
    overlap05 = new Overlap(0.05 * totals.negatives);
    saturated30 = new Overlap(0.3 * totals.negatives);
    saturated05 = new Overlap(0.05 * totals.negatives);
  }

  /** The area under the per-region overlap curve up to a number of normal pixels. */
  private static final class Overlap {
    private final double limit;
    private double area;
    private double found;

    Overlap(double limit) {
      this.limit = limit;
    }

    void add(double above, double negatives, double weight) {
      double width = Math.min(negatives, limit - above);
      if (width > 0) {
        area += width * found + 0.5 * width * width / negatives * weight;
      }
      found += weight;
    }

    double over(double regions) {
      return area / (limit * regions);
    }
  }

  /**
   * Takes the next lower bin.
   *
   * @param p defective pixels
   * @param n normal pixels
   * @param regionWeight the fractions of regions that lie in the bin, added up
   * @param defectWeight the fractions of saturation areas that are filled from the bin, added up
   * @param recallWeight the fractions of images' defective pixels that lie in the bin, added up;
   *     any number once {@link #takesFprs()} is false
   * @param fprWeight the fractions of good images' pixels that lie in the bin, added up; likewise
   */
  void bin(
      double p,
      double n,
      double regionWeight,
      double defectWeight,
      double recallWeight,
      double fprWeight) {
    if (p + n == 0) {
      return;
    }
    double above = truePositives + falsePositives;
    if (p > 0) {
      double end = (truePositives + p) / (above + p + n);
      step += p * (exact ? end : spread(p, n, above));
      trapezoid += p * 0.5 * (precision + end);
    }
    pairs += n * (truePositives + 0.5 * p);
    overlap30.add(falsePositives, n, regionWeight);
    overlap05.add(falsePositives, n, regionWeight);
    if (totals.defects > 0) {
      saturated30.add(falsePositives, n, defectWeight);
      saturated05.add(falsePositives, n, defectWeight);
    }
    if (Double.isNaN(fprAt95) && truePositives + p >= FOUND * totals.positives) {
      double part = exact || p == 0 ? 1 : (FOUND * totals.positives - truePositives) / p;
      fprAt95 = (falsePositives + part * n) / totals.negatives;
    }
    addToAupimo(recallWeight, fprWeight);
    truePositives += p;
    falsePositives += n;
    precision = truePositives / (truePositives + falsePositives);
    bestF1 =
        Math.max(bestF1, 2 * truePositives / (truePositives + falsePositives + totals.positives));
  }

  /** Whether the next bin's recalls and FPRs still count. */
  boolean takesFprs() {
    return totals.good > 0 && totals.marked > 0 && sharedFpr < UPPER_FPR;
  }

  /** The mean precision at a bin's positives, between its first and its last one. */
  private double spread(double p, double n, double above) {
    double first = (truePositives + 1) / (above + 1 + 0.5 * n / p);
    double last = (truePositives + p) / (above + p + n - 0.5 * n / p);
    return (first + last) / 2;
  }

  /** The mean over the images is that of a linear functional, so it is taken once of their mean. */
  private void addToAupimo(double recallWeight, double fprWeight) {
    if (!takesFprs()) {
      return;
    }
    double nextFpr = sharedFpr + fprWeight / totals.good;
    double from = Math.max(sharedFpr, LOWER_FPR);
    double to = Math.min(nextFpr, UPPER_FPR);
    if (to > from) {
      double mean = recalls;
      if (sharedFpr > 0) {
        mean +=
            recallWeight
                / Math.log(nextFpr / sharedFpr)
                * (Math.log(from / sharedFpr) + Math.log(to / sharedFpr))
                / 2;
      }
      logArea += Math.log(to / from) * mean;
    }
    sharedFpr = nextFpr;
    recalls += recallWeight;
  }

  /** Enters the figures; one that does not exist stays as it is. */
  void figures(double[] into) {
    if (totals.positives <= 0) {
      return;
    }
    into[PIXEL_AUPRC.index()] = step / totals.positives;
    into[PIXEL_AUPRC_TRAPEZOID.index()] = trapezoid / totals.positives;
    into[PIXEL_BEST_F1.index()] = bestF1;
    if (totals.negatives > 0) {
      into[PIXEL_AUROC.index()] = pairs / (totals.positives * totals.negatives);
      into[PIXEL_FPR_AT_95_TPR.index()] = fprAt95;
      into[AUPRO_30.index()] = overlap30.over(totals.regions);
      into[AUPRO_05.index()] = overlap05.over(totals.regions);
      if (totals.defects > 0) {
        into[AU_SPRO_30.index()] = saturated30.over(totals.defects);
        into[AU_SPRO_05.index()] = saturated05.over(totals.defects);
      }
    }
    if (totals.good > 0) {
      into[AUPIMO.index()] = Math.min(1, logArea / totals.marked / Math.log(UPPER_FPR / LOWER_FPR));
    }
  }
}
