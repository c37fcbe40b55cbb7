package io.nightjar.metric.selection;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.nightjar.metric.compare.PairedDraws;
import io.nightjar.metric.sample.SampleFigure;
import io.nightjar.metric.sample.SampleImage;
import io.nightjar.text.Text;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import org.apache.commons.math3.distribution.NormalDistribution;
import org.junit.jupiter.api.Test;

class SelectionTest {
  private static final SampleFigure AUPRC = SampleFigure.PIXEL_AUPRC;

  private static SplitFigures figures(
      double whole, double[] choosing, double[] reporting, double... resampled) {
    return new SplitFigures(whole, choosing, reporting, resampled);
  }

  private static double[] of(double... values) {
    return values;
  }

  @Test
  void everyChoiceHasTheFigureOfTheOtherHalf() {
    SplitFigures plain =
        figures(0.70, of(0.72, 0.66, 0.70, 0.71), of(0.68, 0.74, 0.71, 0.70), 0.69, 0.71);
    SplitFigures other =
        figures(0.71, of(0.70, 0.75, 0.69, 0.73), of(0.73, 0.66, 0.74, 0.69), 0.70, 0.72);

    Selection found = Selection.of(List.of(plain, other), AUPRC, 1, 0.05).orElseThrow();

    // Chosen on the first half: plain, other, plain, other; on the second: other, plain, other,
    // plain.
    assertThat(found.wins()).containsExactly(4, 4);
    assertThat(found.best()).isEqualTo(1);
    assertThat(found.naive()).isEqualTo(0.71);
    double honest = (0.68 + 0.70 + 0.66 + 0.66 + 0.71 + 0.69 + 0.69 + 0.71) / 8;
    assertThat(found.honest()).isCloseTo(honest, within(1e-15));
    assertThat(found.optimism()).isCloseTo(0.71 - honest, within(1e-12));
    double ofPlain = 3 * 0.70 + 0.70 - (0.70 + 0.70 + 0.705 + 0.705);
    double ofOther = 4 * 0.71 - (0.715 + 0.705 + 0.715 + 0.71);
    assertThat(found.halving()).isCloseTo((ofPlain + ofOther) / 8, within(1e-12));
    assertThat(found.gains().get(0))
        .isCloseTo(honest - (0.70 + 0.70 + 0.705 + 0.705) / 4, within(1e-12));
    assertThat(found.gains().get(1))
        .isCloseTo(honest - (0.715 + 0.705 + 0.715 + 0.71) / 4, within(1e-12));
    // Resamples: plain's first, 0.01 below its figure, and the other's second, 0.01 above.
    assertThat(found.lower()).isCloseTo(honest - 0.01 + 0.025 * 0.02, within(1e-12));
    assertThat(found.upper()).isCloseTo(honest + 0.01 - 0.025 * 0.02, within(1e-12));
    assertThat(found.choices()).isEqualTo(8);
  }

  @Test
  void theSpreadWidensTheIntervalAroundTheHonestFigure() {
    SplitFigures one = figures(0.70, of(0.6), of(0.6), 0.68, 0.72);

    Selection wide = Selection.of(List.of(one), AUPRC, 2, 0.5).orElseThrow();

    assertThat(wide.lower()).isCloseTo(0.56 + 0.25 * 0.08, within(1e-12));
    assertThat(wide.upper()).isCloseTo(0.64 - 0.25 * 0.08, within(1e-12));
  }

  @Test
  void ofEqualFiguresTheFirstIsChosen() {
    SplitFigures one = figures(0.7, of(0.7, 0.7), of(0.6, 0.6), 0.7);
    SplitFigures same = figures(0.7, of(0.7, 0.8), of(0.6, 0.6), 0.7);

    Selection found = Selection.of(List.of(one, same), AUPRC, 1, 0.05).orElseThrow();

    assertThat(found.wins()).containsExactly(3, 1);
    assertThat(found.best()).isZero();
  }

  @Test
  void aSmallerFigureIsChosenWhereThatIsBetter() {
    SampleFigure rate = SampleFigure.PIXEL_FPR_AT_95_TPR;
    SplitFigures high = figures(0.3, of(0.3), of(0.2), 0.3);
    SplitFigures low = figures(0.2, of(0.1), of(0.4), 0.2);

    Selection found = Selection.of(List.of(high, low), rate, 1, 0.05).orElseThrow();

    assertThat(found.best()).isEqualTo(1);
    // On the first half the lower 0.1, which is 0.4 on the other; on that the 0.2, which is 0.3.
    assertThat(found.wins()).containsExactly(1, 1);
    assertThat(found.honest()).isCloseTo(0.35, within(1e-15));
    // The naive 0.2 is better than the honest 0.35.
    assertThat(found.optimism()).isCloseTo(0.15, within(1e-15));
    assertThat(found.gains().get(0)).isCloseTo(-0.1, within(1e-15));
  }

