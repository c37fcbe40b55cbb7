package io.nightjar.bank.search;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.junit.jupiter.api.Test;

class NearestRowsTest {
  /** From the origin the rows are 5, 1, 2, 1 and 13 away. */
  private static final MemoryBank BANK =
      new MemoryBank(2, List.of(new float[] {3, 4, 1, 0}, new float[] {0, 2, 0, -1, 5, 12}));

  private static final float[] ORIGIN = {0, 0};

  @Test
  void theLowerOfEquallyNearRowsIsFirstInWhateverOrderRowsAreOffered() {
    for (int[] order : List.of(new int[] {0, 1, 2, 3, 4}, new int[] {3, 4, 2, 1, 0})) {
      NearestRows nearest = new NearestRows(BANK, 3);
      for (int row : order) {
        nearest.offer(ORIGIN, 0, row);
      }
      Neighbours found = new Neighbours(3, new int[3], new double[3]);
      nearest.writeTo(found, 0);

      assertThat(found.rows()).containsExactly(1, 3, 2);
      assertThat(found.squaredDistances()).containsExactly(1, 1, 4);
    }
  }

  @Test
  void meanDistancesAreOfRootsNotOfSquares() {
    Neighbours found = new Neighbours(2, new int[4], new double[] {1, 4, 9, 25});

    assertThat(found.meanDistances()).containsExactly(1.5f, 4);
  }

  @Test
  void excludedRowsAreSkippedAndTheOthersKeepTheirNumbers() {
    Neighbours found = new Neighbours(3, new int[] {1, 3, 2}, new double[] {1, 1, 4});

    Neighbours outside = found.outside(new RowRange(1, 2), 2);

    assertThat(outside.rows()).containsExactly(3, 2);
    assertThat(outside.squaredDistances()).containsExactly(1, 4);
  }

  @Test
  void aDistanceIsExactUpToItsLimitAndAboveItOtherwise() {
    assertThat(BANK.squaredDistance(ORIGIN, 0, 4, 169)).isEqualTo(169);
    assertThat(BANK.squaredDistance(ORIGIN, 0, 4, 168)).isGreaterThan(168);
    assertThat(BANK.roughSquaredDistance(ORIGIN, 0, 4)).isCloseTo(169, within(1e-4f));
  }

  @Test
  void blocksThatAreNotWholeRowsAreRefused() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new MemoryBank(2, List.of(new float[] {1, 2, 3})))
        .withMessageContaining("holds 3 values, which are not whole rows of 2");
  }
}
