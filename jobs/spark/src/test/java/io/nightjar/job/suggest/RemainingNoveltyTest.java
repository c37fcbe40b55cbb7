package io.nightjar.job.suggest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.junit.jupiter.api.Test;

class RemainingNoveltyTest {
  /** Two patches of two values each. */
  private final RemainingNovelty left =
      new RemainingNovelty(
          List.of(
              new float[] {0, 0, 10, 0}, new float[] {0, 1, 10, 1}, new float[] {100, 0, 0, 100}),
          List.of(new double[] {8, 6}, new double[] {7, 6}, new double[] {4, 4}),
          2);

  @Test
  void imagesLikeThoseThatAreChosenComeLast() {
    assertThat(left.highest()).isEqualTo(0);
    assertThat(left.of(0)).isEqualTo(7);

    // The second image's patches are at distances 1 and 2 from these.
    left.choose(0, new float[] {0, 0, 10, 3, 50, 50});

    assertThat(left.of(1)).isEqualTo(1.5, within(1e-12));
    assertThat(left.of(2)).isEqualTo(4);
    assertThat(left.highest()).isEqualTo(2);
    left.leaveOut(2);
    assertThat(left.highest()).isEqualTo(1);
    left.leaveOut(1);
    assertThat(left.highest()).isEqualTo(-1);
  }

  @Test
  void theBankStaysWhereItIsNearer() {
    left.choose(2, new float[] {0, 500, 500, 0});

    assertThat(left.of(0)).isEqualTo(7);
    assertThat(left.of(1)).isEqualTo(6.5);
  }
}
