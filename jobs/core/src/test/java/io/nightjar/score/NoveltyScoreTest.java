package io.nightjar.score;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class NoveltyScoreTest {

  @Test
  void theMeanOfTheEightLargestOf784() {
    float[] distances = new float[784];
    for (int i = 0; i < distances.length; i++) {
      distances[i] = (i * 31) % 784; // each of 0 to 783 once
    }

    assertThat(NoveltyScore.of(distances)).isEqualTo(779.5);
  }

  @Test
  void ofFewPatchesTheLargestCounts() {
    assertThat(NoveltyScore.of(new float[] {1, 7, 3})).isEqualTo(7);
  }
}
