package io.nightjar.metric.decision;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.nightjar.error.InvalidInputException;
import java.util.Map;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DecisionRatesTest {

  @ParameterizedTest
  @ValueSource(doubles = {0, 1, -0.1, 1.5, Double.NaN})
  void ratesAreAboveZeroAndBelowOne(double rate) {
    assertThatThrownBy(() -> alarms(rate))
        .isInstanceOf(InvalidInputException.class)
        .hasMessage(
            "The option --false-alarm-rate is " + rate + "; it must be above 0 and below 1.");
  }

  @Test
  void theOthersGoWithTheRateOfFalseAlarms() {
    assertThatThrownBy(
            () ->
                new DecisionRates(
                    OptionalDouble.empty(), OptionalDouble.of(0.1), OptionalDouble.empty()))
        .hasMessage(
            "The option --false-discovery-rate goes with --false-alarm-rate, which is not given;"
                + " add that.");
    assertThatThrownBy(
            () ->
                new DecisionRates(
                    OptionalDouble.empty(), OptionalDouble.empty(), OptionalDouble.of(0.1)))
        .hasMessageContaining("--pixel-false-positive-rate goes with");
    assertThat(DecisionRates.NONE.isAsked()).isFalse();
    assertThat(alarms(0.1).isAsked()).isTrue();
  }

  @Test
  void aRateThatSoFewImagesCannotPromiseIsRefusedWithTheSmallest() {
    assertThatThrownBy(() -> alarms(0.0047).requirePossible(209, "banks/bottle@1"))
        .isInstanceOf(InvalidInputException.class)
        .hasMessage(
            "The option --false-alarm-rate is 0.0047, but the 209 calibration scores of the bank"
                + " banks/bottle@1 can promise no rate below 1 in 210; give at least 0.004762, or"
                + " build the bank of more images.");
    assertThatCode(() -> alarms(0.004762).requirePossible(209, "b")).doesNotThrowAnyException();
    assertThatCode(() -> alarms(1.0 / 210).requirePossible(209, "b")).doesNotThrowAnyException();
    assertThatCode(() -> alarms(0.01).requirePossible(99, "b")).doesNotThrowAnyException();
  }

  @Test
  void ratesAreRecordedByName() {
    assertThat(
            new DecisionRates(
                    OptionalDouble.of(0.01), OptionalDouble.of(0.1), OptionalDouble.of(0.02))
                .asMap())
        .containsExactly(
            Map.entry("false_alarm_rate", 0.01),
            Map.entry("false_discovery_rate", 0.1),
            Map.entry("pixel_false_positive_rate", 0.02));
    assertThat(DecisionRates.NONE.asMap()).isEmpty();
  }

  private static DecisionRates alarms(double rate) {
    return new DecisionRates(
        OptionalDouble.of(rate), OptionalDouble.empty(), OptionalDouble.empty());
  }
}
