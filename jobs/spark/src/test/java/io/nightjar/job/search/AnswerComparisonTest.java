package io.nightjar.job.search;

import static org.assertj.core.api.Assertions.assertThat;

import io.nightjar.bank.search.Neighbours;
import org.junit.jupiter.api.Test;

class AnswerComparisonTest {

  @Test
  void byHand() {
    // Three queries, two neighbours each: found, missed, and one that lies on a row.
    Neighbours exact =
        new Neighbours(2, new int[] {0, 1, 2, 3, 4, 5}, new double[] {1, 9, 4, 16, 0, 0});
    Neighbours found =
        new Neighbours(2, new int[] {0, 7, 3, 8, 4, 9}, new double[] {1, 25, 16, 36, 0, 4});

    AnswerComparison comparison = AnswerComparison.of(found, exact);

    // Mean distances 2, 3 and 0, found 3, 5 and 1; the last has no relative error.
    assertThat(comparison).isEqualTo(new AnswerComparison(3, 2, 2, 0.5 + 2 / 3.0));
    assertThat(comparison.recall()).isEqualTo(2 / 3.0);
    assertThat(comparison.meanRelativeError()).isEqualTo((0.5 + 2 / 3.0) / 2);
    assertThat(comparison.plus(AnswerComparison.NONE)).isEqualTo(comparison);
  }

  @Test
  void anotherRowAsNearIsNoMiss() {
    Neighbours exact = new Neighbours(1, new int[] {3}, new double[] {4});
    Neighbours found = new Neighbours(1, new int[] {5}, new double[] {4});

    assertThat(AnswerComparison.of(found, exact)).isEqualTo(new AnswerComparison(1, 1, 1, 0));
  }

  @Test
  void noDistanceAboveZeroMeansNoError() {
    Neighbours exact = new Neighbours(1, new int[] {3}, new double[] {0});

    assertThat(AnswerComparison.of(exact, exact).meanRelativeError()).isZero();
  }
}
