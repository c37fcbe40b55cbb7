package io.nightjar.metric.compare;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class DrawnUnitsTest {

  /** Quantiles of Student's t and of the normal distribution, from tables. */
  @Test
  void fewUnitsSpreadByTheirVarianceAndByStudentsQuantile() {
    assertThat(new DrawnUnits(10, 2).spread(0.05))
        .isCloseTo(Math.sqrt(10 / 8.0) * 2.306004 / 1.959964, within(1e-6));
    assertThat(new DrawnUnits(14, 2).spread(0.1))
        .isCloseTo(Math.sqrt(14 / 12.0) * 1.782288 / 1.644854, within(1e-6));
    assertThat(new DrawnUnits(2, 1).spread(0.05))
        .isCloseTo(Math.sqrt(2) * 12.706205 / 1.959964, within(1e-5));
    assertThat(new DrawnUnits(100_000, 2).spread(0.05)).isCloseTo(1, within(1e-4));
  }

  @Test
  void theMeanOfCategoriesHasTheUnitsOfAll() {
    assertThat(new DrawnUnits(10, 2).and(new DrawnUnits(14, 2)).and(DrawnUnits.NONE))
        .isEqualTo(new DrawnUnits(24, 4));
  }

  @Test
  void unitsThatDoNotVaryAreRefused() {
    assertThatThrownBy(() -> new DrawnUnits(2, 2).spread(0.05))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
