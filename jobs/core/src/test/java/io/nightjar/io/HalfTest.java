package io.nightjar.io;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class HalfTest {
  private static final int INFINITY = 0x7C00;

  @ParameterizedTest
  @CsvSource({
    "0, 0",
    "3C00, 1",
    "3555, 0.333251953125",
    "7BFF, 65504",
    "400, 0x1p-14",
    "1, 0x1p-24"
  })
  void knownValues(String bits, String value) {
    float expected = Float.parseFloat(value);

    assertThat(Half.toFloat((short) Integer.parseInt(bits, 16))).isEqualTo(expected);
    assertThat(Half.of(expected)).isEqualTo((short) Integer.parseInt(bits, 16));
  }

  @Test
  void everyValueComesBack() {
    for (int bits = 0; bits <= INFINITY; bits++) {
      assertThat(Half.of(Half.toFloat((short) bits))).isEqualTo((short) bits);
      short negative = (short) (bits | 0x8000);
      assertThat(Half.of(Half.toFloat(negative))).isEqualTo(negative);
    }
    assertThat(Half.toFloat(Half.of(Float.NaN))).isNaN();
  }

  /** Between two neighbours the middle goes to the even one, and all else to the nearer one. */
  @Test
  void roundsToTheNearest() {
    for (int bits = 0; bits < INFINITY - 1; bits++) {
      float lower = Half.toFloat((short) bits);
      float upper = Half.toFloat((short) (bits + 1));
      float middle = (lower + upper) / 2;
      int even = bits % 2 == 0 ? bits : bits + 1;

      assertThat((int) Half.of(Math.nextDown(middle))).isEqualTo(bits);
      assertThat((int) Half.of(middle)).isEqualTo(even);
      assertThat((int) Half.of(Math.nextUp(middle))).isEqualTo(bits + 1);
    }
  }

  @Test
  void whatIsTooLargeBecomesInfinite() {
    assertThat(Half.toFloat(Half.of(Math.nextDown(65520f)))).isEqualTo(65504f);
    assertThat(Half.toFloat(Half.of(65520f))).isEqualTo(Float.POSITIVE_INFINITY);
    assertThat(Half.toFloat(Half.of(-1e30f))).isEqualTo(Float.NEGATIVE_INFINITY);
  }
}
