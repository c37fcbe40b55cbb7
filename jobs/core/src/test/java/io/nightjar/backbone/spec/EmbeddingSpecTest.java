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
