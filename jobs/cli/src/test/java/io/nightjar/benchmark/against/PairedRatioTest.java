package io.nightjar.benchmark.against;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PairedRatioTest {

  @Test
  void mediansAreOfEachBuildAndTheRatioOfThePairs() {
    PairedRatio ratio =
        PairedRatio.of(new double[] {10, 20, 40, 8, 100}, new double[] {5, 30, 10, 8, 75});

    assertThat(ratio.other()).isEqualTo(20);
    assertThat(ratio.own()).isEqualTo(10);
    // 0.25, 0.5, 0.75, 1, 1.5
    assertThat(ratio.ratio()).isEqualTo(0.75);
    assertThat(ratio.lower()).isEqualTo(0.25);
    assertThat(ratio.upper()).isEqualTo(1.5);
  }

  @Test
  void ofAnEvenNumberTheMedianLiesBetween() {
    PairedRatio ratio = PairedRatio.of(new double[] {1, 1}, new double[] {1, 2});

    assertThat(ratio.ratio()).isEqualTo(1.5);
    assertThat(ratio.own()).isEqualTo(1.5);
  }

  /** Of n fair coins: 1 - 2 (sum of the binomial coefficients below k) / 2^n. */
  @ParameterizedTest
  @CsvSource({
    "1, 1, 0",
    "2, 1, 0.5",
    "5, 1, 0.9375",
    "6, 1, 0.96875",
    "8, 1, 0.9921875",
    "9, 2, 0.9609375",
    "12, 3, 0.96142578125",
    "20, 6, 0.95861053466796875"
  })
  void theIntervalIsTheNarrowestOfItsKind(int pairs, int rank, double coverage) {
    double[] ones = IntStream.range(0, pairs).mapToDouble(i -> 1).toArray();
    double[] ranks = IntStream.rangeClosed(1, pairs).mapToDouble(i -> i).toArray();

    PairedRatio ratio = PairedRatio.of(ones, ranks);

    assertThat(ratio.lower()).isEqualTo(rank);
    assertThat(ratio.upper()).isEqualTo(pairs + 1 - rank);
    assertThat(ratio.coverage()).isCloseTo(coverage, within(1e-12));
  }
}
