package io.nightjar.bank.calibration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class PatchDistancesTest {

  @Test
  void countsInBinsOf256ToADoubling() {
    PatchDistances distances =
        PatchDistances.of(
            List.of(new float[] {1, 1.003f, 2}, new float[] {0, 1 + 1f / 256, 2.007f}));

    assertThat(distances.bins())
        .containsExactly(
            new PatchDistances.Bin(0, 1),
            new PatchDistances.Bin(1, 2),
            new PatchDistances.Bin(1 + 1f / 256, 1),
            new PatchDistances.Bin(2, 2));
    assertThat(distances.patches()).isEqualTo(6);
    assertThat(PatchDistances.startAfter(2)).isEqualTo(2 + 1f / 128);
  }

  @Test
  void everyDistanceIsInTheBinThatStartsAtMostFourInAThousandBelow() {
    Random random = new Random(1);
    for (int i = 0; i < 10_000; i++) {
      float distance = (float) Math.exp(10 * random.nextGaussian());
      float lowest = PatchDistances.of(List.of(new float[] {distance})).bins().get(0).lowest();

      assertThat(lowest).isLessThanOrEqualTo(distance).isGreaterThan(distance * (1 - 1f / 256));
      assertThat(PatchDistances.startAfter(distance)).isGreaterThan(distance);
    }
  }

  @Test
  void documentsGiveTheCountsBack() {
    PatchDistances distances = PatchDistances.of(List.of(new float[] {0.1f, 3, 3, 1e20f}));

    assertThat(PatchDistances.Document.of(distances).distances()).isEqualTo(distances);
    assertThatThrownBy(() -> new PatchDistances.Document(List.of(1f), List.of(1L, 2L)).distances())
        .hasMessageContaining("differ in number");
    for (List<Float> lowest : List.of(List.of(2f, 1f), List.of(1f, Float.NaN), List.of(-1f, 1f))) {
      assertThatThrownBy(() -> new PatchDistances.Document(lowest, List.of(1L, 2L)).distances())
          .hasMessageContaining("ascending");
    }
  }

  @Test
  void aDistanceIsANumberOfAtLeastZero() {
    for (float distance : new float[] {-1, Float.NaN, Float.POSITIVE_INFINITY}) {
      assertThatThrownBy(() -> PatchDistances.of(List.of(new float[] {distance})))
          .isInstanceOf(IllegalArgumentException.class);
    }
  }
}
