package io.nightjar.report.reason;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.nightjar.error.InvalidInputException;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ReasonOptionsTest {

  @Test
  void nothingIsRecordedByDefault() {
    assertThat(ReasonOptions.NONE.asMap()).isEmpty();
    assertThat(ReasonOptions.NONE.plan(3).isNone()).isTrue();
    assertThat(new ReasonOptions(2).asMap()).isEqualTo(Map.of("reasons", 2));
  }

  @Test
  void thePageStaysSmall() {
    assertThat(new ReasonOptions(3).plan(1)).isEqualTo(new ReasonPlan(3, 20));
    assertThat(new ReasonOptions(5).plan(15)).isEqualTo(new ReasonPlan(5, 2));
    assertThat(new ReasonOptions(20).plan(15)).isEqualTo(new ReasonPlan(20, 1));
  }

  @Test
  void whatIsOutOfRangeIsRefused() {
    for (int patches : List.of(-1, 21)) {
      assertThatThrownBy(() -> new ReasonOptions(patches))
          .isInstanceOf(InvalidInputException.class)
          .hasMessage("The option --reasons is " + patches + "; it must be 0 to 20.");
    }
  }
}
