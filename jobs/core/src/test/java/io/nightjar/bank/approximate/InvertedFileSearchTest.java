package io.nightjar.bank.approximate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.nightjar.bank.search.Fallbacks;
import io.nightjar.bank.search.MemoryBank;
import io.nightjar.bank.search.NearestSearch;
import io.nightjar.bank.search.Neighbours;
import io.nightjar.error.InvalidInputException;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Inverted lists around given centres, without a fit. */
class InvertedFileSearchTest {
  /** Rows 0 to 2 belong to the list around 0, rows 3 and 4 to that around 10. */
  private static final MemoryBank BANK =
      new MemoryBank(1, List.of(new float[] {0, 1, 4.9f, 5.1f, 11}));

  private static final float[] CENTRES = {0, 10};

  @Test
  void onlyTheNearestListsAreProbed() {
    try (NearestSearch search = new IvfIndex(CENTRES, 1).open(BANK)) {
      // 5.1 is nearer to 4.5 than 1 is, but in the other list.
      Neighbours found = search.nearest(new float[] {4.5f}, 1, 2);

      assertThat(found.rows()).containsExactly(2, 1);
      assertThat(found.fallbacks()).isEqualTo(Fallbacks.NONE);
    }
  }

  @Test
  void allListsGiveTheExactAnswer() {
    try (NearestSearch search = new IvfIndex(CENTRES, 2).open(BANK)) {
      assertThat(search.nearest(new float[] {4.5f}, 1, 2).rows()).containsExactly(2, 3);
    }
  }

  @Test
  void aListWithTooFewRowsIsWidenedAndCounted() {
    try (NearestSearch search = new IvfIndex(CENTRES, 1).open(BANK)) {
      Neighbours found = search.nearest(new float[] {11, 0}, 2, 3);

      assertThat(found.rows()).containsExactly(4, 3, 2, 0, 1, 2);
      assertThat(found.fallbacks()).isEqualTo(new Fallbacks(1, 0));
    }
  }

  @Test
  void moreProbesThanListsAreRefusedWithTheOptionsName() {
    assertThatThrownBy(() -> new IvfMethod(4, 5, 0))
        .isInstanceOf(InvalidInputException.class)
        .hasMessage("The option --probes is 5; it must be at most the number of lists, 4.");
  }
}
