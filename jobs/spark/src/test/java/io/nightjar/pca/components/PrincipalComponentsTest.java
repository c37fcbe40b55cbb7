package io.nightjar.pca.components;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.nightjar.error.InvalidInputException;
import io.nightjar.linalg.Jacobi;
import io.nightjar.pca.MllibSolver;
import io.nightjar.pca.covariance.PartialCovariance;
import io.nightjar.pca.covariance.SyntheticPatches;
import java.util.Arrays;
import org.apache.spark.ml.feature.PCAModel;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PrincipalComponentsTest {
  /** Covariance [[2/3, 2/3], [2/3, 4/3]]: eigenvalues 1 ± sqrt(5)/3, together 2. */
  private static final float[] FOUR_POINTS = {1, 1, 3, 3, 2, 1, 2, 3};

  @Test
  void fourPointsOfThePlane() {
    PrincipalComponents components =
        PrincipalComponents.fit(SyntheticPatches.partial(FOUR_POINTS, 2), 1);

    double first = 1 + Math.sqrt(5) / 3;
    double second = 1 - Math.sqrt(5) / 3;
    // (C - first) v = 0: v is proportional to (2/3, first - 2/3).
    double length = Math.hypot(2 / 3.0, first - 2 / 3.0);
    double x = 2 / 3.0 / length;
    double y = (first - 2 / 3.0) / length;
    assertThat(components.count()).isEqualTo(2);
    assertThat(components.channels()).isEqualTo(2);
    assertThat(components.totalVariance()).isCloseTo(2, within(1e-14));
    assertThat(components.eigenvalues())
        .containsExactly(new double[] {first, second}, within(1e-14));
    assertThat(components.basis()).containsExactly(new double[] {x, y, y, -x}, within(1e-14));
    assertThat(components.project(new float[] {3, 3, 2, 1}, 2))
        .containsExactly(
            new float[] {(float) (x + y), (float) (y - x), (float) -y, (float) x}, within(1e-6f));
  }

  /** The first component has (1 + sqrt(5)/3) / 2 = 0.87268 of the variance. */
  @Test
  void fewestComponentsThatReachTheVarianceAreKept() {
    PartialCovariance points = SyntheticPatches.partial(FOUR_POINTS, 2);

    PrincipalComponents one = PrincipalComponents.fit(points, 0.8726);
    assertThat(one.count()).isEqualTo(1);
    assertThat(one.explainedVarianceRatio()).isCloseTo(0.87268, within(1e-5));
    assertThat(PrincipalComponents.fit(points, 1e-9).count()).isEqualTo(1);
    assertThat(PrincipalComponents.fit(points, 0.8727).count()).isEqualTo(2);
    assertThat(PrincipalComponents.fit(points, 1).explainedVarianceRatio()).isEqualTo(1);
  }

  @Test
  void aLimitKeepsTheFirstOfTheComponents() {
    int channels = 24;
    PartialCovariance patches =
        SyntheticPatches.partial(SyntheticPatches.correlated(500, channels, 8, 26), channels);
    PrincipalComponents all = PrincipalComponents.fit(patches, 0.99);

    PrincipalComponents three = PrincipalComponents.fit(patches, new ComponentRule(0.99, 3));

    assertThat(all.count()).isGreaterThan(3);
    assertThat(three.count()).isEqualTo(3);
    assertThat(three.eigenvalues()).isEqualTo(Arrays.copyOf(all.eigenvalues(), 3));
    assertThat(three.totalVariance()).isEqualTo(all.totalVariance());
    for (int i = 0; i < channels; i++) {
      for (int j = 0; j < 3; j++) {
        assertThat(three.basis()[i * 3 + j]).isEqualTo(all.basis()[i * all.count() + j]);
      }
    }
    double kept = all.eigenvalues()[0] + all.eigenvalues()[1] + all.eigenvalues()[2];
    assertThat(three.explainedVarianceRatio()).isCloseTo(kept / all.totalVariance(), within(1e-15));
    assertThat(PrincipalComponents.fit(patches, new ComponentRule(0.99, 24)).basis())
        .isEqualTo(all.basis());
  }

  @Test
  void aLimitOfNoComponentIsRefused() {
    assertThatThrownBy(() -> new ComponentRule(0.95, 0))
        .isInstanceOf(InvalidInputException.class)
        .hasMessage("At least one principal component must be kept, not at most 0");
  }

  @Test
  void allVarianceMeansAsManyComponentsAsTheRank() {
    int channels = 20;
    float[] patches = SyntheticPatches.correlated(400, channels, 4, 21);
    for (int row = 0; row < 400; row++) {
      for (int i = 5; i < channels; i++) {
        patches[row * channels + i] = patches[row * channels + i % 5] * (1 << (i % 3));
      }
    }

    PrincipalComponents components =
        PrincipalComponents.fit(SyntheticPatches.partial(patches, channels), 1);

    assertThat(components.count()).isEqualTo(5);
  }

  @Test
  void fewPatchesHaveFewerComponentsThanPatches() {
    float[] patches = SyntheticPatches.correlated(3, 30, 4, 22);

    PrincipalComponents components =
        PrincipalComponents.fit(SyntheticPatches.partial(patches, 30), 1);

    assertThat(components.count()).isEqualTo(2);
  }

  @Test
  void agreesWithBruteForceCovarianceAndJacobiRotations() {
    int channels = 24;
    float[] patches = SyntheticPatches.correlated(3000, channels, 8, 23);
    double[] covariance = SyntheticPatches.covariance(patches, channels);

    PrincipalComponents components =
        PrincipalComponents.fit(SyntheticPatches.partial(patches, channels), 0.95);

    Jacobi.Result expected = Jacobi.solve(covariance, channels);
    double total = Arrays.stream(expected.values()).sum();
    double reached = 0;
    for (int j = 0; j < components.count(); j++) {
      assertThat(reached).isLessThan(0.95 * total);
      reached += expected.values()[j];
      assertThat(components.eigenvalues()[j])
          .isCloseTo(expected.values()[j], within(1e-5 * expected.values()[j]));
      double product = 0;
      for (int i = 0; i < channels; i++) {
        product += components.basis()[i * components.count() + j] * expected.vectors()[j][i];
      }
      assertThat(Math.abs(product)).isCloseTo(1, within(1e-6));
    }
    assertThat(reached).isGreaterThanOrEqualTo(0.95 * total);
    assertThat(components.totalVariance()).isCloseTo(total, within(1e-5 * total));
  }

  @Test
  void coordinatesAreDeviationsFromTheMeanAlongEachComponent() {
    int channels = 10;
    float[] patches = SyntheticPatches.correlated(50, channels, 5, 24);
    PrincipalComponents components =
        PrincipalComponents.fit(SyntheticPatches.partial(patches, channels), 0.9);
    int count = components.count();

    float[] projected = components.project(patches, 50);

    assertThat(projected).hasSize(50 * count);
    for (int row = 0; row < 50; row++) {
      for (int j = 0; j < count; j++) {
        double expected = 0;
        for (int i = 0; i < channels; i++) {
          expected +=
              (patches[row * channels + i] - components.mean()[i])
                  * components.basis()[i * count + j];
        }
        assertThat((double) projected[row * count + j]).isCloseTo(expected, within(2e-6));
      }
    }
  }

  @Test
  void largeMeanCostsNoPrecision() {
    float[] patches = {100_000, 0, 100_001, 0, 100_002, 0, 100_003, 0};

    PrincipalComponents components =
        PrincipalComponents.fit(SyntheticPatches.partial(patches, 2), 0.9);

    assertThat(components.project(patches, 4)).containsExactly(-1.5f, -0.5f, 0.5f, 1.5f);
  }

  @Test
  void mllibModelAddsTheMeanCoordinates() {
    int channels = 7;
    float[] patches = SyntheticPatches.correlated(60, channels, 4, 25);
    PrincipalComponents components =
        PrincipalComponents.fit(SyntheticPatches.partial(patches, channels), 0.99);
    PCAModel mllib = MllibSolver.toModel(components);

    float[] ours = components.project(patches, 1);

    for (int j = 0; j < components.count(); j++) {
      double theirs = 0;
      for (int i = 0; i < channels; i++) {
        theirs += patches[i] * mllib.pc().apply(i, j);
      }
      assertThat(theirs).isCloseTo(ours[j] + components.meanCoordinates()[j], within(1e-5));
    }
    assertThat(Arrays.stream(mllib.explainedVariance().toArray()).sum())
        .isCloseTo(components.explainedVarianceRatio(), within(1e-14));
  }

  @ParameterizedTest
  @ValueSource(doubles = {0, -0.5, 1.0000001, Double.NaN, Double.POSITIVE_INFINITY})
  void aRatioOutOfRangeIsRefused(double variance) {
    PartialCovariance points = SyntheticPatches.partial(FOUR_POINTS, 2);

    assertThatThrownBy(() -> PrincipalComponents.fit(points, variance))
        .isInstanceOf(InvalidInputException.class)
        .hasMessage(
            "The explained variance ratio to keep must be above 0 and at most 1, not " + variance);
  }

  @Test
  void tooFewPatchesAreRefused() {
    assertThatThrownBy(
            () -> PrincipalComponents.fit(SyntheticPatches.partial(new float[3], 3), 0.9))
        .isInstanceOf(InvalidInputException.class)
        .hasMessage("Principal components need at least 2 patches, but there is 1");
  }

  @Test
  void equalPatchesAreRefused() {
    assertThatThrownBy(
            () ->
                PrincipalComponents.fit(
                    SyntheticPatches.partial(new float[] {1, 2, 1, 2, 1, 2}, 2), 0.9))
        .isInstanceOf(InvalidInputException.class)
        .hasMessage("All 3 patches are equal, so they have no principal components");
  }

  @Test
  void shortArrayIsRefused() {
    PrincipalComponents components =
        PrincipalComponents.fit(SyntheticPatches.partial(FOUR_POINTS, 2), 1);

    assertThatIllegalArgumentException()
        .isThrownBy(() -> components.project(new float[5], 3))
        .withMessage("3 patches of 2 channels need 6 values, but the array holds 5");
    assertThat(components.project(new float[0], 0)).isEmpty();
  }
}
