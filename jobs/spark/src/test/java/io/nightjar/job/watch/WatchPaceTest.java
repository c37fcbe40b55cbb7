package io.nightjar.job.watch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.nightjar.error.InvalidInputException;
import java.time.Duration;
import org.apache.spark.sql.streaming.Trigger;
import org.junit.jupiter.api.Test;

class WatchPaceTest {
  private static final WatchPace PACE = new WatchPace(false, Duration.ofSeconds(2), 256);

  @Test
  void sparkListsAtTheIntervalOrOnce() {
    assertThat(PACE.trigger(Duration.ofMillis(100)).sparkTrigger())
        .isEqualTo(Trigger.ProcessingTime(100));
    assertThat(PACE.once(true).sparkTrigger()).isEqualTo(Trigger.AvailableNow());
  }

  @Test
  void aValueOutOfRangeIsNamed() {
    assertThatThrownBy(() -> PACE.trigger(Duration.ofMillis(99)))
        .isInstanceOf(InvalidInputException.class)
        .hasMessage("The option --trigger is 99 ms; it must be at least 100 ms.");
    assertThatThrownBy(() -> PACE.mostFiles(0))
        .isInstanceOf(InvalidInputException.class)
        .hasMessage("The option --max-files is 0; it must be at least 1.");
  }
}
