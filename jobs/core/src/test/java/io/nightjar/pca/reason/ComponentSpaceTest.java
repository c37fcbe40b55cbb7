package io.nightjar.pca.reason;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import io.nightjar.backbone.patch.GridPosition;
import io.nightjar.pca.components.ComponentRule;
import io.nightjar.pca.components.PatchReduction;
import io.nightjar.pca.components.PrincipalComponents;
import io.nightjar.pca.components.StageWeights;
import io.nightjar.pca.covariance.SyntheticPatches;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ComponentSpaceTest {
  /** Columns (1, 0, 0) and (0, 0.6, 0.8). */
  private static final PrincipalComponents PLAIN =
      new PrincipalComponents(
          new double[] {1, 1, 1}, new double[] {3, 1}, new double[] {1, 0, 0, 0.6, 0, 0.8}, 5);

  /** The same columns of channels that are multiplied by 2, 0.5 and 0.5 before. */
  private static final PrincipalComponents WEIGHTED =
      new PrincipalComponents(
          new double[] {1, 1, 1},
          new double[] {3, 1},
          new double[] {2, 0, 0, 0.3, 0, 0.4},
          5,
          new double[] {2, 0.5, 0.5});

  @Test
  void stagesHaveThePartsOfTheirChannels() {
    for (PrincipalComponents components : List.of(PLAIN, WEIGHTED)) {
      ComponentSpace space =
          new ComponentSpace(PatchReduction.of(components), List.of(List.of(1, 1, 1)));

      // Back: 3 (1, 0, 0) + 5 (0, 0.6, 0.8) = (3, 3, 4).
      DistanceParts parts = space.parts(new float[] {4, 6}, new float[] {1, 1});

      assertThat(parts.squared()).isEqualTo(34);
      assertThat(parts.stages().get(0)).isEqualTo(9 / 34.0, within(1e-12));
      assertThat(parts.stages().get(1)).isEqualTo(9 / 34.0, within(1e-12));
      assertThat(parts.stages().get(2)).isEqualTo(16 / 34.0, within(1e-12));
      assertThat(parts.position()).isZero();
      assertThat(parts.components())
          .containsExactly(
              new DistanceParts.Component(2, 25 / 34.0), new DistanceParts.Component(1, 9 / 34.0));
    }
  }

  @Test
  void thePlaceHasAPartOfItsOwn() {
    PatchReduction reduction =
        PatchReduction.of(List.of(PLAIN, WEIGHTED), Optional.of(new GridPosition(4, 0.5)));
    ComponentSpace space = new ComponentSpace(reduction, List.of(List.of(1, 2), List.of(2, 1)));

    DistanceParts parts =
        space.parts(new float[] {3, 5, 0, 5, 2, 1}, new float[] {0, 0, 0, 0, 0, 0});

    // Back: (3, 3, 4) and (0, 3, 4), whatever the scales are; the place adds 5.
    assertThat(parts.squared()).isEqualTo(64);
    assertThat(parts.stages()).hasSize(4);
    assertThat(parts.stages().get(0)).isEqualTo(9 / 64.0, within(1e-12));
    assertThat(parts.stages().get(1)).isEqualTo(25 / 64.0, within(1e-12));
    assertThat(parts.stages().get(2)).isEqualTo(9 / 64.0, within(1e-12));
    assertThat(parts.stages().get(3)).isEqualTo(16 / 64.0, within(1e-12));
    assertThat(parts.position()).isEqualTo(5 / 64.0, within(1e-12));
    assertThat(parts.components())
        .extracting(DistanceParts.Component::number)
        .containsExactly(2, 4, 1);
  }

  /** With all components there is nothing to project: the parts are those of the patches. */
  @Test
  void ofAllComponentsThePartsAreThoseOfTheWeightedPatches() {
    int channels = 9;
    int count = 300;
    float[] patches = SyntheticPatches.correlated(count, channels, 9, 5);
    ComponentRule rule =
        new ComponentRule(1, ComponentRule.ALL, new StageWeights(false, List.of(1.0, 3.0, 0.5)));
    PatchReduction reduction =
        PatchReduction.fit(
            SyntheticPatches.partial(patches, channels), rule, List.of(List.of(2, 3, 4)));
    assertThat(reduction.dimension()).isEqualTo(channels);
    float[] rows = reduction.project(patches, count);
    ComponentSpace space = new ComponentSpace(reduction, List.of(List.of(2, 3, 4)));

    for (int other = 1; other < 20; other++) {
      double[] sums = new double[3];
      for (int i = 0; i < channels; i++) {
        int stage = i < 2 ? 0 : i < 5 ? 1 : 2;
        double weight = List.of(1.0, 3.0, 0.5).get(stage);
        sums[stage] += Math.pow(weight * ((double) patches[i] - patches[other * channels + i]), 2);
      }
      double all = sums[0] + sums[1] + sums[2];

      DistanceParts parts = space.parts(row(rows, 0, channels), row(rows, other, channels));

      assertThat(parts.squared()).isEqualTo(all, within(1e-4 * all));
      for (int stage = 0; stage < 3; stage++) {
        assertThat(parts.stages().get(stage)).isEqualTo(sums[stage] / all, within(1e-4));
      }
      assertThat(parts.stages().stream().mapToDouble(Double::doubleValue).sum())
          .isEqualTo(1, within(1e-9));
    }
    assertThat(space.outside(patches, 7).orElseThrow()).isLessThan(1e-6);
  }

  private static float[] row(float[] rows, int row, int dimension) {
    return Arrays.copyOfRange(rows, row * dimension, (row + 1) * dimension);
  }

  @Test
  void whatTheComponentsDoNotSeeLiesOutside() {
    ComponentSpace space = new ComponentSpace(PatchReduction.of(WEIGHTED), List.of(List.of(3)));

    // Weighted deviations (2, 1, 0.5), of which (2, 0.6, 0.8) lie within: (0, 0.4, -0.3) is left.
    assertThat(space.outside(new float[] {9, 9, 9, 2, 3, 2}, 1).orElseThrow())
        .isEqualTo(0.5 / Math.sqrt(5.25), within(1e-12));
    assertThat(space.outside(new float[] {1, 1, 1}, 0)).isEmpty();
  }

  @Test
  void equalRowsHaveNoParts() {
    ComponentSpace space = new ComponentSpace(PatchReduction.of(PLAIN), List.of(List.of(3)));

    assertThat(space.parts(new float[] {2, 1}, new float[] {2, 1})).isSameAs(DistanceParts.NONE);
  }

  @Test
  void stagesOfOtherChannelsAreRefused() {
    PatchReduction reduction = PatchReduction.of(PLAIN);

    assertThatIllegalArgumentException()
        .isThrownBy(() -> new ComponentSpace(reduction, List.of(List.of(1, 1))))
        .withMessageContaining("[1, 1]");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new ComponentSpace(reduction, List.of(List.of(3), List.of(3))));
    assertThatIllegalArgumentException()
        .isThrownBy(
            () ->
                new ComponentSpace(reduction, List.of(List.of(3)))
                    .parts(new float[3], new float[2]));
  }
}
