package io.nightjar.backbone.weights;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.nightjar.backbone.spec.Architecture;
import io.nightjar.backbone.spec.ResNet;
import io.nightjar.error.InvalidInputException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class WeightCheckTest {

  private static Map<String, Tensor> tensors(Architecture architecture, int stages) {
    Map<String, Tensor> tensors = new HashMap<>();
    ResNet.of(architecture, stages)
        .tensors()
        .forEach(
            (name, shape) ->
                tensors.put(
                    name, new Tensor(shape, new float[shape.stream().reduce(1, (a, b) -> a * b)])));
    return tensors;
  }

  private static Weights weights(Map<String, Tensor> tensors) {
    return new Weights("w.pth", "", tensors);
  }

  private static Tensor scalar() {
    return new Tensor(List.of(), new float[1]);
  }

  @Test
  void ignoresClassifierLaterStagesAndCounters() {
    Map<String, Tensor> tensors = tensors(Architecture.RESNET18, 4);
    tensors.put("fc.weight", scalar());
    tensors.put("fc.bias", scalar());
    tensors.put("bn1.num_batches_tracked", scalar());

    assertThatCode(() -> WeightCheck.require(Architecture.RESNET18, 3, weights(tensors)))
        .doesNotThrowAnyException();
  }

  @Test
  void listsWhatIsMissingMisshapenAndUnexpected() {
    Map<String, Tensor> tensors = tensors(Architecture.RESNET18, 3);
    tensors.remove("bn1.weight");
    tensors.put("conv1.weight", new Tensor(List.of(64, 1, 7, 7), new float[64 * 49]));
    tensors.put("head.weight", scalar());

    assertThatThrownBy(() -> WeightCheck.require(Architecture.RESNET18, 3, weights(tensors)))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("w.pth do not fit --backbone resnet18")
        .hasMessageContaining("1 tensor missing: bn1.weight")
        .hasMessageContaining("conv1.weight (expected [64, 3, 7, 7], found [64, 1, 7, 7])")
        .hasMessageContaining("1 tensor unexpected: head.weight");
  }

  @Test
  void saysWhichPartOfACheckpointWasLookedAt() {
    Weights weights = new Weights("w.pth", "", "state_dict", Map.of("conv1.weight", scalar()));

    assertThatThrownBy(() -> WeightCheck.require(Architecture.RESNET18, 1, weights))
        .hasMessageContaining("w.pth (their state_dict) do not fit --backbone resnet18");
  }

  @ParameterizedTest
  @CsvSource({
    "RESNET50, RESNET50_V1",
    "RESNET50_V1, RESNET50",
    "RESNET50, WIDE_RESNET50_2",
    "WIDE_RESNET50_2, RESNET18",
    "RESNET18, RESNET50"
  })
  void namesTheBackboneThatFits(Architecture asked, Architecture given) {
    assertThatThrownBy(() -> WeightCheck.require(asked, 2, weights(tensors(given, 2))))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageEndingWith("They fit --backbone " + given.id() + ".");
  }

  @Test
  void saysWhereTheWeightsEnd() {
    assertThatThrownBy(
            () ->
                WeightCheck.require(
                    Architecture.RESNET18, 4, weights(tensors(Architecture.RESNET18, 3))))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("They end with stage 3");
  }
}
