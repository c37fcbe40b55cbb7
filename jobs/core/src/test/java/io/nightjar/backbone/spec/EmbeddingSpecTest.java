package io.nightjar.backbone.spec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.nightjar.error.InvalidInputException;
import java.util.List;
import org.junit.jupiter.api.Test;

class EmbeddingSpecTest {

  @Test
  void defaultsAreThreeStagesOnAGridOf28() {
    EmbeddingSpec spec = EmbeddingSpec.of(Architecture.RESNET50);

    assertThat(spec.patches()).isEqualTo(784);
    assertThat(spec.channels()).isEqualTo(256 + 512 + 1024);
  }

  @Test
  void severalSizesAreBranchesOfOneGrid() {
    EmbeddingSpec spec = EmbeddingSpec.of(Architecture.RESNET50).withImageSizes(List.of(224, 448));

    assertThat(spec.imageSize()).isEqualTo(Size.square(224));
    assertThat(spec.patches()).isEqualTo(784);
    assertThat(spec.channels()).isEqualTo(2 * (256 + 512 + 1024));
    assertThat(spec.branches())
        .containsExactly(
            EmbeddingSpec.of(Architecture.RESNET50),
            new EmbeddingSpec(Architecture.RESNET50, List.of(1, 2, 3), 448, 28));
  }

  @Test
  void everyBackboneSeesEverySize() {
    EmbeddingSpec spec =
        EmbeddingSpec.of(Architecture.RESNET50)
            .withImageSizes(List.of(224, 448))
            .withArchitectures(List.of(Architecture.RESNET50, Architecture.RESNET18));

    assertThat(spec.backbones()).isEqualTo("resnet50,resnet18");
    assertThat(spec.channels()).isEqualTo(2 * (256 + 512 + 1024) + 2 * (64 + 128 + 256));
    assertThat(spec.branches())
        .containsExactly(
            EmbeddingSpec.of(Architecture.RESNET50),
            EmbeddingSpec.of(Architecture.RESNET50).withImageSizes(List.of(448)),
            EmbeddingSpec.of(Architecture.RESNET18),
            EmbeddingSpec.of(Architecture.RESNET18).withImageSizes(List.of(448)));
    assertThat(spec.branches().get(2).stageChannels()).containsExactly(64, 128, 256);
    assertThatThrownBy(spec::architecture).isInstanceOf(IllegalStateException.class);
  }

  @Test
  void sizesMustAscend() {
    EmbeddingSpec spec = EmbeddingSpec.of(Architecture.RESNET50);

    for (List<Integer> sizes : List.of(List.of(448, 224), List.of(224, 224), List.<Integer>of())) {
      assertThatThrownBy(() -> spec.withImageSizes(sizes))
          .isInstanceOf(InvalidInputException.class)
          .hasMessageContaining(sizes + " cannot be used")
          .hasMessageContaining("such as 224,448");
    }
    assertThatThrownBy(() -> spec.withImageSizes(List.of(224, 4096)))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("4096");
    assertThatThrownBy(
            () ->
                new EmbeddingSpec(Architecture.RESNET18, List.of(1), 448, 224)
                    .withImageSizes(List.of(128, 448)))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("The grid 224 cannot be used")
        .hasMessageContaining("128");
  }

  @Test
  void basicBlocksPutOutFewerChannels() {
    assertThat(EmbeddingSpec.of(Architecture.RESNET18).channels()).isEqualTo(64 + 128 + 256);
  }

  @Test
  void layersMustAscend() {
    assertThatThrownBy(() -> new EmbeddingSpec(Architecture.RESNET18, List.of(3, 1), 224, 28))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("[3, 1]");
  }

  @Test
  void stagesEndAtFour() {
    assertThatThrownBy(() -> new EmbeddingSpec(Architecture.RESNET18, List.of(5), 224, 28))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("[5]");
  }

  @Test
  void gridFitsIntoTheImage() {
    assertThatThrownBy(() -> new EmbeddingSpec(Architecture.RESNET18, List.of(1), 64, 65))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("65");
  }

  @Test
  void unknownBackboneNamesTheKnownOnes() {
    assertThatThrownBy(() -> Architecture.parse("resnet34"))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("'resnet34'")
        .hasMessageContaining("resnet18, resnet50, resnet50_v1, wide_resnet50_2");
  }
}
