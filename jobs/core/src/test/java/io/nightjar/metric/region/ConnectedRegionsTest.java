package io.nightjar.metric.region;

import static org.assertj.core.api.Assertions.assertThat;

import io.nightjar.dataset.Mask;
import io.nightjar.metric.BruteForceImages;
import io.nightjar.metric.LabelledImage;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ConnectedRegionsTest {

  @Test
  void pixelsThatTouchAtACornerBelongTogether() {
    ConnectedRegions regions = regions("#..", ".#.", "..#");

    assertThat(regions.count()).isOne();
    assertThat(regions.size(0)).isEqualTo(3);
  }

  @Test
  void pixelsThatDoNotTouchAreRegionsOfTheirOwn() {
    ConnectedRegions regions = regions("#.##", "#..#", "....", "##..");

    assertThat(regions.count()).isEqualTo(3);
    assertThat(regions.size(0)).isEqualTo(2);
    assertThat(regions.size(1)).isEqualTo(3);
    assertThat(regions.size(2)).isEqualTo(2);
  }

  @Test
  void branchesThatJoinLaterAreOneRegion() {
    assertThat(regions("#.#.#", "#.#.#", ".#.#.").count()).isOne();
    assertThat(regions("..###", ".#...", "#.###", "#.#.#", "#...#", ".###.").count()).isOne();
  }

  @Test
  void aMaskMayMarkNoPixelOrAll() {
    assertThat(ConnectedRegions.of(Mask.empty(5, 4)).count()).isZero();

    ConnectedRegions whole = regions("###", "###");
    assertThat(whole.count()).isOne();
    assertThat(whole.size(0)).isEqualTo(6);
    assertThat(regions("#").size(0)).isOne();
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12})
  void randomMasksAreLabelledAsFloodingLabelsThem(long seed) {
    Random random = new Random(seed);
    boolean[][] truth = new boolean[1 + random.nextInt(60)][1 + random.nextInt(130)];
    double density = random.nextDouble();
    for (boolean[] row : truth) {
      for (int x = 0; x < row.length; x++) {
        row[x] = random.nextDouble() < density;
      }
    }

    ConnectedRegions regions = ConnectedRegions.of(LabelledImage.mask(truth));

    int[][] labels = new int[truth.length][truth[0].length];
    for (int y = 0; y < truth.length; y++) {
      int[] row = labels[y];
      regions.runsOfRow(
          y,
          (region, from, to) -> {
            for (int x = from; x < to; x++) {
              row[x] = region + 1;
            }
          });
    }
    assertThat(labels).isDeepEqualTo(BruteForceImages.labels(truth));
  }

  private static ConnectedRegions regions(String... rows) {
    return ConnectedRegions.of(LabelledImage.mask(LabelledImage.truth(rows)));
  }
}
