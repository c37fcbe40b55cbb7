package io.nightjar.backbone.patch;

import static org.assertj.core.api.Assertions.assertThat;

import io.nightjar.backbone.graph.PatchLayout;
import io.nightjar.backbone.spec.Size;
import io.nightjar.pca.covariance.SyntheticMaps;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class PatchMapsTest {

  @Test
  void patchesOfAnImageHaveTheBitsOfAllRows() {
    PatchLayout layout =
        new PatchLayout(
            new Size(6, 8),
            List.of(
                new PatchLayout.Level(new Size(6, 8), 3),
                new PatchLayout.Level(new Size(3, 4), 5),
                new PatchLayout.Level(new Size(2, 3), 4)),
            List.of(2, 1));
    PatchMaps maps = SyntheticMaps.random(layout, 3, 4);
    float[] rows = maps.rows();

    int[] cells = {47, 0, 19};
    float[] patches = maps.patches(2, cells);

    for (int i = 0; i < cells.length; i++) {
      int at = (2 * 48 + cells[i]) * 12;
      assertThat(Arrays.copyOfRange(patches, i * 12, (i + 1) * 12))
          .isEqualTo(Arrays.copyOfRange(rows, at, at + 12));
    }
  }
}
