package io.nightjar.metric.selection;

import io.nightjar.metric.sample.SampleFigure;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * What choosing the best of several configurations is worth. The largest of several figures over
 * the same images is too good: it is also the luckiest. So the configuration is chosen on one half
 * of the images and its figure taken on the other, which took no part in the choice (Hastie,
 * Tibshirani and Friedman, <i>The Elements of Statistical Learning</i>, 2009, section 7.10.2),
 * repeated for many random halves, of which each is chosen on once.
 *
 * @param best the configuration with the best figure over all images, by its index
 * @param naive its figure over all images
 * @param honest the mean over all choices of the figure that the configuration chosen on one half
 *     has on the other
 * @param lower the lower end of the interval of {@code honest}
 * @param upper the upper end
 * @param optimism by how much {@code naive} is better than {@code honest}
 * @param halving what of the optimism comes from the halves having fewer images alone: the mean
 *     over the choices of how much better the chosen configuration's figure over all images is than
 *     the mean of its figures over both halves
 * @param gains by how much the chosen configuration is better on the other half than each
 *     configuration is there, in the mean
 * @param wins how often each configuration was chosen
 * @param choices how many there were, two for each pair of halves
 */
public record Selection(
    int best,
    double naive,
    double honest,
    double lower,
    double upper,
    double optimism,
    double halving,
    List<Double> gains,
    List<Integer> wins,
    int choices) {
  /** With a smaller fraction of repetitions that have the figure, there is no selection. */
  private static final double FEWEST = 0.5;

  /**
   * Takes unchangeable copies.
   *
   * @param best the configuration with the best figure over all images, by its index
   * @param naive its figure over all images
   * @param honest the mean over all choices of the figure that the configuration chosen on one half
   *     has on the other
   * @param lower the lower end of the interval of {@code honest}
   * @param upper the upper end
   * @param optimism by how much {@code naive} is better than {@code honest}
   * @param halving what of the optimism comes from the halves having fewer images alone: the mean
   *     over the choices of how much better the chosen configuration's figure over all images is
   *     than the mean of its figures over both halves
   * @param gains by how much the chosen configuration is better on the other half than each
   *     configuration is there, in the mean
   * @param wins how often each configuration was chosen
   * @param choices how many there were, two for each pair of halves
   */
  public Selection {
    gains = List.copyOf(gains);
    wins = List.copyOf(wins);
  }

  /**
   * Chooses. A repetition in which a configuration has no figure over one of the halves is left
   * out. Of equal figures the first one is chosen.
   *
   * <p>The interval is that of a resample of all images (percentiles): the configuration of a
   * choice, by its resampled figures around its figure over all images, moved to {@code honest}.
   *
   * @param configurations at least one, all over the same halves and resamples
   * @param figure which
   * @param spread by what factor resampled figures are taken farther from their centre
   * @param alpha level of the interval, such as 0.05
   * @return empty where most repetitions, or most resamples, do not have the figure
   */
  public static Optional<Selection> of(
      List<SplitFigures> configurations, SampleFigure figure, double spread, double alpha) {
    int[] usable =
        IntStream.range(0, configurations.get(0).first().length)
            .filter(i -> configurations.stream().allMatch(one -> has(one, i)))
            .toArray();
    int all = configurations.get(0).first().length;
    if (usable.length == 0 || usable.length < FEWEST * all) {
      return Optional.empty();
    }
    int[] winners = new int[2 * usable.length];
    Integer[] wins = new Integer[configurations.size()];
    Arrays.fill(wins, 0);
    double honest = 0;
    double halving = 0;
    for (int i = 0; i < winners.length; i++) {
      int repetition = usable[i / 2];
      boolean isSwapped = i % 2 == 1;
      int winner =
          best(
              figure,
              configurations.stream()
                  .mapToDouble(one -> half(one, !isSwapped)[repetition])
                  .toArray());
      SplitFigures chosen = configurations.get(winner);
      winners[i] = winner;
      wins[winner]++;
      honest += half(chosen, isSwapped)[repetition] / winners.length;
      double both = (chosen.first()[repetition] + chosen.second()[repetition]) / 2;
      halving += figure.gain(chosen.whole() - both) / winners.length;
    }
    int best = best(figure, configurations.stream().mapToDouble(SplitFigures::whole).toArray());
    double naive = configurations.get(best).whole();
    double[] around = around(configurations, winners, honest, spread);
    if (around.length < FEWEST * configurations.get(0).resampled().length || around.length == 0) {
      return Optional.empty();
    }
    double centre = honest;
    return Optional.of(
        new Selection(
            best,
            naive,
            honest,
            quantile(around, alpha / 2),
            quantile(around, 1 - alpha / 2),
            figure.gain(naive - honest),
            halving,
            configurations.stream()
                .map(
                    one ->
                        figure.gain(
                            centre - (mean(one.first(), usable) + mean(one.second(), usable)) / 2))
                .toList(),
            Arrays.asList(wins),
            winners.length));
  }

  private static double[] half(SplitFigures one, boolean isFirst) {
    return isFirst ? one.first() : one.second();
  }

  private static boolean has(SplitFigures one, int repetition) {
    return !Double.isNaN(one.first()[repetition]) && !Double.isNaN(one.second()[repetition]);
  }

  private static int best(SampleFigure figure, double[] values) {
    int best = 0;
    for (int i = 1; i < values.length; i++) {
      if (figure.gain(values[i]) > figure.gain(values[best])) {
        best = i;
      }
    }
    return best;
  }

  private static double mean(double[] values, int[] of) {
    return Arrays.stream(of).mapToDouble(i -> values[i]).average().orElseThrow();
  }

  /** The resampled figures of those that are chosen, sorted. */
  private static double[] around(
      List<SplitFigures> configurations, int[] winners, double honest, double spread) {
    return IntStream.range(0, configurations.get(0).resampled().length)
        .mapToDouble(
            resample -> {
              SplitFigures chosen = configurations.get(winners[resample % winners.length]);
              return honest + spread * (chosen.resampled()[resample] - chosen.whole());
            })
        .filter(value -> !Double.isNaN(value))
        .sorted()
        .toArray();
  }

  /** Interpolated linearly between the two nearest. */
  private static double quantile(double[] sorted, double fraction) {
    double at = fraction * (sorted.length - 1);
    int below = (int) at;
    int above = Math.min(below + 1, sorted.length - 1);
    return sorted[below] + (at - below) * (sorted[above] - sorted[below]);
  }
}
