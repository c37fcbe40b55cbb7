package io.nightjar.metric.detection;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.nightjar.error.InvalidInputException;
import io.nightjar.metric.decision.DecisionRates;
import java.util.Map;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RegionOptionsTest {
  private static final DecisionRates BY_RATE =
      new DecisionRates(OptionalDouble.of(0.1), OptionalDouble.empty(), OptionalDouble.of(0.01));

  @ParameterizedTest
  @ValueSource(doubles = {0, -1, Double.NaN, Double.POSITIVE_INFINITY, 1e300})
  void aThresholdIsAPositiveNumber(double threshold) {
    assertThatThrownBy(() -> regions(OptionalDouble.of(threshold)))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("--pixel-threshold");
  }

  @Test
  void oneThresholdIsNeededAndNotTwo() {
    assertThatThrownBy(() -> regions(OptionalDouble.empty()).requireThreshold(DecisionRates.NONE))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("needs a threshold");
    assertThatThrownBy(() -> regions(OptionalDouble.of(2)).requireThreshold(BY_RATE))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("leave one of the two out");
    assertThatCode(
            () -> {
              regions(OptionalDouble.of(2)).requireThreshold(DecisionRates.NONE);
              regions(OptionalDouble.empty()).requireThreshold(BY_RATE);
              RegionOptions.NONE.requireThreshold(DecisionRates.NONE);
            })
        .doesNotThrowAnyException();
  }

  @Test
  void nothingIsRecordedWhereNothingIsAsked() {
    assertThat(RegionOptions.NONE.asMap()).isEmpty();
    assertThat(regions(OptionalDouble.of(2)).asMap())
        .isEqualTo(
            Map.of("regions", true, "pixel_threshold", 2.0, "min_area", 1L, "merge_within", 0));
  }

  private static RegionOptions regions(OptionalDouble threshold) {
    return new RegionOptions(true, threshold, RegionRules.DEFAULT);
  }
}
