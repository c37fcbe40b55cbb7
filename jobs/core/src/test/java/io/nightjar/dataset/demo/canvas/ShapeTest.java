package io.nightjar.dataset.demo.canvas;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class ShapeTest {

  @Test
  void distancesAreNegativeInsideAndGrowOutwards() {
    assertThat(Shape.circle(1, 0, 2).distance().at(1, 5)).isEqualTo(3);
    assertThat(Shape.box(0, 0, 2, 1, 0).distance().at(5, 5)).isEqualTo(5);
    assertThat(Shape.box(0, 0, 2, 1, 0).distance().at(0, 0)).isEqualTo(-1);
    assertThat(Shape.path(0.5, 0, 0, 4, 0).distance().at(2, 3)).isEqualTo(2.5);
    assertThat(Shape.polygon(0, 0, 4, 0, 4, 4, 0, 4).distance().at(1, 2)).isEqualTo(-1);
    assertThat(Shape.polygon(0, 0, 4, 0, 4, 4, 0, 4).distance().at(7, 8)).isEqualTo(5);
  }

  @Test
  void aTurnedShapeStaysWithinItsBox() {
    Shape turned = Shape.box(3, 0, 1, 0.5, 0).turned(Math.PI / 2);

    assertThat(turned.distance().at(0, 3)).isCloseTo(-0.5, within(1e-12));
    assertThat(turned.left()).isCloseTo(-0.5, within(1e-12));
    assertThat(turned.right()).isCloseTo(0.5, within(1e-12));
    assertThat(turned.top()).isCloseTo(2, within(1e-12));
    assertThat(turned.bottom()).isCloseTo(4, within(1e-12));
  }
}
