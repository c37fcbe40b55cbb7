package io.nightjar.backbone.spec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.nightjar.error.InvalidInputException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class KeptShapeTest {
  private static final EmbeddingSpec DEFAULT = EmbeddingSpec.of(Architecture.RESNET50);

  /** By hand: 224 sqrt(500 / 1260) = 141.1 and 224 sqrt(1260 / 500) = 355.6, and so on. */
  @ParameterizedTest
  @CsvSource({
    "500x1260, 144x352, 18x44",
    "1260x500, 352x144, 44x18",
    "576x768, 192x256, 24x32",
    "600x800, 192x256, 24x32",
    "800x1600, 160x320, 20x40",
    "900x900, 224, 28",
    "10x3000, 32x2048, 4x256"
  })
  void theShapeIsThatOfTheImagesAtAboutAsManyPixels(String image, String input, String grid) {
    EmbeddingSpec kept = KeptShape.of(DEFAULT, Size.parse(image));

    assertThat(kept.imageSizes()).containsExactly(Size.parse(input));
    assertThat(kept.grid()).isEqualTo(Size.parse(grid));
    assertThat(KeptShape.isOne(DEFAULT, kept.imageSizes(), kept.grid())).isTrue();
  }

  @Test
  void squaresAreTheSpecificationItself() {
    EmbeddingSpec two = DEFAULT.withImageSizes(List.of(224, 320));

    assertThat(KeptShape.of(two, Size.square(700))).isEqualTo(two);
  }

  /** 448 is twice 224; 320 is 10/7 of it: 144 * 10/7 = 205.7 and 352 * 10/7 = 502.9. */
  @Test
  void largerSizesKeepTheShapeOnTheOneGrid() {
    EmbeddingSpec three = DEFAULT.withImageSizes(List.of(224, 320, 448));

    EmbeddingSpec kept = KeptShape.of(three, new Size(500, 1260));

    assertThat(kept.imageSizes())
        .containsExactly(new Size(144, 352), new Size(208, 496), new Size(288, 704));
    assertThat(kept.grid()).isEqualTo(new Size(18, 44));
  }

  @Test
  void otherShapesAreRecognised() {
    EmbeddingSpec kept = KeptShape.of(DEFAULT, new Size(500, 1260));

    assertThat(KeptShape.isOne(DEFAULT, List.of(new Size(144, 704)), kept.grid())).isFalse();
    assertThat(KeptShape.isOne(DEFAULT, kept.imageSizes(), new Size(9, 22))).isFalse();
    assertThat(
            KeptShape.isOne(DEFAULT.withImageSizes(List.of(448)), kept.imageSizes(), kept.grid()))
        .isFalse();
  }

  @Test
  void theMostCommonSizeCountsAndOfEquallyCommonOnesTheLargest() {
    Size small = new Size(10, 20);
    Size large = new Size(30, 20);
    Size wide = new Size(20, 30);

    assertThat(KeptShape.mostCommon(List.of(large, small, small))).contains(small);
    assertThat(KeptShape.mostCommon(List.of(small, large))).contains(large);
    assertThat(KeptShape.mostCommon(List.of(large, wide, wide, large))).contains(wide);
    assertThat(KeptShape.mostCommon(List.of())).isEmpty();
  }

  @Test
  void squeezingIsTheRatioOfTheTwoFactors() {
    assertThat(KeptShape.squeeze(new Size(500, 1260), Size.square(224)))
        .isCloseTo(2.52, within(1e-9));
    assertThat(KeptShape.squeeze(new Size(1260, 500), Size.square(224)))
        .isCloseTo(2.52, within(1e-9));
    assertThat(KeptShape.squeeze(new Size(500, 1000), new Size(112, 224))).isEqualTo(1);
  }

  @Test
  void whatNamesNoSquaresIsRefused() {
    assertThatThrownBy(
            () ->
                KeptShape.requireUsable(
                    DEFAULT.with(List.of(new Size(144, 352)), new Size(18, 44))))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("--image-size 144x352 names another");
    assertThatThrownBy(() -> KeptShape.requireUsable(DEFAULT.withImageSizes(List.of(230))))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("--image-size 230 is none; name one, such as 224");
    assertThatThrownBy(
            () -> KeptShape.requireUsable(DEFAULT.with(DEFAULT.imageSizes(), new Size(28, 14))))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("--grid 28x14 names another");
  }
}
