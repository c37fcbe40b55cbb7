package io.nightjar.metric.compare;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Expected values are those of SciPy 1.17: studentized_range, rankdata, chi2 and f. */
class RankComparisonTest {
  private static final double[][] GAINS = {
    {0.9, 0.69, 0.87, 0.78},
    {0.78, 0.81, 0.75, 0.8},
    {0.76, 0.99, 0.86, 0.79},
    {0.79, 0.79, 0.8, 0.79},
    {0.82, 0.81, 0.9, 0.8},
    {0.8, 0.9, 0.88, 0.78},
    {0.79, 0.85, 0.95, 0.8},
    {0.79, 0.87, 0.81, 0.8}
  };

  @ParameterizedTest
  @CsvSource({
    "2, 0.95, 2.771807648699355",
    "3, 0.95, 3.314493155398122",
    "5, 0.9, 3.478280550703068",
    "10, 0.95, 4.474124221725907",
    "15, 0.95, 4.795923860431186"
  })
  void quantilesOfTheStudentizedRange(int k, double probability, double expected) {
    assertThat(StudentizedRange.quantile(probability, k)).isCloseTo(expected, within(1e-6));
  }

  @Test
  void ranksAndTests() {
    RankComparison ranks = RankComparison.of(GAINS, 0.05);

    assertThat(ranks.meanRanks()).containsExactly(3.0, 2.0, 1.875, 3.125);
    assertThat(ranks.chiSquared()).isCloseTo(6.15, within(1e-9));
    assertThat(ranks.pChiSquared()).isCloseTo(0.1045361365342121, within(1e-9));
    assertThat(ranks.f()).isCloseTo(2.411764705882353, within(1e-9));
    assertThat(ranks.pF()).isCloseTo(0.09541012144127341, within(1e-9));
    assertThat(ranks.criticalDifference()).isCloseTo(1.6583028784917075, within(1e-6));
    // 1.875 to 3.125 are 1.25 apart.
    assertThat(ranks.groups()).containsExactly(List.of(2, 1, 0, 3));
  }

  @Test
  void methodsThatDifferAreInNoCommonGroup() {
    double[][] gains = new double[20][];
    for (int block = 0; block < gains.length; block++) {
      gains[block] = new double[] {3, 2, block % 2 == 0 ? 2.5 : 1};
    }

    RankComparison ranks = RankComparison.of(gains, 0.05);

    // Ranks 1, 2.5 and 2.5; the critical difference of 3 methods on 20 sets is 0.74.
    assertThat(ranks.meanRanks()).containsExactly(1.0, 2.5, 2.5);
    assertThat(ranks.criticalDifference()).isCloseTo(0.7411, within(1e-4));
    assertThat(ranks.groups()).containsExactly(List.of(1, 2));
  }

  @Test
  void equalOrderEverywhereIsInfinitelyClear() {
    RankComparison ranks =
        RankComparison.of(new double[][] {{3, 2, 1}, {6, 5, 4}, {9, 8, 7}}, 0.05);

    assertThat(ranks.f()).isInfinite();
    assertThat(ranks.pF()).isZero();
  }

  @Test
  void oneDataSetIsTooFew() {
    assertThatThrownBy(() -> RankComparison.of(new double[][] {{1, 2}}, 0.05))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("2 methods cannot be ranked over 1 data sets");
  }
}
