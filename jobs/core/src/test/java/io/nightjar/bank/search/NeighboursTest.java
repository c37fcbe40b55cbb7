package io.nightjar.bank.search;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class NeighboursTest {
  @Test
  void theMeanOfFewerNeighboursIsThatOfTheNearest() {
    Neighbours found =
        new Neighbours(3, new int[] {4, 2, 7, 1, 0, 3}, new double[] {1, 4, 25, 9, 16, 36});

    assertThat(found.meanDistances(1)).containsExactly(1f, 3f);
    assertThat(found.meanDistances(2)).containsExactly(1.5f, 3.5f);
    assertThat(found.meanDistances(3)).containsExactly((float) (8 / 3.0), (float) (13 / 3.0));
  }
}
