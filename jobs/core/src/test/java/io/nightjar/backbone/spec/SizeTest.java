package io.nightjar.backbone.spec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.nightjar.error.InvalidInputException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SizeTest {

  @Test
  void squaresAreOneNumber() {
    assertThat(Size.parse("224")).isEqualTo(new Size(224, 224)).hasToString("224");
    assertThat(Size.parse("224x224")).isEqualTo(Size.square(224));
    assertThat(Size.square(224).value()).isEqualTo(224);
  }

  @Test
  void otherShapesAreHeightAndWidth() {
    assertThat(Size.parse(" 144x352 ")).isEqualTo(new Size(144, 352)).hasToString("144x352");
    assertThat(new Size(144, 352).value()).isEqualTo("144x352");
    assertThat(new Size(144, 352).cells()).isEqualTo(144 * 352);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "x", "0", "144x", "144x0", "-3", "144x352x3", "1.5", "999999"})
  void textThatIsNoSizeIsRefused(String text) {
    assertThatThrownBy(() -> Size.parse(text))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("is no size");
  }

  @Test
  void aSideHasAtLeastOneCell() {
    assertThatIllegalArgumentException().isThrownBy(() -> new Size(0, 3));
  }
}
