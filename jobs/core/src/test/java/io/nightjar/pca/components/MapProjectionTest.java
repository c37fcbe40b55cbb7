package io.nightjar.pca.components;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import io.nightjar.backbone.patch.PatchMaps;
import io.nightjar.pca.covariance.SyntheticMaps;
import io.nightjar.pca.covariance.SyntheticPatches;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MapProjectionTest {

  @ParameterizedTest
  @ValueSource(
      strings = {"8: 8x5 4x6", "7: 7x3 4x5", "8: 8x4 2x3", "6: 6x5", "6: 3x4", "8: 8x3 4x4 2x5"})
  void equalsTheDefinitionOnInterpolatedRows(String text) {
    PatchMaps maps = SyntheticMaps.random(SyntheticMaps.layout(text), 15, 41);
    int channels = maps.layout().channels();
    float[] rows = SyntheticMaps.rows(maps);
    PrincipalComponents components =
        PrincipalComponents.fit(SyntheticPatches.partial(rows, channels), 0.99);

    float[] projected = components.project(maps);

    double[] mean = components.mean();
    double[] basis = components.basis();
    assertThat(projected).hasSize(rows.length / channels * components.count());
    for (int row = 0; row < rows.length / channels; row++) {
      for (int j = 0; j < components.count(); j++) {
        double expected = 0;
        for (int i = 0; i < channels; i++) {
          expected += (rows[row * channels + i] - mean[i]) * basis[i * components.count() + j];
        }
        assertThat((double) projected[row * components.count() + j])
            .isCloseTo(expected, within(2e-6));
      }
    }
  }

  @Test
  void otherChannelsAreRefused() {
    PatchMaps maps = SyntheticMaps.random(SyntheticMaps.layout("4: 4x2 2x2"), 2, 42);
    PrincipalComponents components =
        PrincipalComponents.fit(
            SyntheticPatches.partial(SyntheticPatches.correlated(50, 3, 2, 43), 3), 0.9);

    assertThatIllegalArgumentException()
        .isThrownBy(() -> components.project(maps))
        .withMessage("Patches of 4 channels cannot be reduced by components of 3 channels");
  }
}
