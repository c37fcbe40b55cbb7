package io.nightjar.dataset.demo;

import static org.assertj.core.api.Assertions.assertThat;

import io.nightjar.dataset.demo.canvas.PaintedImage;
import io.nightjar.dataset.demo.flaw.Flaw;
import io.nightjar.dataset.demo.scene.Scene;
import io.nightjar.dataset.demo.scene.Scenes;
import java.util.Arrays;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class DemoImageTest {
  private static final int SIZE = 96;

  static Stream<Arguments> defects() {
    return Scenes.ALL.stream()
        .flatMap(scene -> scene.defects().stream().map(defect -> Arguments.of(scene, defect)));
  }

  static Stream<Scene> scenes() {
    return Scenes.ALL.stream();
  }

  @ParameterizedTest
  @MethodSource("defects")
  void theMaskMarksEveryPixelThatTheDefectChangedAndOnlyTheirNeighbours(
      Scene scene, String defect) {
    DemoImage image = new DemoImage(scene, "test", defect, 0, SIZE, 11);
    PaintedImage good = image.good();
    DemoImage.Defective defective = image.defective();

    int masked = 0;
    for (int y = 0; y < SIZE; y++) {
      for (int x = 0; x < SIZE; x++) {
        boolean inMask = defective.mask().at(x, y);
        masked += inMask ? 1 : 0;
        if (changed(good, defective.image(), x, y)) {
          assertThat(inMask).as("changed pixel (%d, %d)", x, y).isTrue();
        } else if (inMask) {
          assertThat(changedNear(good, defective.image(), x, y))
              .as("masked pixel (%d, %d)", x, y)
              .isTrue();
        }
      }
    }
    assertThat(masked).isBetween(5, SIZE * SIZE / 2);
  }

  @ParameterizedTest
  @MethodSource("scenes")
  void everySceneHasSeveralDefectsInOrder(Scene scene) {
    assertThat(scene.defects())
        .hasSizeGreaterThanOrEqualTo(2)
        .isSorted()
        .doesNotHaveDuplicates()
        .doesNotContain(Flaw.GOOD);
  }

  @ParameterizedTest
  @MethodSource("scenes")
  void goodImagesDiffer(Scene scene) {
    PaintedImage first = new DemoImage(scene, "train", Flaw.GOOD, 0, SIZE, 11).good();
    PaintedImage second = new DemoImage(scene, "train", Flaw.GOOD, 1, SIZE, 11).good();

    assertThat(Arrays.equals(first.pixels(), second.pixels())).isFalse();
  }

  private static boolean changedNear(PaintedImage good, PaintedImage flawed, int x, int y) {
    for (int j = Math.max(0, y - 2); j <= Math.min(SIZE - 1, y + 2); j++) {
      for (int i = Math.max(0, x - 2); i <= Math.min(SIZE - 1, x + 2); i++) {
        if (changed(good, flawed, i, j)) {
          return true;
        }
      }
    }
    return false;
  }

  private static boolean changed(PaintedImage good, PaintedImage flawed, int x, int y) {
    int at = (y * SIZE + x) * 3;
    return !Arrays.equals(good.pixels(), at, at + 3, flawed.pixels(), at, at + 3);
  }
}
