package io.nightjar.backbone.spec;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BackboneCostTest {

  /** torchvision's own figures (in 1e9, two digits), which include the classifier's 2048 x 1000. */
  @ParameterizedTest
  @CsvSource({"RESNET18, 512, 1.81", "RESNET50, 2048, 4.09", "WIDE_RESNET50_2, 2048, 11.40"})
  void wholeNetworksCostWhatTorchvisionStates(Architecture architecture, int width, double giga) {
    EmbeddingSpec spec = new EmbeddingSpec(architecture, List.of(4), 224, 7);

    long total = BackboneCost.multiplyAdds(spec) + width * 1000L;

    assertThat(Math.round(total / 1e7) / 100.0).isEqualTo(giga);
  }

  /** Both sizes are computed; twice the side costs four times as much. */
  @Test
  void severalSizesCostTheirSum() {
    EmbeddingSpec small = EmbeddingSpec.of(Architecture.RESNET50);

    assertThat(BackboneCost.multiplyAdds(small.withImageSizes(List.of(224, 448))))
        .isEqualTo(5 * BackboneCost.multiplyAdds(small));
  }

  @Test
  void severalNetworksCostTheirSum() {
    EmbeddingSpec both =
        EmbeddingSpec.of(Architecture.RESNET50)
            .withArchitectures(List.of(Architecture.RESNET50, Architecture.RESNET18));

    assertThat(BackboneCost.multiplyAdds(both))
        .isEqualTo(
            BackboneCost.multiplyAdds(EmbeddingSpec.of(Architecture.RESNET50))
                + BackboneCost.multiplyAdds(EmbeddingSpec.of(Architecture.RESNET18)));
  }

  /** Counted by hand: 7x7x3x64 at 112, then four 3x3x64x64 at 56. */
  @ParameterizedTest
  @CsvSource({"RESNET18, 224, 580435968"})
  void theFirstStageCostsItsConvolutions(Architecture architecture, int side, long expected) {
    assertThat(BackboneCost.multiplyAdds(new EmbeddingSpec(architecture, List.of(1), side, 28)))
        .isEqualTo(expected);
  }
}
