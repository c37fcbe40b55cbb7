package io.nightjar.metric.result;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.NoSuchElementException;
import org.junit.jupiter.api.Test;

class EstimateTest {

  @Test
  void aKnownValueHasItsBounds() {
    Estimate estimate = new Estimate.Known(0.5, 0.25, 0.75);

    assertThat(estimate.isPresent()).isTrue();
    assertThat(estimate.asOptional()).hasValue(0.5);
    assertThat(estimate.getAsDouble()).isEqualTo(0.5);
    assertThat(estimate.lower()).isEqualTo(0.25);
    assertThat(estimate.upper()).isEqualTo(0.75);
  }

  @Test
  void anUndefinedOneSaysWhyItHasNoValue() {
    Estimate estimate = new Estimate.Undefined("No image is defective");

    assertThat(estimate.isPresent()).isFalse();
    assertThat(estimate.asOptional()).isEmpty();
    assertThatThrownBy(estimate::getAsDouble)
        .isInstanceOf(NoSuchElementException.class)
        .hasMessage("No image is defective");
    assertThat(BestF1.undefined("No image is defective").threshold()).isEmpty();
  }

  @Test
  void anIntervalRunsUpwards() {
    assertThat(new Interval(1, 1).upper()).isEqualTo(1);
    assertThatIllegalArgumentException().isThrownBy(() -> new Interval(2, 1));
    assertThatIllegalArgumentException().isThrownBy(() -> new Interval(Double.NaN, 1));
  }
}