  @Test
  void repetitionsWithoutTheFigureAreLeftOut() {
    SplitFigures one = figures(0.7, of(0.7, Double.NaN, 0.7), of(0.6, 0.1, 0.5), 0.7);
    SplitFigures other = figures(0.6, of(0.6, 0.9, 0.6), of(0.5, 0.1, 0.5), 0.6);

    Selection found = Selection.of(List.of(one, other), AUPRC, 1, 0.05).orElseThrow();

    assertThat(found.choices()).isEqualTo(4);
    assertThat(found.honest()).isCloseTo((0.6 + 0.7 + 0.5 + 0.7) / 4, within(1e-15));
    SplitFigures rarely = figures(0.7, of(0.7, Double.NaN, 0.7), of(0.6, 0.1, Double.NaN), 0.7);
    assertThat(Selection.of(List.of(rarely), AUPRC, 1, 0.05)).isEmpty();
    SplitFigures unsampled = figures(0.7, of(0.7), of(0.7), Double.NaN, Double.NaN, 0.7);
    assertThat(Selection.of(List.of(unsampled), AUPRC, 1, 0.05)).isEmpty();
  }

  /**
   * Twelve configurations that are equally good: scores of defective images are N(shift, 1), of
   * good ones N(0, 1), half of the variance common to all configurations. The AUROC of each is
   * Φ(shift / √2).
   */
  @Test
  void theBestOfEqualConfigurationsIsTooGoodAndTheHonestFigureIsNot() {
    int dataSets = 150;
    double shift = 1.2;
    double truth = new NormalDistribution().cumulativeProbability(shift / Math.sqrt(2));
    Random random = new Random(2026);
    double[] naive = new double[dataSets];
    double[] honest = new double[dataSets];
    double[] optimism = new double[dataSets];
    int covered = 0;
    for (int i = 0; i < dataSets; i++) {
      Selection found = selected(random, 12, shift);
      naive[i] = found.naive();
      honest[i] = found.honest();
      optimism[i] = found.optimism();
      covered += found.lower() <= truth && truth <= found.upper() ? 1 : 0;
    }

    double naiveBias = mean(naive) - truth;
    assertThat(naiveBias).isGreaterThan(0.02);
    // Within four standard errors.
    assertThat(mean(honest) - truth).isCloseTo(0, within(4 * error(honest)));
    assertThat(error(honest)).isLessThan(naiveBias / 4);
    assertThat(mean(optimism)).isCloseTo(naiveBias, within(4 * error(honest)));
    // 95 % are promised; of 150, fewer than 131 would be seen once in 10,000 times.
    assertThat(covered).isGreaterThanOrEqualTo(131);
  }

  private static Selection selected(Random random, int configurations, double shift) {
    int count = 60;
    double[] common = random.doubles(count).map(u -> random.nextGaussian()).toArray();
    List<SplitFigures> all = new ArrayList<>();
    Halves halves = null;
    PairedDraws draws = null;
    for (int configuration = 0; configuration < configurations; configuration++) {
      List<SampleImage> images = new ArrayList<>();
      for (int i = 0; i < count; i++) {
        String defect = i % 2 == 0 ? "good" : i % 4 == 1 ? "cut" : "dent";
        double score =
            Math.sqrt(0.5) * (common[i] + random.nextGaussian())
                + (defect.equals("good") ? 0 : shift);
        images.add(Scored.image(Text.format("%02d", i), defect, "", (float) score));
      }
      if (halves == null) {
        halves = Halves.draw(images, 20, random.nextLong(), "bottle");
        draws = PairedDraws.draw(images, 400, random.nextLong(), "bottle");
      }
      double whole = auroc(images);
      all.add(
          SplitFigures.of(
              Scored.sample(images, 0), SampleFigure.IMAGE_AUROC, whole, halves, draws));
    }
    return Selection.of(all, SampleFigure.IMAGE_AUROC, draws.units().spread(0.05), 0.05)
        .orElseThrow();
  }

  private static double auroc(List<SampleImage> images) {
    double[] good = scores(images, false);
    double[] defective = scores(images, true);
    return Arrays.stream(defective)
            .map(score -> Arrays.stream(good).filter(other -> other < score).count())
            .sum()
        / (good.length * (double) defective.length);
  }

  private static double[] scores(List<SampleImage> images, boolean label) {
    return images.stream()
        .filter(image -> image.defective() == label)
        .mapToDouble(SampleImage::score)
        .toArray();
  }

  private static double mean(double[] values) {
    return DoubleStream.of(values).average().orElseThrow();
  }

  /** The standard error of the mean. */
  private static double error(double[] values) {
    double mean = mean(values);
    double squares =
        IntStream.range(0, values.length).mapToDouble(i -> Math.pow(values[i] - mean, 2)).sum();
    return Math.sqrt(squares / (values.length - 1) / values.length);
  }
}
