package io.nightjar.job.update;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.nightjar.error.InvalidInputException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;

class SlidingWindowTest {
  private static final Instant NOON = Instant.parse("2026-02-21T12:00:00Z");

  @Test
  void theLastOnesStay() {
    assertThat(window(2, null).removed(List.of("a", "b", "c"), Map.of())).containsExactly("a");
    assertThat(window(3, null).removed(List.of("a", "b", "c"), Map.of())).isEmpty();
    assertThat(window(9, null).removed(List.of("a", "b", "c"), Map.of())).isEmpty();
  }

  @Test
  void whatWasAddedEarlierLeaves() {
    Map<String, Instant> added = Map.of("a", NOON.minusSeconds(1), "b", NOON);

    assertThat(window(null, NOON).removed(List.of("a", "b", "new"), added)).containsExactly("a");
    assertThat(window(1, NOON).removed(List.of("a", "b", "new"), added)).containsExactly("a", "b");
  }

  @Test
  void aWindowOfNoImageIsRefused() {
    assertThatThrownBy(() -> window(0, null))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("--keep-last is 0");
  }

  private static SlidingWindow window(Integer last, Instant since) {
    return new SlidingWindow(
        last == null ? OptionalInt.empty() : OptionalInt.of(last), Optional.ofNullable(since));
  }
}
