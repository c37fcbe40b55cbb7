package io.nightjar.cli.watch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.nightjar.error.InvalidInputException;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class TriggerIntervalTest {

  @Test
  void numbersWithUnitsAreRead() {
    assertThat(TriggerInterval.parse("2s")).isEqualTo(Duration.ofSeconds(2));
    assertThat(TriggerInterval.parse("500ms")).isEqualTo(Duration.ofMillis(500));
    assertThat(TriggerInterval.parse("1m")).isEqualTo(Duration.ofMinutes(1));
  }

  @Test
  void anythingElseIsRefused() {
    for (String text : List.of("", "2", "s", "-1s", "2 s", "1.5s", "0x2ms")) {
      assertThatThrownBy(() -> TriggerInterval.parse(text))
          .isInstanceOf(InvalidInputException.class)
          .hasMessage(
              "The option --trigger is \""
                  + text
                  + "\"; it must be a number with a unit, such as 2s, 500ms or 1m.");
    }
  }
}
