package io.nightjar.pca.components;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import io.nightjar.backbone.graph.PatchLayout;
import io.nightjar.backbone.patch.GridPosition;
import io.nightjar.backbone.patch.PatchMaps;
import io.nightjar.backbone.spec.Size;
import io.nightjar.pca.covariance.MapCovariance;
import io.nightjar.pca.covariance.SyntheticMaps;
import io.nightjar.pca.covariance.SyntheticPatches;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class PatchReductionTest {
  private static final int GRID = 8;
  private static final int IMAGES = 6;
  private static final int ROWS = IMAGES * GRID * GRID;

  /** Two branches, of 5 + 6 and of 7 channels. */
  private static final PatchLayout LAYOUT =
      new PatchLayout(
          Size.square(GRID),
          List.of(
              new PatchLayout.Level(8, 5),
              new PatchLayout.Level(4, 6),
              new PatchLayout.Level(8, 7)),
          List.of(2, 1));

  private final PatchMaps maps = SyntheticMaps.random(LAYOUT, IMAGES, 51);
  private final float[] rows = SyntheticMaps.rows(maps);

  private PatchReduction fitted() {
    MapCovariance covariance = new MapCovariance(LAYOUT);
    covariance.add(maps);
    return PatchReduction.fit(
        covariance.toPartial(), ComponentRule.of(0.9), List.of(List.of(5, 6), List.of(7)));
  }

  private float[] columns(int first, int count) {
    float[] columns = new float[ROWS * count];
    for (int row = 0; row < ROWS; row++) {
      System.arraycopy(rows, row * LAYOUT.channels() + first, columns, row * count, count);
    }
    return columns;
  }

  @Test
  void eachBranchHasComponentsOfItsOwn() {
    PatchReduction reduction = fitted();

    assertThat(reduction.branches()).hasSize(2);
    assertThat(reduction.channels()).isEqualTo(18);
    int first = 0;
    for (PrincipalComponents branch : reduction.branches()) {
      int channels = branch.channels();
      PrincipalComponents alone =
          PrincipalComponents.fit(
              SyntheticPatches.partial(columns(first, channels), channels), 0.9);
      assertThat(branch.count()).isEqualTo(alone.count());
      assertThat(branch.mean()).containsExactly(alone.mean(), within(1e-6));
      assertThat(branch.eigenvalues()).containsExactly(alone.eigenvalues(), within(1e-5));
      assertThat(branch.basis()).containsExactly(alone.basis(), within(1e-4));
      first += channels;
    }
    assertThat(first).isEqualTo(18);
  }

  /** By the definition, in float64; so every branch has a variance of 1 in all. */
  @Test
  void coordinatesAreInUnitsOfTheVarianceThatTheirBranchKeeps() {
    PatchReduction reduction = fitted();

    float[] projected = reduction.project(maps);

    int width = reduction.dimension();
    assertThat(width)
        .isEqualTo(reduction.branches().get(0).count() + reduction.branches().get(1).count());
    assertThat(projected).hasSize(ROWS * width);
    int firstChannel = 0;
    int firstValue = 0;
    for (PrincipalComponents branch : reduction.branches()) {
      double kept = 0;
      for (double eigenvalue : branch.eigenvalues()) {
        kept += eigenvalue;
      }
      double squares = 0;
      for (int row = 0; row < ROWS; row++) {
        for (int j = 0; j < branch.count(); j++) {
          double expected = 0;
          for (int i = 0; i < branch.channels(); i++) {
            expected +=
                (rows[row * 18 + firstChannel + i] - branch.mean()[i])
                    * branch.basis()[i * branch.count() + j]
                    / Math.sqrt(kept);
          }
          double found = projected[row * width + firstValue + j];
          assertThat(found).isCloseTo(expected, within(2e-6));
          squares += found * found;
        }
      }
      assertThat(squares / (ROWS - 1)).isCloseTo(1, within(1e-5));
      firstChannel += branch.channels();
      firstValue += branch.count();
    }
  }

  @Test
  void wholePatchesGiveWhatMapsGive() {
    PatchReduction reduction = fitted().with(new GridPosition(GRID, 0.5));

    float[] ofMaps = reduction.project(maps);
    float[] ofRows = reduction.project(rows, ROWS);

    assertThat(ofRows).hasSameSizeAs(ofMaps);
    for (int i = 0; i < ofMaps.length; i++) {
      assertThat(ofRows[i]).isCloseTo(ofMaps[i], within(5e-6f));
    }
  }

  @Test
  void thePlaceFollowsTheComponents() {
    PatchReduction plain = fitted();
    PatchReduction placed = plain.with(new GridPosition(GRID, 0.3));

    float[] rowsWithout = plain.project(maps);
    float[] rowsWith = placed.project(maps);

    int width = plain.dimension();
    assertThat(placed.dimension()).isEqualTo(width + 2);
    assertThat(placed.components()).isEqualTo(width);
    for (int row = 0; row < ROWS; row++) {
      for (int i = 0; i < width; i++) {
        assertThat(rowsWith[row * (width + 2) + i]).isEqualTo(rowsWithout[row * width + i]);
      }
      int gridRow = row % 64 / 8;
      int gridColumn = row % 8;
      assertThat(rowsWith[row * (width + 2) + width]).isEqualTo((float) (0.3 * gridRow));
      assertThat(rowsWith[row * (width + 2) + width + 1]).isEqualTo((float) (0.3 * gridColumn));
    }
  }

  @Test
  void anEmbedderAppliesTheSame() {
    PatchReduction reduction = fitted().with(new GridPosition(GRID, 0.3));

    assertThat(reduction.linear().apply(maps)).isEqualTo(reduction.project(maps));
    assertThat(reduction.linear().branches()).hasSize(2);
    assertThat(reduction.linear().placed(reduction.linear().reduce(maps)))
        .isEqualTo(reduction.project(maps));
  }

  @Test
  void oneBranchIsItsComponentsBitForBit() {
    PrincipalComponents components =
        PrincipalComponents.fit(SyntheticPatches.partial(columns(0, 11), 11), 0.9);
    PatchReduction reduction = PatchReduction.of(components);
    PatchMaps branch = maps.branches().get(0);

    assertThat(reduction.project(branch)).isEqualTo(components.project(branch));
    assertThat(reduction.dimension()).isEqualTo(components.count());
    assertThat(reduction.explainedVarianceRatio()).isEqualTo(components.explainedVarianceRatio());
    assertThat(reduction.channelWeights()).containsOnly(1.0);
  }

  /** Of branches that keep 0.9 and 0.6: 2 / (1 / 0.9 + 1 / 0.6). */
  @Test
  void theExplainedRatioWeighsBranchesAsTheirScalesDo() {
    PatchReduction reduction =
        PatchReduction.of(
            List.of(
                new PrincipalComponents(
                    new double[] {0, 0}, new double[] {9}, new double[] {1, 0}, 10),
                new PrincipalComponents(
                    new double[] {0, 0}, new double[] {3}, new double[] {0, 1}, 5)),
            Optional.empty());

    assertThat(reduction.explainedVarianceRatio()).isCloseTo(0.72, within(1e-15));
    assertThat(reduction.channelWeights())
        .containsExactly(new double[] {1 / 9.0, 1 / 9.0, 1 / 3.0, 1 / 3.0}, within(1e-15));
  }

  /** Each channel counts by the square of its factor, over the variance that its branch keeps. */
  @Test
  void weightedStagesCountByTheSquaresOfTheirFactors() {
    MapCovariance covariance = new MapCovariance(LAYOUT);
    covariance.add(maps);
    PatchReduction reduction =
        PatchReduction.fit(
            covariance.toPartial(),
            new ComponentRule(0.9, ComponentRule.ALL, StageWeights.BALANCED),
            List.of(List.of(5, 6), List.of(7)));

    double[] weights = reduction.channelWeights();

    assertThat(reduction.isWeighted()).isTrue();
    int[] ends = {5, 11, 18};
    int first = 0;
    for (int end : ends) {
      double variance = 0;
      for (int i = first; i < end; i++) {
        double mean = 0;
        for (int row = 0; row < ROWS; row++) {
          mean += (double) rows[row * 18 + i] / ROWS;
        }
        for (int row = 0; row < ROWS; row++) {
          variance += Math.pow(rows[row * 18 + i] - mean, 2) / (ROWS - 1);
        }
      }
      PrincipalComponents branch = reduction.branches().get(end == 18 ? 1 : 0);
      double kept = branch.explainedVarianceRatio() * branch.totalVariance();
      assertThat(branch.totalVariance()).isCloseTo(end == 18 ? 1 : 2, within(1e-5));
      for (int i = first; i < end; i++) {
        assertThat(weights[i]).isCloseTo(1 / variance / kept, within(1e-4 / variance / kept));
      }
      first = end;
    }
  }

  @Test
  void patchesOfOtherBranchesAreRefused() {
    PatchReduction reduction = fitted();
    PatchLayout other =
        new PatchLayout(GRID, List.of(new PatchLayout.Level(8, 11), new PatchLayout.Level(4, 7)));

    assertThatIllegalArgumentException()
        .isThrownBy(() -> reduction.project(SyntheticMaps.random(other, 1, 52)))
        .withMessage("Patches of 1 branches cannot be reduced by components of 2");
  }

  @Test
  void placesAreThoseOfWholeImages() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new GridPosition(2, 1).appendedTo(new float[6], 2))
        .withMessage("6 values are not the 4 patches of whole images, of 2 values each");
    assertThatIllegalArgumentException().isThrownBy(() -> new GridPosition(2, -1));
    assertThatIllegalArgumentException().isThrownBy(() -> new GridPosition(2, Double.NaN));
  }
}
