package io.nightjar.metric.selection;

import io.nightjar.metric.compare.PairedDraws;
import io.nightjar.metric.sample.CategorySample;
import io.nightjar.metric.sample.ResampledFigures;
import io.nightjar.metric.sample.SampleFigure;
import io.nightjar.text.Text;
import java.util.List;
import java.util.stream.Stream;

/**
 * One figure of one configuration: over all test images, over halves of them, and over resamples.
 *
 * @param whole over all images, as its evaluation states it
 * @param first over the first half, by repetition; NaN where that has no such figure
 * @param second over the other half, likewise
 * @param resampled over resamples of all images, likewise
 */
@SuppressWarnings("ArrayRecordComponent") // a carrier, never compared
public record SplitFigures(double whole, double[] first, double[] second, double[] resampled) {

  /**
   * The figures of a category. Those of halves and resamples are of coarse bins, and shifted by
   * what the bins make of the figure over all images.
   *
   * @param sample of the category as the configuration counted it
   * @param figure which
   * @param whole the figure over all images, as the evaluation states it
   * @param halves of the images, in the order of the sample
   * @param draws of the images, likewise
   * @return the figures, of the same images for every configuration
   */
  public static SplitFigures of(
      CategorySample sample, SampleFigure figure, double whole, Halves halves, PairedDraws draws) {
    ResampledFigures figures = new ResampledFigures(sample, sample.images());
    int[][] all =
        Stream.of(halves.first(), halves.second(), draws.weights())
            .flatMap(Stream::of)
            .toArray(int[][]::new);
    double[][] found = figures.of(all);
    double shift = whole - figures.ofAll()[figure.index()];
    int repetitions = halves.first().length;
    return new SplitFigures(
        whole,
        column(found, figure, 0, repetitions, shift),
        column(found, figure, repetitions, 2 * repetitions, shift),
        column(found, figure, 2 * repetitions, all.length, shift));
  }

  private static double[] column(
      double[][] found, SampleFigure figure, int from, int to, double shift) {
    double[] column = new double[to - from];
    for (int i = from; i < to; i++) {
      column[i - from] = found[i][figure.index()] + shift;
    }
    return column;
  }

  /**
   * The means over several categories.
   *
   * @param categories of one configuration, at least one, all of as many halves and resamples
   * @return a mean is NaN where one of the categories has no figure
   */
  public static SplitFigures mean(List<SplitFigures> categories) {
    if (categories.isEmpty()) {
      throw new IllegalArgumentException("there is no mean of no category");
    }
    return new SplitFigures(
        categories.stream().mapToDouble(SplitFigures::whole).average().orElseThrow(),
        rowMean(categories.stream().map(SplitFigures::first).toList()),
        rowMean(categories.stream().map(SplitFigures::second).toList()),
        rowMean(categories.stream().map(SplitFigures::resampled).toList()));
  }

  private static double[] rowMean(List<double[]> rows) {
    double[] mean = new double[rows.get(0).length];
    for (double[] row : rows) {
      if (row.length != mean.length) {
        throw new IllegalArgumentException(
            Text.format("categories have %d and %d halves or resamples", mean.length, row.length));
      }
      for (int i = 0; i < mean.length; i++) {
        mean[i] += row[i] / rows.size();
      }
    }
    return mean;
  }
}
