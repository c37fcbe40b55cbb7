package io.nightjar.dataset.demo.canvas;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class SeedsTest {

  @Test
  void mixesAsSplitMix64Does() {
    // The first output of SplitMix64 with seed 0, as its authors publish it.
    assertThat(Seeds.mix(0)).isEqualTo(0xe220a8397b1dcdafL);
  }

  @Test
  void namesAndSeedsBothCount() {
    assertThat(Seeds.derive(1, "a")).isNotEqualTo(Seeds.derive(1, "b"));
    assertThat(Seeds.derive(1, "a")).isNotEqualTo(Seeds.derive(2, "a"));
    assertThat(Seeds.derive(1, "a")).isEqualTo(Seeds.derive(1, "a"));
  }
}
