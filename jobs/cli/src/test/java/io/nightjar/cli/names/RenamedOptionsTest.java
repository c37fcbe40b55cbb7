package io.nightjar.cli.names;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class RenamedOptionsTest {
  @Test
  void oldNamesAreReadAsTheOptionsOfToday() {
    String[] line = {"evaluate", "--pictures", "3", "--neighbors=2", "--out", "pictures"};

    assertThat(RenamedOptions.current(line))
        .containsExactly(
            "evaluate", "--visualizations", "3", "--neighbours=2", "--out", "pictures");
    assertThat(RenamedOptions.current("neighbors")).isEqualTo("neighbours");
    assertThat(RenamedOptions.current("variance")).isEqualTo("variance");
  }
}
