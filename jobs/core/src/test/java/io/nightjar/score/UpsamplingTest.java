package io.nightjar.score;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class UpsamplingTest {

  @Test
  void twoValuesToFourByHand() {
    AnomalyMap wide = Upsampling.full(new AnomalyMap(new float[] {0, 8}, 2, 1), 4, 1);
    AnomalyMap tall = Upsampling.full(new AnomalyMap(new float[] {0, 8}, 1, 2), 1, 4);

    assertThat(wide.values()).containsExactly(0, 2, 6, 8);
    assertThat(tall.values()).containsExactly(0, 2, 6, 8);
  }

  @Test
  void fourValuesToTwoSamplesBetweenCentresWithoutAntialiasing() {
    AnomalyMap small = Upsampling.full(new AnomalyMap(new float[] {1, 3, 10, 20}, 4, 1), 2, 1);

    assertThat(small.values()).containsExactly(2, 15);
  }

  @Test
  void ownSizeIsTheSameMap() {
    AnomalyMap map = random(new Random(1), 28, 17);

    assertThat(Upsampling.full(map, 28, 17).values()).containsExactly(map.values());
  }

  @Test
  void onePixelFillsEverything() {
    assertThat(Upsampling.full(new AnomalyMap(new float[] {2.5f}, 1, 1), 3, 2).values())
        .containsOnly(2.5f)
        .hasSize(6);
  }

  @ParameterizedTest
  @CsvSource({
    "28, 28, 224, 224",
    "28, 28, 900, 700",
    "28, 28, 5, 3",
    "7, 3, 100, 1",
    "3, 7, 1, 100",
    "28, 28, 29, 27",
    "5, 5, 5, 11"
  })
  void followsTheDefinition(int sourceWidth, int sourceHeight, int width, int height) {
    AnomalyMap map = random(new Random(width), sourceWidth, sourceHeight);

    AnomalyMap actual = Upsampling.full(map, width, height);

    for (int y = 0; y < height; y++) {
      for (int x = 0; x < width; x++) {
        double expected = bilinear(map, width, height, x, y);
        // An assertion for each of a million pixels takes longer than all else.
        if (!(Math.abs(actual.values()[y * width + x] - expected) <= 2e-4)) {
          assertThat((double) actual.values()[y * width + x])
              .as("pixel %d, %d", x, y)
              .isEqualTo(expected);
        }
      }
    }
  }

  @Test
  void rowsComeInOrderAndEqualTheFullMap() {
    AnomalyMap map = random(new Random(3), 6, 5);
    AnomalyMap full = Upsampling.full(map, 13, 21);
    List<Integer> order = new ArrayList<>();
    ImageScore score = new ImageScore();

    RowConsumer collect =
        (y, row) -> {
          order.add(y);
          assertThat(row).hasSize(13);
          for (int x = 0; x < 13; x++) {
            assertThat(row[x]).isEqualTo(full.values()[y * 13 + x]);
          }
        };
    Upsampling.rows(map, 13, 21, collect.andThen(score));

    assertThat(order).hasSize(21).isSorted();
    assertThat(score.value()).isEqualTo(full.max()).isEqualTo(ImageScore.of(map, 13, 21));
  }

  @Test
  void impossibleSizesAreRefused() {
    AnomalyMap map = new AnomalyMap(new float[] {1}, 1, 1);

    assertThatThrownBy(() -> Upsampling.full(map, 0, 5)).hasMessageContaining("0 x 5");
    assertThatThrownBy(() -> Upsampling.full(map, 100_000, 100_000))
        .hasMessageContaining("100000 x 100000");
    assertThatThrownBy(() -> new AnomalyMap(new float[5], 2, 3)).hasMessageContaining("6 values");
  }

  /** The definition in float64, one pixel at a time. */
  private static double bilinear(AnomalyMap map, int width, int height, int x, int y) {
    double sourceX = clamp((x + 0.5) * map.width() / width - 0.5, map.width() - 1);
    double sourceY = clamp((y + 0.5) * map.height() / height - 0.5, map.height() - 1);
    double value = 0;
    // Cells farther than one from the position have no weight.
    for (int j = (int) sourceY; j <= Math.min(sourceY + 1, map.height() - 1); j++) {
      for (int i = (int) sourceX; i <= Math.min(sourceX + 1, map.width() - 1); i++) {
        double weight =
            Math.max(0, 1 - Math.abs(sourceX - i)) * Math.max(0, 1 - Math.abs(sourceY - j));
        value += weight * map.values()[j * map.width() + i];
      }
    }
    return value;
  }

  private static double clamp(double position, int last) {
    return Math.min(Math.max(position, 0), last);
  }

  private static AnomalyMap random(Random random, int width, int height) {
    float[] values = new float[width * height];
    for (int i = 0; i < values.length; i++) {
      values[i] = 10 * random.nextFloat();
    }
    return new AnomalyMap(values, width, height);
  }
}
