package io.nightjar.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class OptionalMetricTest {

  @Test
  void carriesAValue() {
    assertThat(OptionalMetric.of(0.75).get()).isEqualTo(0.75);
    assertThat(OptionalMetric.of(OptionalDouble.of(0.75), "unused"))
        .isEqualTo(OptionalMetric.of(0.75));
  }

  @Test
  void carriesTheReasonWhyThereIsNoValue() {
    OptionalMetric absent = OptionalMetric.of(OptionalDouble.empty(), "no defective pixel");

    assertThat(absent.isPresent()).isFalse();
    assertThat(absent.reason()).isEqualTo("no defective pixel");
    assertThatIllegalStateException()
        .isThrownBy(absent::get)
        .withMessageContaining("no defective pixel");
  }

  @ParameterizedTest
  @ValueSource(doubles = {Double.NaN, Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY})
  void refusesWhatIsNoFigure(double value) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> OptionalMetric.of(value))
        .withMessageContaining(Double.toString(value));
  }

  @Test
  void refusesToBeAbsentWithoutReason() {
    assertThatIllegalArgumentException().isThrownBy(() -> OptionalMetric.absent(""));
  }
}
