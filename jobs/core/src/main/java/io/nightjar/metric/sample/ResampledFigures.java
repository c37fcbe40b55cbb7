package io.nightjar.metric.sample;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/**
 * The figures of any resample of some images of a sample: each is computed from the pooled counts
 * of the images, each as often as it was drawn, by the definition of the evaluation.
 *
 * <p>Figures of pixels are of coarse bins: all images drawn once, AUPIMO is that of the evaluation
 * and the others differ from it by what the order of the scores within bins makes.
 */
public final class ResampledFigures {
  /** Bins processed together, so that all images' counts of them fit the cache. */
  private static final int BLOCK = 128;

  private static final double[] NONE = {};

  private final CategorySample sample;
  private final List<SampleImage> images;
  private final boolean pixels;
  private final boolean aupimo;
  private final Dense[] dense;
  private final double[] ones;
  private final double[] positivePixels;
  private final double[] pixelsOfImages;
  private final List<Bins> blocks;
  private final RankedScores ranked;
  private final List<int[]> items;
  private final RankedScores rankedItems;

  /**
   * Prepares the figures.
   *
   * @param sample which the images are of
   * @param images those that are drawn from, in the order of the weights
   */
  public ResampledFigures(CategorySample sample, List<SampleImage> images) {
    this.sample = sample;
    this.images = List.copyOf(images);
    pixels = images.stream().allMatch(SampleImage::hasTruth);
    List<SampleImage> good = images.stream().filter(image -> !image.defective()).toList();
    // One pixel of the smallest image is the largest step of the shared FPR.
    long smallest = good.stream().mapToLong(SampleImage::pixels).min().orElse(0);
    aupimo = smallest * good.size() >= 1 / PixelSweep.LOWER_FPR;
    dense = new Dense[images.size()];
    Arrays.setAll(dense, i -> new Dense(images.get(i)));
    ones = new double[images.size()];
    Arrays.fill(ones, 1);
    positivePixels = Arrays.stream(dense).mapToDouble(image -> image.positivePixels).toArray();
    pixelsOfImages = Arrays.stream(dense).mapToDouble(image -> image.pixels).toArray();
    blocks = blocks(sample.bins());
    ranked = ranked(images);
    items = items(images);
    rankedItems = rankedItems(images, items);
  }

  private static RankedScores ranked(List<SampleImage> images) {
    boolean[] defective = new boolean[images.size()];
    for (int i = 0; i < defective.length; i++) {
      defective[i] = images.get(i).defective();
    }
    return new RankedScores(images.stream().map(SampleImage::score).toList(), defective);
  }

  /** The images of each item; none where no image says what item it shows. */
  private static List<int[]> items(List<SampleImage> images) {
    if (images.stream().allMatch(image -> image.item().isEmpty())) {
      return List.of();
    }
    Map<String, List<Integer>> byItem = new LinkedHashMap<>();
    for (int i = 0; i < images.size(); i++) {
      byItem.computeIfAbsent(unit(images.get(i)), item -> new ArrayList<>()).add(i);
    }
    return byItem.values().stream()
        .map(members -> members.stream().mapToInt(i -> i).toArray())
        .toList();
  }

  /**
   * What is drawn as a whole: an item's images are not independent of each other. An image without
   * an item is drawn alone.
   */
  public static String unit(SampleImage image) {
    return image.item().isEmpty() ? "image/" + image.path() : "item/" + image.item();
  }

  private static RankedScores rankedItems(List<SampleImage> images, List<int[]> items) {
    List<Float> scores = new ArrayList<>();
    boolean[] defective = new boolean[items.size()];
    for (int i = 0; i < defective.length; i++) {
      float score = Float.NEGATIVE_INFINITY;
      for (int member : items.get(i)) {
        score = Math.max(score, images.get(member).score());
        defective[i] |= images.get(member).defective();
      }
      scores.add(score);
    }
    return new RankedScores(scores, defective);
  }

