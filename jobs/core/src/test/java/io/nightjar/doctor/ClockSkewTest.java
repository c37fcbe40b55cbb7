package io.nightjar.doctor;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ClockSkewTest {
  @ParameterizedTest
  @CsvSource({
    "10000, 10400, 10200, 0, 0",
    "10000, 10400, 10400, 0, 0",
    "10000, 10400, 10900, 0, 0.5",
    "10000, 10400, 9700, 0, -0.3",
    "10900, 10950, 10000, 999, 0",
    "12500, 12600, 10000, 999, -1.501"
  })
  void onlyWhatTheWindowDoesNotExplainIsSkew(
      long before, long after, long shown, long step, double seconds) {
    assertThat(ClockSkew.seconds(before, after, shown, step)).isEqualTo(seconds);
  }

  @ParameterizedTest
  @CsvSource({"0, ok", "-4.9, ok", "5, note", "-59.9, note", "60, problem", "-3600, problem"})
  void theVerdictGrowsWithTheSkew(double seconds, String verdict) {
    Finding finding = ClockSkew.finding("clock", "the storage", seconds, Map.of());

    assertThat(finding.verdict()).isEqualTo(verdict);
    assertThat(finding.figures()).containsEntry("skew_seconds", seconds);
    if (seconds != 0) {
      assertThat(finding.sentence()).contains(seconds > 0 ? "ahead of" : "behind");
    }
  }
}
