package io.nightjar.linalg;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.within;

import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AxisMapTest {
  private static final int OFFSET = 3;

  @Test
  void oneCellIsInterpolatedByHalfPixelCentres() {
    float[] out = new float[16];

    both(AxisMap.interpolation(2, 4)).apply(new float[] {0, 16, 32, 48}, 0, 1, out, 0);

    assertThat(out).containsExactly(0, 4, 12, 16, 8, 12, 20, 24, 24, 28, 36, 40, 32, 36, 44, 48);
  }

  @ParameterizedTest
  @CsvSource({"14, 28, 5", "4, 7, 3", "7, 28, 2", "5, 5, 4", "1, 6, 3", "9, 4, 2", "3, 4, 1500"})
  void interpolationEqualsItsDefinition(int from, int to, int channels) {
    float[] map = random(OFFSET + from * from * channels, 1);
    float[] out = new float[OFFSET + to * to * channels];

    both(AxisMap.interpolation(from, to)).apply(map, OFFSET, channels, out, OFFSET);

    double[] expected = enlarged(map, from, to, channels);
    for (int i = 0; i < expected.length; i++) {
      assertThat((double) out[OFFSET + i]).isCloseTo(expected[i], within(1e-6));
    }
  }

  @ParameterizedTest
  @CsvSource({"4, 7", "14, 28", "27, 28", "2, 8", "6, 6", "1, 3"})
  void theRootKeepsSumsOfProducts(int from, int to) {
    int channels = 3;
    float[] map = random(OFFSET + from * from * channels, 2);
    float[] rooted = new float[from * from * channels];

    both(AxisMap.interpolation(from, to)).gramRoot().apply(map, OFFSET, channels, rooted, 0);

    double[] expected = gram(enlarged(map, from, to, channels), channels);
    double[] products = gram(doubles(rooted), channels);
    for (int i = 0; i < expected.length; i++) {
      assertThat(products[i]).isCloseTo(expected[i], within(1e-5 * to * to));
    }
  }

  @Test
  void theTransposeSumsWhatEachCellContributesTo() {
    int channels = 2;
    float[] fine = random(OFFSET + 7 * 7 * channels, 3);
    float[] coarse = random(OFFSET + 4 * 4 * channels, 4);
    float[] brought = new float[4 * 4 * channels];

    both(AxisMap.interpolation(4, 9))
        .transposedTimes(both(AxisMap.interpolation(7, 9)))
        .apply(fine, OFFSET, channels, brought, 0);

    double[] fineRows = enlarged(fine, 7, 9, channels);
    double[] coarseRows = enlarged(coarse, 4, 9, channels);
    for (int a = 0; a < channels; a++) {
      for (int b = 0; b < channels; b++) {
        double expected = 0;
        for (int cell = 0; cell < 81; cell++) {
          expected += fineRows[cell * channels + a] * coarseRows[cell * channels + b];
        }
        double sum = 0;
        for (int cell = 0; cell < 16; cell++) {
          sum += (double) brought[cell * channels + a] * coarse[OFFSET + cell * channels + b];
        }
        assertThat(sum).isCloseTo(expected, within(1e-5));
      }
    }
  }

  @Test
  void eachAxisHasItsOwnMatrix() {
    float[] out = new float[8];

    PlaneMap.interpolation(2, 1, 4, 2).apply(new float[] {0, 16}, 0, 1, out, 0);

    assertThat(out).containsExactly(0, 0, 4, 4, 12, 12, 16, 16);
    assertThat(PlaneMap.interpolation(2, 3, 2, 3).isIdentity()).isTrue();
    assertThat(PlaneMap.interpolation(2, 3, 2, 4).isIdentity()).isFalse();
  }

  private static PlaneMap both(AxisMap axis) {
    return new PlaneMap(axis, axis);
  }

  @Test
  void columnSumsCountEachCellOncePerOutputCell() {
    assertThat(AxisMap.interpolation(2, 4).columnSums()).containsExactly(2, 2);
    assertThat(AxisMap.interpolation(3, 3).columnSums()).containsExactly(1, 1, 1);
  }

  @Test
  void onlyTheSameSizeIsTheIdentity() {
    assertThat(AxisMap.interpolation(5, 5).isIdentity()).isTrue();
    assertThat(AxisMap.interpolation(5, 6).isIdentity()).isFalse();
    assertThat(AxisMap.interpolation(1, 2).isIdentity()).isFalse();
  }

  @Test
  void impossibleMatricesAreRefused() {
    AxisMap four = AxisMap.interpolation(2, 4);

    assertThatIllegalArgumentException()
        .isThrownBy(() -> AxisMap.interpolation(0, 4))
        .withMessage("An interpolation of 4 x 0 is empty: both sides must be at least 1");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> four.transposedTimes(AxisMap.interpolation(2, 5)))
        .withMessage("Maps of 4 and 5 cells a side have no cells in common");
    assertThatIllegalStateException()
        .isThrownBy(() -> AxisMap.interpolation(4, 2).gramRoot())
        .withMessageContaining("is linearly dependent on those before it");
  }

  /** Bilinear interpolation, cell by cell, of the map that starts at {@link #OFFSET}. */
  private static double[] enlarged(float[] map, int from, int to, int channels) {
    double[] out = new double[to * to * channels];
    for (int y = 0; y < to; y++) {
      for (int x = 0; x < to; x++) {
        double v = Math.max(0, Math.min(from - 1, (y + 0.5) * from / to - 0.5));
        double u = Math.max(0, Math.min(from - 1, (x + 0.5) * from / to - 0.5));
        int top = (int) v;
        int left = (int) u;
        int bottom = Math.min(top + 1, from - 1);
        int right = Math.min(left + 1, from - 1);
        for (int c = 0; c < channels; c++) {
          out[(y * to + x) * channels + c] =
              (1 - (v - top))
                      * ((1 - (u - left)) * map[OFFSET + (top * from + left) * channels + c]
                          + (u - left) * map[OFFSET + (top * from + right) * channels + c])
                  + (v - top)
                      * ((1 - (u - left)) * map[OFFSET + (bottom * from + left) * channels + c]
                          + (u - left) * map[OFFSET + (bottom * from + right) * channels + c]);
        }
      }
    }
    return out;
  }

  private static double[] gram(double[] rows, int channels) {
    double[] gram = new double[channels * channels];
    for (int start = 0; start < rows.length; start += channels) {
      for (int i = 0; i < channels; i++) {
        for (int j = 0; j < channels; j++) {
          gram[i * channels + j] += rows[start + i] * rows[start + j];
        }
      }
    }
    return gram;
  }

  private static double[] doubles(float[] values) {
    double[] doubles = new double[values.length];
    for (int i = 0; i < values.length; i++) {
      doubles[i] = values[i];
    }
    return doubles;
  }

  private static float[] random(int length, long seed) {
    Random random = new Random(seed);
    float[] values = new float[length];
    for (int i = 0; i < length; i++) {
      values[i] = random.nextFloat() * 2 - 1;
    }
    return values;
  }
}