  /** What an image has in all bins together. */
  private static final class Dense {
    private final boolean good;
    private final double pixels;
    private final double positivePixels;
    private final double negativePixels;
    private final int regions;
    private final int defects;

    Dense(SampleImage image) {
      good = !image.defective();
      positivePixels = image.positives();
      negativePixels = image.negatives().total();
      pixels = positivePixels + negativePixels;
      regions = image.regions().size();
      defects = image.defects().size();
    }
  }

  /** Some bins of all images, those of the highest scores first in the list of blocks. */
  private record Bins(
      int size,
      PooledBins negatives,
      PooledBins ofGood,
      PooledBins positives,
      PooledBins weights,
      PooledBins saturated) {}

  private List<Bins> blocks(int bins) {
    List<double[]> negatives = new ArrayList<>();
    List<double[]> ofGood = new ArrayList<>();
    List<double[]> positives = new ArrayList<>();
    List<double[]> weights = new ArrayList<>();
    List<double[]> saturated = new ArrayList<>();
    for (SampleImage image : images) {
      double[] all = new double[bins];
      image.negatives().addTo(all, 1);
      double[] found = new double[bins];
      image.regions().forEach(region -> region.addTo(found, 1));
      negatives.add(all);
      ofGood.add(image.defective() ? NONE : all);
      positives.add(image.defective() ? found : NONE);
      weights.add(image.defective() ? fractions(image.regions(), bins) : NONE);
      saturated.add(image.defects().isEmpty() ? NONE : fractions(image.defects(), bins));
    }
    List<Bins> blocks = new ArrayList<>();
    for (int top = bins; top > 0; top -= BLOCK) {
      int first = Math.max(0, top - BLOCK);
      int size = top - first;
      blocks.add(
          new Bins(
              size,
              PooledBins.of(negatives, first, size),
              PooledBins.of(ofGood, first, size),
              PooledBins.of(positives, first, size),
              PooledBins.of(weights, first, size),
              PooledBins.of(saturated, first, size)));
    }
    return blocks;
  }

  /** The fractions of several areas' pixels that lie in each bin, added up. */
  private static double[] fractions(List<SparseCounts> areas, int bins) {
    double[] fractions = new double[bins];
    for (SparseCounts area : areas) {
      area.addTo(fractions, 1.0 / area.total());
    }
    return fractions;
  }

  /** The figures with each image once, by {@link SampleFigure#index}; NaN for none. */
  public double[] ofAll() {
    int[] once = new int[images.size()];
    Arrays.fill(once, 1);
    return of(new int[][] {once})[0];
  }

  /**
   * The figures of resamples.
   *
   * @param draws how often each image is drawn, by resample
   * @return by resample and {@link SampleFigure#index}; NaN for a figure that does not exist
   */
  public double[][] of(int[][] draws) {
    double[][] figures = new double[draws.length][SampleFigure.values().length];
    // Each resample is computed on its own, so that the number of threads changes no bit.
    int chunks = Math.min(draws.length, 4 * Runtime.getRuntime().availableProcessors());
    IntStream.range(0, chunks)
        .parallel()
        .forEach(
            chunk ->
                compute(
                    draws,
                    (int) ((long) draws.length * chunk / chunks),
                    (int) ((long) draws.length * (chunk + 1) / chunks),
                    figures));
    return figures;
  }

  private void compute(int[][] draws, int from, int to, double[][] figures) {
    PixelSweep[] sweeps = new PixelSweep[to - from];
    for (int i = from; i < to; i++) {
      Arrays.fill(figures[i], Double.NaN);
      ofScores(draws[i], figures[i]);
      sweeps[i - from] = new PixelSweep(sample.exact(), totals(draws[i]));
    }
    if (!pixels) {
      return;
    }
    Block block = new Block();
    for (Bins bins : blocks) {
      for (int i = from; i < to; i++) {
        block.sweep(bins, draws[i], sweeps[i - from]);
      }
    }
    for (int i = from; i < to; i++) {
      sweeps[i - from].figures(figures[i]);
    }
  }

