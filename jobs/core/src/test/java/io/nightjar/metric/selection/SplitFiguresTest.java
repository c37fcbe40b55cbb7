package io.nightjar.metric.selection;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.nightjar.metric.compare.PairedDraws;
import io.nightjar.metric.sample.CategorySample;
import io.nightjar.metric.sample.SampleFigure;
import io.nightjar.metric.sample.SampleImage;
import io.nightjar.text.Text;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class SplitFiguresTest {
  private static final int BINS = 6;

  /** The fraction of pairs of a defective and a good image that are in order; ties count half. */
  private static double auroc(List<SampleImage> images, int[] weights) {
    double right = 0;
    double pairs = 0;
    for (int i = 0; i < weights.length; i++) {
      for (int j = 0; j < weights.length; j++) {
        if (images.get(i).defective() && !images.get(j).defective()) {
          double weight = (double) weights[i] * weights[j];
          int order = Float.compare(images.get(i).score(), images.get(j).score());
          pairs += weight;
          right += weight * (order > 0 ? 1 : order == 0 ? 0.5 : 0);
        }
      }
    }
    return right / pairs;
  }

  /** The sum over falling thresholds of what recall rises by, times the precision there. */
  private static double auprc(int[][] negatives, int[][] positives, int[] weights) {
    double all = 0;
    for (int image = 0; image < weights.length; image++) {
      for (int bin = 0; bin < BINS; bin++) {
        all += (double) weights[image] * positives[image][bin];
      }
    }
    double area = 0;
    double found = 0;
    double wrong = 0;
    for (int bin = BINS - 1; bin >= 0; bin--) {
      double before = found;
      for (int image = 0; image < weights.length; image++) {
        found += (double) weights[image] * positives[image][bin];
        wrong += (double) weights[image] * negatives[image][bin];
      }
      if (found > before) {
        area += (found - before) / all * (found / (found + wrong));
      }
    }
    return area;
  }

  @Test
  void theImageAurocOfEveryHalfAndResampleIsThatOfItsPairs() {
    Random random = new Random(3);
    List<SampleImage> images = new ArrayList<>();
    for (int i = 0; i < 24; i++) {
      String defect = i % 3 == 0 ? "good" : i % 3 == 1 ? "cut" : "dent";
      float score = random.nextInt(8) + (defect.equals("good") ? 0 : 2);
      images.add(Scored.image(Text.format("%02d", i), defect, "", score));
    }
    CategorySample sample = Scored.sample(images, 0);
    Halves halves = Halves.draw(images, 7, 1, "bottle");
    PairedDraws draws = PairedDraws.draw(images, 9, 42, "bottle");
    int[] once = new int[24];
    Arrays.fill(once, 1);
    double whole = auroc(images, once);

    SplitFigures figures = SplitFigures.of(sample, SampleFigure.IMAGE_AUROC, whole, halves, draws);

    for (int i = 0; i < 7; i++) {
      assertThat(figures.first()[i]).isCloseTo(auroc(images, halves.first()[i]), within(1e-12));
      assertThat(figures.second()[i]).isCloseTo(auroc(images, halves.second()[i]), within(1e-12));
    }
    for (int i = 0; i < 9; i++) {
      assertThat(figures.resampled()[i])
          .isCloseTo(auroc(images, draws.weights()[i]), within(1e-12));
    }
  }

  @Test
  void thePixelAuprcOfEveryHalfIsThatOfItsPixels() {
    Random random = new Random(5);
    int[][] negatives = new int[16][BINS];
    int[][] positives = new int[16][BINS];
    List<SampleImage> images = new ArrayList<>();
    for (int i = 0; i < 16; i++) {
      String defect = i < 6 ? "good" : "cut";
      for (int bin = 0; bin < BINS; bin++) {
        negatives[i][bin] = random.nextInt(2 + 40 / (1 + bin));
        positives[i][bin] = i < 6 ? 0 : 1 + random.nextInt(1 + 3 * bin);
      }
      images.add(Scored.counted(Text.format("%02d", i), defect, negatives[i], positives[i]));
    }
    int[] once = new int[16];
    Arrays.fill(once, 1);
    double exact = auprc(negatives, positives, once);
    Halves halves = Halves.draw(images, 5, 1, "bottle");
    PairedDraws draws = PairedDraws.draw(images, 3, 42, "bottle");

    SplitFigures figures =
        SplitFigures.of(
            Scored.sample(images, BINS), SampleFigure.PIXEL_AUPRC, exact, halves, draws);
    SplitFigures shifted =
        SplitFigures.of(
            Scored.sample(images, BINS), SampleFigure.PIXEL_AUPRC, exact + 0.01, halves, draws);

    for (int i = 0; i < 5; i++) {
      double half = auprc(negatives, positives, halves.first()[i]);
      assertThat(figures.first()[i]).isCloseTo(half, within(1e-12));
      // The evaluation knows the figure of all images more exactly than its bins.
      assertThat(shifted.first()[i]).isCloseTo(half + 0.01, within(1e-12));
    }
    assertThat(shifted.whole()).isEqualTo(exact + 0.01);
  }

  @Test
  void aMeanIsThatOfTheCategories() {
    SplitFigures one =
        new SplitFigures(
            0.5, new double[] {0.4, Double.NaN}, new double[] {0.6, 0.7}, new double[] {0.5});
    SplitFigures other =
        new SplitFigures(0.9, new double[] {0.8, 0.9}, new double[] {1, 0.8}, new double[] {0.7});

    SplitFigures mean = SplitFigures.mean(List.of(one, other));

    assertThat(mean.whole()).isCloseTo(0.7, within(1e-15));
    assertThat(mean.first()[0]).isCloseTo(0.6, within(1e-15));
    assertThat(mean.first()[1]).isNaN();
    assertThat(mean.second()).containsExactly(new double[] {0.8, 0.75}, within(1e-15));
    assertThat(mean.resampled()).containsExactly(new double[] {0.6}, within(1e-15));
    SplitFigures shorter =
        new SplitFigures(0.9, new double[] {1}, new double[] {1}, new double[] {1});
    assertThatThrownBy(() -> SplitFigures.mean(List.of(one, shorter)))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> SplitFigures.mean(List.of()))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
