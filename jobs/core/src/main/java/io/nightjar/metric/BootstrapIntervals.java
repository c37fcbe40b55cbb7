package io.nightjar.metric;

import io.nightjar.metric.result.Interval;
import io.nightjar.score.ImageScoreKind;
import java.util.Arrays;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * 95 % intervals over test images: 1,000 resamples are drawn, each with as many defective images,
 * with replacement, as there are, and likewise as many good ones (a stratified bootstrap), and the
 * metric is computed on each; the interval reaches from the 2.5th to the 97.5th percentile. The
 * draws come from {@link SplittableRandom} with a fixed seed, over the images sorted by path. There
 * is no interval with fewer than two defective images.
 */
public final class BootstrapIntervals {
  static final int RESAMPLES = 1000;
  static final long SEED = 42;

  /** Bins processed together, so that all images' counts of them fit the cache. */
  private static final int BLOCK = 128;

  private BootstrapIntervals() {}

  /** How often each image is drawn, by resample: the defective ones first, then the good ones. */
  private static int[][] draws(int defective, int good) {
    SplittableRandom random = new SplittableRandom(SEED);
    int[][] draws = new int[RESAMPLES][defective + good];
    for (int[] draw : draws) {
      for (int i = 0; i < defective; i++) {
        draw[random.nextInt(defective)]++;
      }
      for (int i = 0; i < good; i++) {
        draw[defective + random.nextInt(good)]++;
      }
    }
    return draws;
  }

  /**
   * For pixel AUPRC, from coarse bins.
   *
   * @param exact whether each bin holds one score, so that its pixels are tied; otherwise the
   *     negatives of a bin are assumed to be spread evenly between its positives, an error of the
   *     order of one positive in total
   */
  static Optional<Interval> pixelAuprc(
      List<ImageCounts> good, List<ImageCounts> defective, boolean exact) {
    if (defective.size() < 2 || defective.stream().noneMatch(i -> i.allPositives() > 0)) {
      return Optional.empty();
    }
    int[][] draws = draws(defective.size(), good.size());
    List<ImageCounts> images = Stream.concat(defective.stream(), good.stream()).toList();
    double[] values = new double[RESAMPLES];
    // Each resample is computed on its own, so that the number of threads changes no bit.
    int chunks = Runtime.getRuntime().availableProcessors();
    IntStream.range(0, chunks)
        .parallel()
        .forEach(
            chunk ->
                auprcs(
                    draws,
                    RESAMPLES * chunk / chunks,
                    RESAMPLES * (chunk + 1) / chunks,
                    images,
                    exact,
                    values));
    // A resample without positives, of defective images with empty masks alone, has no AUPRC.
    return interval(Arrays.stream(values).filter(value -> value >= 0).toArray());
  }

  /** Fills in the values of the resamples {@code from} to {@code to}, negative for none. */
  private static void auprcs(
      int[][] draws, int from, int to, List<ImageCounts> images, boolean exact, double[] values) {
    Precision[] resamples = new Precision[to - from];
    Arrays.setAll(resamples, i -> new Precision(exact));
    double[][] positives = new double[images.size()][BLOCK];
    double[][] negatives = new double[images.size()][BLOCK];
    for (int top = images.get(0).bins(); top > 0; top -= BLOCK) {
      int size = Math.min(BLOCK, top);
      for (int i = 0; i < images.size(); i++) {
        for (int b = 0; b < size; b++) {
          positives[i][b] = images.get(i).positives(top - 1 - b);
          negatives[i][b] = images.get(i).negatives(top - 1 - b);
        }
      }
      for (int resample = from; resample < to; resample++) {
        resamples[resample - from].add(draws[resample], positives, negatives, size);
      }
    }
    for (int resample = from; resample < to; resample++) {
      values[resample] = resamples[resample - from].value();
    }
  }

  /** The running AUPRC of one resample. */
  private static final class Precision {
    private final double[] blockPositives = new double[BLOCK];
    private final double[] blockNegatives = new double[BLOCK];
    private final boolean exact;
    private double truePositives;
    private double all;
    private double sum;

    Precision(boolean exact) {
      this.exact = exact;
    }

    void add(int[] draw, double[][] positives, double[][] negatives, int size) {
      Arrays.fill(blockPositives, 0);
      Arrays.fill(blockNegatives, 0);
      for (int image = 0; image < draw.length; image++) {
        if (draw[image] > 0) {
          addTimes(draw[image], positives[image], blockPositives);
          addTimes(draw[image], negatives[image], blockNegatives);
        }
      }
      for (int b = 0; b < size; b++) {
        double p = blockPositives[b];
        double n = blockNegatives[b];
        if (p > 0) {
          sum += p * (exact ? precision(p, n) : (precision(1, 0.5 * n / p) + last(p, n)) / 2);
        }
        truePositives += p;
        all += p + n;
      }
    }

    private double last(double p, double n) {
      return precision(p, n - 0.5 * n / p);
    }

    /** The precision after {@code p} more positives and {@code n} more negatives. */
    private double precision(double p, double n) {
      return (truePositives + p) / (all + p + n);
    }

    private static void addTimes(double times, double[] from, double[] into) {
      for (int b = 0; b < BLOCK; b++) {
        into[b] += times * from[b];
      }
    }

    double value() {
      return truePositives == 0 ? -1 : sum / truePositives;
    }
  }

  /** For the images' own scores. */
  static Optional<Interval> imageAuroc(Collection<ImageRecord> images, ImageScoreKind kind) {
    List<ImageRecord> ordered =
        images.stream()
            .sorted(
                Comparator.comparing((ImageRecord image) -> !image.defective())
                    .thenComparing(ImageRecord::path))
            .toList();
    int defective = (int) ordered.stream().filter(ImageRecord::defective).count();
    int good = ordered.size() - defective;
    if (defective < 2 || good == 0) {
      return Optional.empty();
    }
    int[] descending =
        IntStream.range(0, ordered.size())
            .boxed()
            .sorted(Comparator.comparing((Integer i) -> -ordered.get(i).score(kind)))
            .mapToInt(i -> i)
            .toArray();
    double[] values = new double[RESAMPLES];
    int[][] draws = draws(defective, good);
    for (int resample = 0; resample < RESAMPLES; resample++) {
      values[resample] =
          auroc(ordered, kind, descending, draws[resample]) / ((double) defective * good);
    }
    return interval(values);
  }

  /** The pairs of a good image and a defective one with a higher score, ties counting half. */
  private static double auroc(
      List<ImageRecord> images, ImageScoreKind kind, int[] descending, int[] draw) {
    double pairs = 0;
    double above = 0;
    for (int at = 0; at < descending.length; ) {
      float score = images.get(descending[at]).score(kind);
      double positives = 0;
      double negatives = 0;
      for (; at < descending.length && images.get(descending[at]).score(kind) == score; at++) {
        int image = descending[at];
        if (images.get(image).defective()) {
          positives += draw[image];
        } else {
          negatives += draw[image];
        }
      }
      pairs += negatives * (above + 0.5 * positives);
      above += positives;
    }
    return pairs;
  }

  private static Optional<Interval> interval(double[] values) {
    Arrays.sort(values);
    return Optional.of(new Interval(percentile(values, 0.025), percentile(values, 0.975)));
  }

  /**
   * The value at a fraction of the sorted values, interpolated linearly between the two nearest.
   */
  static double percentile(double[] sorted, double fraction) {
    double at = fraction * (sorted.length - 1);
    int below = (int) at;
    int above = Math.min(below + 1, sorted.length - 1);
    return sorted[below] + (at - below) * (sorted[above] - sorted[below]);
  }
}
