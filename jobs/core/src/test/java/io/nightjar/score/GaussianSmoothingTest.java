package io.nightjar.score;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class GaussianSmoothingTest {

  @Test
  void noSmoothingIsTheSameMap() {
    AnomalyMap map = random(new Random(1), 5, 4);

    assertThat(GaussianSmoothing.smooth(map, 0, 0)).isSameAs(map);
  }

  @Test
  void oneBrightPixelBecomesTheKernel() {
    float[] values = new float[21];
    values[10] = 1;

    float[] smoothed = GaussianSmoothing.smooth(new AnomalyMap(values, 21, 1), 1, 0).values();

    double sum = 0;
    for (int i = -4; i <= 4; i++) {
      sum += Math.exp(-i * i / 2.0);
    }
    for (int i = -4; i <= 4; i++) {
      assertThat((double) smoothed[10 + i]).isCloseTo(Math.exp(-i * i / 2.0) / sum, within(1e-7));
    }
    assertThat(smoothed[5]).isZero();
    assertThat(smoothed[15]).isZero();
  }

  @Test
  void edgesAreMirroredWithTheEdgePixelRepeated() {
    AnomalyMap map = new AnomalyMap(new float[] {1, 2, 4, 8}, 4, 1);

    float[] smoothed = GaussianSmoothing.smooth(map, 0.5, 0).values();

    double near = Math.exp(-2);
    double far = Math.exp(-8);
    double sum = 1 + 2 * near + 2 * far;
    // 2 1 | 1 2 4 8
    assertThat((double) smoothed[0])
        .isCloseTo((2 * far + 1 * near + 1 + 2 * near + 4 * far) / sum, within(1e-6));
    // 1 2 4 8 | 8 4
    assertThat((double) smoothed[3])
        .isCloseTo((2 * far + 4 * near + 8 + 8 * near + 4 * far) / sum, within(1e-6));
  }

  @ParameterizedTest
  @CsvSource({"12, 9, 1.5, 0.7", "3, 2, 4, 4", "1, 6, 2, 3", "30, 31, 0, 2", "30, 31, 2, 0"})
  void equalsTheDirectSum(int width, int height, double sigmaX, double sigmaY) {
    AnomalyMap map = random(new Random(7), width, height);

    AnomalyMap smoothed = GaussianSmoothing.smooth(map, sigmaX, sigmaY);

    for (int y = 0; y < height; y++) {
      for (int x = 0; x < width; x++) {
        assertThat((double) smoothed.values()[y * width + x])
            .isCloseTo(direct(map, sigmaX, sigmaY, x, y), within(1e-5));
      }
    }
  }

  /** Sums from the farthest pair of pixels to the nearest, whatever is added at a time. */
  @ParameterizedTest
  @CsvSource({"41, 23, 1.4", "23, 41, 2.1", "5, 9, 3.2", "64, 3, 0.9", "1, 1, 2", "130, 70, 8.04"})
  void hasTheBitsOfASumInItsOrder(int width, int height, double sigma) {
    AnomalyMap map = random(new Random(3), width, height);

    float[] smoothed = GaussianSmoothing.smooth(map, sigma, sigma).values();

    float[] columns = inOrder(map.values(), width, height, width, 1, sigma);
    assertThat(smoothed).isEqualTo(inOrder(columns, height, width, 1, width, sigma));
  }

  /** Along one axis, {@code step} apart; lines are {@code lineStep} apart. */
  private static float[] inOrder(
      float[] values, int lines, int length, int step, int lineStep, double sigma) {
    int radius = (int) (4 * sigma + 0.5);
    double[] weights = new double[radius + 1];
    double sum = 0;
    for (int i = radius; i >= 0; i--) {
      weights[i] = Math.exp(-0.5 * i * i / (sigma * sigma));
      sum += i == 0 ? weights[i] : 2 * weights[i];
    }
    float[] smoothed = new float[values.length];
    for (int line = 0; line < lines; line++) {
      for (int at = 0; at < length; at++) {
        double total = 0;
        for (int i = radius; i > 0; i--) {
          double before = values[line * lineStep + mirrored(at - i, length) * step];
          double after = values[line * lineStep + mirrored(at + i, length) * step];
          total += (before + after) * (weights[i] / sum);
        }
        float centre = values[line * lineStep + at * step];
        smoothed[line * lineStep + at * step] = (float) (total + centre * (weights[0] / sum));
      }
    }
    return smoothed;
  }

  private static int mirrored(int index, int length) {
    int at = index;
    while (at < 0 || at >= length) {
      at = at < 0 ? -1 - at : 2 * length - 1 - at;
    }
    return at;
  }

  @Test
  void aConstantMapStaysConstant() {
    AnomalyMap map = new AnomalyMap(new float[] {3, 3, 3, 3, 3, 3}, 3, 2);

    for (float value : GaussianSmoothing.smooth(map, 2.3, 1.1).values()) {
      assertThat(value).isCloseTo(3f, within(1e-6f));
    }
  }

  @ParameterizedTest
  @ValueSource(doubles = {-1, Double.NaN, Double.POSITIVE_INFINITY})
  void anImpossibleDeviationIsRefused(double sigma) {
    AnomalyMap map = new AnomalyMap(new float[] {3}, 1, 1);

    assertThatThrownBy(() -> GaussianSmoothing.smooth(map, sigma, 0))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(Double.toString(sigma));
  }

  /** The two-dimensional sum over an infinitely mirrored map. */
  private static double direct(AnomalyMap map, double sigmaX, double sigmaY, int x, int y) {
    int radiusX = (int) (4 * sigmaX + 0.5);
    int radiusY = (int) (4 * sigmaY + 0.5);
    double sum = 0;
    double weights = 0;
    for (int j = -radiusY; j <= radiusY; j++) {
      for (int i = -radiusX; i <= radiusX; i++) {
        double weight = gauss(i, sigmaX) * gauss(j, sigmaY);
        weights += weight;
        sum +=
            weight
                * map.values()[
                    reflect(y + j, map.height()) * map.width() + reflect(x + i, map.width())];
      }
    }
    return sum / weights;
  }

  private static double gauss(int i, double sigma) {
    return i == 0 ? 1 : Math.exp(-i * i / (2 * sigma * sigma));
  }

  private static int reflect(int index, int length) {
    int reflected = index;
    while (reflected < 0 || reflected >= length) {
      reflected = reflected < 0 ? -1 - reflected : 2 * length - 1 - reflected;
    }
    return reflected;
  }

  private static AnomalyMap random(Random random, int width, int height) {
    float[] values = new float[width * height];
    for (int i = 0; i < values.length; i++) {
      values[i] = 10 * random.nextFloat();
    }
    return new AnomalyMap(values, width, height);
  }
}
