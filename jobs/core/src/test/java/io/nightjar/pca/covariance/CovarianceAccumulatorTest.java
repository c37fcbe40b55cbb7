package io.nightjar.pca.covariance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CovarianceAccumulatorTest {

  /** Deviations (-1, -1), (1, 1), (0, -1), (0, 1) from (2, 2), divided by 3. */
  @Test
  void fourPointsOfThePlane() {
    PartialCovariance points = SyntheticPatches.partial(new float[] {1, 1, 3, 3, 2, 1, 2, 3}, 2);

    assertThat(points.channels()).isEqualTo(2);
    assertThat(points.count()).isEqualTo(4);
    assertThat(points.mean()).containsExactly(2, 2);
    assertThat(points.covariance())
        .containsExactly(new double[] {2 / 3.0, 2 / 3.0, 2 / 3.0, 4 / 3.0}, within(1e-15));
  }

  @ParameterizedTest
  @CsvSource({"2, 1", "3, 5", "783, 7", "784, 7", "785, 7", "2000, 13"})
  void covarianceEqualsItsScalarTwin(int rows, int channels) {
    float[] patches = SyntheticPatches.correlated(rows, channels, 4, 11);

    PartialCovariance partial = SyntheticPatches.partial(patches, channels);

    assertThat(partial.mean())
        .containsExactly(SyntheticPatches.mean(patches, channels), within(1e-12));
    assertThat(partial.covariance())
        .containsExactly(SyntheticPatches.covariance(patches, channels), within(2e-6));
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 100, 783, 784, 785, 1700})
  void cutIntoCallsChangesNoBit(int step) {
    int channels = 9;
    int rows = 2 * CovarianceAccumulator.BLOCK_ROWS + 300;
    float[] patches = SyntheticPatches.correlated(rows, channels, 4, 12);
    CovarianceAccumulator inSteps = new CovarianceAccumulator(channels);
    for (int row = 0; row < rows; row += step) {
      int count = Math.min(step, rows - row);
      inSteps.add(Arrays.copyOfRange(patches, row * channels, (row + count) * channels), count);
    }

    PartialCovariance partial = inSteps.toPartial();

    PartialCovariance atOnce = SyntheticPatches.partial(patches, channels);
    assertThat(partial.count()).isEqualTo(rows);
    assertThat(partial.mean()).isEqualTo(atOnce.mean());
    assertThat(partial.covariance()).isEqualTo(atOnce.covariance());
  }

  @Test
  void partsAddUpToTheWhole() {
    int channels = 6;
    float[] patches = SyntheticPatches.correlated(900, channels, 3, 13);
    int cut = 400 * channels;
    PartialCovariance sum = SyntheticPatches.partial(Arrays.copyOfRange(patches, 0, cut), channels);

    sum.add(SyntheticPatches.partial(Arrays.copyOfRange(patches, cut, patches.length), channels));

    assertThat(sum.count()).isEqualTo(900);
    assertThat(sum.covariance())
        .containsExactly(SyntheticPatches.covariance(patches, channels), within(2e-6));
  }

  @ParameterizedTest
  @ValueSource(floats = {Float.NaN, Float.POSITIVE_INFINITY, Float.NEGATIVE_INFINITY})
  void valuesThatAreNotFiniteAreRefused(float value) {
    CovarianceAccumulator accumulator = new CovarianceAccumulator(3);
    accumulator.add(new float[] {1, 2, 3, 4, value, 6}, 2);

    assertThatIllegalArgumentException()
        .isThrownBy(accumulator::toPartial)
        .withMessageContaining("Channel 1 of the patches 0 to 1 holds " + value);
  }

  @Test
  void wrongSizesAreRefused() {
    CovarianceAccumulator accumulator = new CovarianceAccumulator(3);

    assertThatIllegalArgumentException()
        .isThrownBy(() -> accumulator.add(new float[5], 2))
        .withMessage("2 patches of 3 channels need 6 values, but the array holds 5");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new CovarianceAccumulator(0))
        .withMessage("A patch must have between 1 and 46340 channels, not 0");
    assertThatIllegalArgumentException()
        .isThrownBy(
            () ->
                SyntheticPatches.partial(new float[4], 2)
                    .add(SyntheticPatches.partial(new float[6], 3)))
        .withMessage("Patches of 3 channels cannot be combined with patches of 2 channels");
  }

  @Test
  void nothingIsAddedAfterTheEnd() {
    CovarianceAccumulator accumulator = new CovarianceAccumulator(1);
    accumulator.toPartial();

    assertThatIllegalStateException()
        .isThrownBy(() -> accumulator.add(new float[1], 1))
        .withMessage("The accumulation has ended with toPartial()");
  }
}
