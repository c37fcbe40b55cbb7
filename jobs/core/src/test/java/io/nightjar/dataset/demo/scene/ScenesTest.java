package io.nightjar.dataset.demo.scene;

import static org.assertj.core.api.Assertions.assertThat;

import io.nightjar.dataset.demo.canvas.Canvas;
import io.nightjar.dataset.demo.canvas.Variation;
import io.nightjar.dataset.demo.flaw.Flaw;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class ScenesTest {

  static List<Scene> scenes() {
    return Scenes.ALL;
  }

  @Test
  void theyAreTheTexturesAndThenTheObjectsOfMvtecAd() {
    assertThat(Scenes.ALL)
        .extracting(Scene::category)
        .containsExactly(
            "carpet",
            "grid",
            "leather",
            "tile",
            "wood",
            "bottle",
            "cable",
            "capsule",
            "hazelnut",
            "metal_nut",
            "pill",
            "screw",
            "toothbrush",
            "transistor",
            "zipper");
  }

  /** So that a good and a defective image of one seed differ by the defect alone. */
  @ParameterizedTest
  @MethodSource("scenes")
  void aDefectDrawsNoNumbersOfTheImagesOwnVariation(Scene scene) {
    Variation good = new Variation(5);
    scene.paint(new Canvas(64), good, new Flaw(Flaw.GOOD, new Variation(0)));
    double next = good.between(0, 1);

    for (String defect : scene.defects()) {
      Variation flawed = new Variation(5);
      scene.paint(new Canvas(64), flawed, new Flaw(defect, new Variation(9)));
      assertThat(flawed.between(0, 1)).as(defect).isEqualTo(next);
    }
  }
}