  private PixelSweep.Totals totals(int[] draw) {
    double positives = 0;
    double negatives = 0;
    double regions = 0;
    double defects = 0;
    double marked = 0;
    double good = 0;
    for (int i = 0; i < draw.length; i++) {
      positives += draw[i] * dense[i].positivePixels;
      negatives += draw[i] * dense[i].negativePixels;
      regions += (double) draw[i] * dense[i].regions;
      defects += (double) draw[i] * dense[i].defects;
      marked += dense[i].regions > 0 ? draw[i] : 0;
      good += dense[i].good ? draw[i] : 0;
    }
    return new PixelSweep.Totals(positives, negatives, regions, defects, marked, aupimo ? good : 0);
  }

  /** The pooled counts of one resample in one block of bins. */
  private final class Block {
    private final double[] positives = new double[BLOCK];
    private final double[] negatives = new double[BLOCK];
    private final double[] weights = new double[BLOCK];
    private final double[] saturated = new double[BLOCK];
    private final double[] recalls = new double[BLOCK];
    private final double[] fprs = new double[BLOCK];

    void sweep(Bins bins, int[] draw, PixelSweep sweep) {
      bins.negatives.pool(draw, ones, negatives);
      bins.positives.pool(draw, ones, positives);
      bins.weights.pool(draw, ones, weights);
      bins.saturated.pool(draw, ones, saturated);
      // Only the highest bins hold pixels of AUPIMO's range.
      if (sweep.takesFprs()) {
        bins.positives.pool(draw, positivePixels, recalls);
        bins.ofGood.pool(draw, pixelsOfImages, fprs);
      }
      for (int bin = bins.size - 1; bin >= 0; bin--) {
        sweep.bin(
            positives[bin], negatives[bin], weights[bin], saturated[bin], recalls[bin], fprs[bin]);
      }
    }
  }

  private void ofScores(int[] draw, double[] figures) {
    double[] ofImages = ranked.figures(draw);
    figures[SampleFigure.IMAGE_AUROC.index()] = ofImages[0];
    figures[SampleFigure.IMAGE_AP.index()] = ofImages[1];
    figures[SampleFigure.IMAGE_BEST_F1.index()] = ofImages[2];
    if (!items.isEmpty()) {
      double[] ofItems =
          rankedItems.figures(items.stream().mapToInt(item -> draw[item[0]]).toArray());
      figures[SampleFigure.ITEM_AUROC.index()] = ofItems[0];
      figures[SampleFigure.ITEM_AP.index()] = ofItems[1];
    }
  }

  /**
   * How good the map of each image is: of a defective one with a mask that marks pixels, the AUPRC
   * over its own pixels; of any other, the fraction of the images of the other label that its score
   * is on the right side of.
   *
   * @return in the order of the images, from 0 to 1; NaN where there is no such number
   */
  public double[] qualityByImage() {
    double[] quality = ranked.placement();
    for (int i = 0; i < quality.length; i++) {
      if (isOwnAuprc(images.get(i))) {
        int[] alone = new int[images.size()];
        alone[i] = 1;
        PixelSweep sweep = new PixelSweep(sample.exact(), totals(alone));
        double[] figures = new double[SampleFigure.values().length];
        Block block = new Block();
        for (Bins bins : blocks) {
          block.sweep(bins, alone, sweep);
        }
        sweep.figures(figures);
        quality[i] = figures[SampleFigure.PIXEL_AUPRC.index()];
      }
    }
    return quality;
  }

  /** Whether the quality of an image is the AUPRC over its own pixels. */
  public static boolean isOwnAuprc(SampleImage image) {
    return image.defective() && image.hasTruth() && !image.regions().isEmpty();
  }
}
