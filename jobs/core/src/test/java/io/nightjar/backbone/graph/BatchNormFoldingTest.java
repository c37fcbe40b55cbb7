package io.nightjar.backbone.graph;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.nightjar.backbone.spec.ResNet;
import io.nightjar.backbone.weights.Tensor;
import io.nightjar.backbone.weights.Weights;
import io.nightjar.error.InvalidInputException;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class BatchNormFoldingTest {
  private static final ResNet.Convolution CONVOLUTION =
      new ResNet.Convolution("conv", "bn", 2, 2, 1, 1, true);

  private static Weights weights(float secondVariance) {
    return new Weights(
        "by hand",
        "",
        Map.of(
            "conv.weight", new Tensor(List.of(2, 2, 1, 1), new float[] {1, 2, 3, 4}),
            "conv.bias", vector(5, 6),
            "bn.weight", vector(2, 3),
            "bn.bias", vector(0.5f, -0.5f),
            "bn.running_mean", vector(1, 2),
            "bn.running_var", vector(4, secondVariance)));
  }

  private static Tensor vector(float... values) {
    return new Tensor(List.of(values.length), values);
  }

  /** Scales 2 / sqrt(4 + 1e-5) = 0.99999875 and 3 / sqrt(0.25 + 1e-5) = 5.99988. */
  @Test
  void foldsByHand() {
    BatchNormFolding.Folded folded = BatchNormFolding.fold(CONVOLUTION, weights(0.25f));

    assertThat(folded.weight().shape()).containsExactly(2, 2, 1, 1);
    assertThat(folded.weight().values())
        .containsExactly(
            new float[] {0.99999875f, 1.9999975f, 17.99964f, 23.99952f}, within(1e-6f));
    assertThat(folded.bias().values())
        .containsExactly(new float[] {4.499995f, 23.49952f}, within(1e-6f));
  }

  @Test
  void refusesANegativeVariance() {
    assertThatThrownBy(() -> BatchNormFolding.fold(CONVOLUTION, weights(-1)))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("bn.running_var")
        .hasMessageContaining("-1.0");
  }
}
