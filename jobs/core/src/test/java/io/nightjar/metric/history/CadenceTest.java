package io.nightjar.metric.history;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.nightjar.error.InvalidInputException;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CadenceTest {
  private static final Instant MONDAY = Instant.parse("2026-11-23T02:00:00Z");
  private static final Cadence DAILY = Cadence.parse("1d");

  private static List<Instant> after(int... hours) {
    return Arrays.stream(hours).mapToObj(h -> MONDAY.plus(Duration.ofHours(h))).toList();
  }

  @ParameterizedTest
  @CsvSource({"1d, PT24H", "12h, PT12H", "30m, PT30M", "2w, PT336H"})
  void aNumberAndAUnitAreRead(String text, String every) {
    assertThat(Cadence.parse(text).every()).isEqualTo(Duration.parse(every));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "1", "0d", "-1d", "daily", "1.5d", "1D"})
  void anythingElseIsRefused(String text) {
    assertThatThrownBy(() -> Cadence.parse(text))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("--every");
  }

  @Test
  void theMedianDistanceIsTheCadenceWhateverOneGapIs() {
    assertThat(Cadence.of(after(0, 24, 48, 120, 144))).contains(DAILY);
  }

  @Test
  void runsWithoutOrderHaveNone() {
    assertThat(Cadence.of(after(0, 1, 30, 31, 200, 203, 900))).isEmpty();
    assertThat(Cadence.of(after(0, 24))).isEmpty();
    assertThat(Cadence.of(after(0, 0, 0))).isEmpty();
    assertThat(Cadence.of(List.of())).isEmpty();
  }

  @Test
  void aMissingNightIsCountedAndDated() {
    Instant thursday = MONDAY.plus(Duration.ofDays(3));

    assertThat(DAILY.missing(MONDAY, thursday)).isEqualTo(2);
    assertThat(DAILY.missing(MONDAY, thursday, 10))
        .containsExactly(MONDAY.plus(Duration.ofDays(1)), MONDAY.plus(Duration.ofDays(2)));
    assertThat(DAILY.missing(MONDAY, thursday, 1)).hasSize(1);
  }

  @Test
  void anHourOfSummerTimeIsNoMissingNight() {
    assertThat(DAILY.missing(MONDAY, MONDAY.plus(Duration.ofHours(25)))).isZero();
    assertThat(DAILY.missing(MONDAY, MONDAY.plus(Duration.ofHours(23)))).isZero();
    assertThat(DAILY.missing(MONDAY, MONDAY)).isZero();
  }

  @Test
  void aRunIsOverdueAQuarterOfTheTimeAfterItWasDue() {
    assertThat(DAILY.overdue(MONDAY, MONDAY.plus(Duration.ofHours(29)))).isZero();
    assertThat(DAILY.overdue(MONDAY, MONDAY.plus(Duration.ofHours(31)))).isEqualTo(1);
    assertThat(DAILY.overdue(MONDAY, MONDAY.plus(Duration.ofHours(24 * 3 + 7)))).isEqualTo(3);
    assertThat(DAILY.overdue(MONDAY, MONDAY.minusSeconds(1))).isZero();
  }

  @ParameterizedTest
  @CsvSource({
    "PT24H, 1 day",
    "PT23H58M, 1 day",
    "PT168H, 7 days",
    "PT12H, 12 hours",
    "PT1H, 1 hour",
    "PT90M, 90 minutes",
    "PT20S, 1 minute"
  })
  void itIsSaidInWords(String every, String words) {
    assertThat(new Cadence(Duration.parse(every))).hasToString(words);
  }
}
