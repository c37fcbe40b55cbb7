package io.nightjar.pca.components;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.nightjar.error.InvalidInputException;
import io.nightjar.linalg.Jacobi;
import io.nightjar.pca.covariance.SyntheticPatches;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class StageWeightsTest {
  private static final double[] VARIANCES = {1, 3, 0.25, 9, 9, 7};
  private static final List<Integer> STAGES = List.of(2, 1, 3);

  @Test
  void aBalancedStageIsDividedByTheRootOfItsVariance() {
    assertThat(StageWeights.BALANCED.factors(STAGES, VARIANCES))
        .containsExactly(new double[] {0.5, 0.5, 2, 0.2, 0.2, 0.2}, within(1e-15));
  }

  @Test
  void aConstantStageCountsNothingWhenItIsBalanced() {
    assertThat(StageWeights.BALANCED.factors(List.of(1, 1), new double[] {0, 4}))
        .containsExactly(0, 0.5);
  }

  @Test
  void givenWeightsAreThoseOfAllChannelsOfTheirStages() {
    assertThat(StageWeights.parse("1, 2,0.5").factors(STAGES, VARIANCES))
        .containsExactly(1, 1, 2, 0.5, 0.5, 0.5);
    assertThat(StageWeights.NONE.factors(STAGES, VARIANCES)).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"none", "balanced", "1.0,0.25,2.0"})
  void theNameIsReadAsItIsWritten(String text) {
    assertThat(StageWeights.parse(text).id()).isEqualTo(text);
    assertThat(StageWeights.parse(StageWeights.parse(text).id()))
        .isEqualTo(StageWeights.parse(text));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "heavy", "1,,2", "1;2"})
  void whatIsNoListOfNumbersIsRefused(String text) {
    assertThatThrownBy(() -> StageWeights.parse(text))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("--stage-weights is \"" + text + "\"")
        .hasMessageContaining("such as 1,1,0.5");
  }

  @ParameterizedTest
  @ValueSource(strings = {"0", "-1", "NaN", "Infinity"})
  void aWeightIsAbove0(String weight) {
    assertThatThrownBy(() -> StageWeights.parse("1," + weight))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("The stage weight " + Double.parseDouble(weight))
        .hasMessageContaining("above 0");
  }

  @Test
  void thereIsAWeightForEachLayer() {
    StageWeights.BALANCED.requireFits(List.of(1, 2));
    StageWeights.parse("1,2").requireFits(List.of(1, 2));
    assertThatThrownBy(() -> StageWeights.parse("1").requireFits(List.of(1, 2)))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("names 1 weight, 1.0, but --layers 1,2 has 2");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> StageWeights.BALANCED.factors(List.of(2, 2), VARIANCES));
  }

  /** The components of rows whose channels were multiplied before, by Jacobi's rotations. */
  @Test
  void componentsAreThoseOfPatchesThatWereMultiplied() {
    int channels = 9;
    List<Integer> stages = List.of(2, 4, 3);
    float[] patches = SyntheticPatches.correlated(400, channels, 5, 61);
    double[] weights = {3, 3, 0.5, 0.5, 0.5, 0.5, 2, 2, 2};

    PrincipalComponents components =
        PrincipalComponents.fit(
            SyntheticPatches.partial(patches, channels),
            new ComponentRule(0.95, 4, StageWeights.parse("3,0.5,2")),
            stages);

    double[] covariance = SyntheticPatches.covariance(patches, channels);
    for (int i = 0; i < channels; i++) {
      for (int j = 0; j < channels; j++) {
        covariance[i * channels + j] *= weights[i] * weights[j];
      }
    }
    Jacobi.Result expected = Jacobi.solve(covariance, channels);
    int count = components.count();
    assertThat(count).isBetween(2, 4);
    float[] projected = components.project(patches, 400);
    for (int j = 0; j < count; j++) {
      assertThat(components.eigenvalues()[j])
          .isCloseTo(expected.values()[j], within(1e-5 * expected.values()[j]));
      double sign = 0;
      for (int row = 0; row < 400; row++) {
        double value = 0;
        for (int i = 0; i < channels; i++) {
          value +=
              expected.vectors()[j][i]
                  * weights[i]
                  * (patches[row * channels + i] - components.mean()[i]);
        }
        if (row == 0) {
          sign = Math.signum(value * projected[j]);
        }
        assertThat(projected[row * count + j]).isCloseTo((float) (sign * value), within(2e-4f));
      }
    }
    assertThat(components.factors()).containsExactly(weights);
  }
}
