package io.nightjar.bank.coreset;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import org.junit.jupiter.api.Test;

class RowSampleTest {

  @Test
  void rowsAreDistinctAndAscending() {
    int[] drawn = RowSample.draw(1000, 100, 1);

    assertThat(drawn).hasSize(100).isSorted().doesNotHaveDuplicates();
    assertThat(drawn[99]).isLessThan(1000);
    assertThat(drawn).isEqualTo(RowSample.draw(1000, 100, 1));
    assertThat(drawn).isNotEqualTo(RowSample.draw(1000, 100, 2));
  }

  @Test
  void everyRowIsAsLikely() {
    int[] times = new int[10];
    for (long seed = 0; seed < 10_000; seed++) {
      for (int row : RowSample.draw(10, 3, seed)) {
        times[row]++;
      }
    }
    // 3,000 expected, with a standard deviation of 46.
    assertThat(Arrays.stream(times)).allMatch(count -> Math.abs(count - 3000) < 230);
  }

  @Test
  void allOfThem() {
    assertThat(RowSample.draw(4, 4, 9)).containsExactly(0, 1, 2, 3);
  }
}
