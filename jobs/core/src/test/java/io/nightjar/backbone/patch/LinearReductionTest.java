package io.nightjar.backbone.patch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.nightjar.backbone.graph.PatchLayout;
import java.util.List;
import org.junit.jupiter.api.Test;

class LinearReductionTest {

  /** Two channels to one component: (3 - 1) * 1 + (5 - 2) * 10 and (1 - 1) * 1 + (4 - 2) * 10. */
  @Test
  void patchesAreCentredAndMultiplied() {
    PatchLayout layout = new PatchLayout(1, List.of(new PatchLayout.Level(1, 2)));
    PatchMaps images = new PatchMaps(layout, 2, List.of(new float[] {3, 5, 1, 4}));
    LinearReduction reduction = new LinearReduction(new double[] {1, 2}, new float[] {1, 10}, 1);

    assertThat(reduction.apply(images)).containsExactly(32, 20);
  }

  /** The coarse level has one value, which every patch of the 2 x 2 grid gets. */
  @Test
  void coarseLevelsAreAddedToEveryPatch() {
    PatchLayout layout =
        new PatchLayout(2, List.of(new PatchLayout.Level(2, 1), new PatchLayout.Level(1, 1)));
    PatchMaps image =
        new PatchMaps(layout, 1, List.of(new float[] {1, 2, 3, 4}, new float[] {100}));
    LinearReduction reduction = new LinearReduction(new double[] {0, 0}, new float[] {1, 1}, 1);

    assertThat(reduction.apply(image)).containsExactly(101, 102, 103, 104);
    assertThat(image.rows()).containsExactly(1, 100, 2, 100, 3, 100, 4, 100);
  }

  @Test
  void directionsAreTheTransposedBasis() {
    LinearReduction reduction =
        new LinearReduction(new double[] {0.5, 0, 0}, new float[] {1, 2, 3, 4, 5, 6}, 2);

    assertThat(reduction.directions()).containsExactly(1, 3, 5, 2, 4, 6);
    assertThat(reduction.floatMean()).containsExactly(0.5f, 0, 0);
  }

  @Test
  void otherChannelsAreRefusedWithBothNumbers() {
    PatchLayout layout = new PatchLayout(1, List.of(new PatchLayout.Level(1, 3)));
    PatchMaps image = new PatchMaps(layout, 1, List.of(new float[3]));
    LinearReduction reduction = new LinearReduction(new double[2], new float[2], 1);

    assertThatIllegalArgumentException()
        .isThrownBy(() -> reduction.apply(image))
        .withMessageContaining("3 channels")
        .withMessageContaining("2 channels");
  }
}
