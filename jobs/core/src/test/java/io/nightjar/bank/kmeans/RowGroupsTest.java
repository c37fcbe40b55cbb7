package io.nightjar.bank.kmeans;

import static org.assertj.core.api.Assertions.assertThat;

import io.nightjar.bank.search.MemoryBank;
import io.nightjar.bank.search.RowRange;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class RowGroupsTest {

  @Test
  void givenGroupsKeepTheirRowsInOrder() {
    RowGroups groups = RowGroups.of(new int[] {2, 0, 2, 0, 2}, 3);

    assertThat(groups.count()).isEqualTo(3);
    assertThat(groups.rowAt()).containsExactly(1, 3, 0, 2, 4);
    assertThat(IntStream.range(0, 3).map(groups::size)).containsExactly(2, 0, 3);
    assertThat(groups.sizesWithout(new RowRange(1, 3))).containsExactly(1, 0, 2);
  }

  @Test
  void aSingleGroupHasAllRowsInTheirOwnOrder() {
    RowGroups all = RowGroups.single(4);

    assertThat(all.count()).isEqualTo(1);
    assertThat(all.rowAt()).containsExactly(0, 1, 2, 3);
  }

  @Test
  void neighboursFormGroupsThatContainEveryRowOnce() {
    // Two clusters far apart, their rows alternating.
    Random random = new Random(3);
    float[] rows = new float[400 * 2];
    for (int i = 0; i < rows.length; i++) {
      rows[i] = (float) random.nextGaussian() + (i / 2 % 2 == 0 ? -1000 : 1000);
    }
    MemoryBank bank = new MemoryBank(2, List.of(rows));

    RowGroups groups = RowGroups.ofNeighbours(bank, new Centre(bank), 50);

    assertThat(Arrays.stream(groups.rowAt()).sorted().toArray())
        .isEqualTo(IntStream.range(0, 400).toArray());
    for (int group = 0; group < groups.count(); group++) {
      int[] members =
          Arrays.copyOfRange(groups.rowAt(), groups.start(group), groups.start(group + 1));
      assertThat(Arrays.stream(members).map(row -> row % 2).distinct().count())
          .as("clusters in group %d", group)
          .isLessThanOrEqualTo(1);
    }
    assertThat(groups.count()).isBetween(4, 16);
  }
}
