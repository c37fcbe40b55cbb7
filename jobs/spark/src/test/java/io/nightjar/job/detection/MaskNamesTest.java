package io.nightjar.job.detection;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class MaskNamesTest {

  @Test
  void aMaskHasTheNameOfItsImage() {
    assertThat(MaskNames.of("bottle", List.of("a/1.jpg", "b/1.jpg", "a/2.png")))
        .isEqualTo(
            Map.of(
                "a/1.jpg", "bottle/a/1.png",
                "b/1.jpg", "bottle/b/1.png",
                "a/2.png", "bottle/a/2.png"));
  }

  @Test
  void noTwoMasksHaveOneName() {
    assertThat(MaskNames.of("bottle", List.of("2.png", "2.jpg", "2.png.jpg")))
        .isEqualTo(
            Map.of(
                "2.png", "bottle/2.png.png",
                "2.jpg", "bottle/2.jpg.png",
                "2.png.jpg", "bottle/2.png.jpg.png"));
  }
}
