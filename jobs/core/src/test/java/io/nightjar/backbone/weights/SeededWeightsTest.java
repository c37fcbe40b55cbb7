package io.nightjar.backbone.weights;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.nightjar.backbone.engine.OnnxRun;
import io.nightjar.backbone.engine.TinyImages;
import io.nightjar.backbone.graph.BackboneGraph;
import io.nightjar.backbone.spec.Architecture;
import io.nightjar.backbone.spec.EmbeddingSpec;
import io.nightjar.error.InvalidInputException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

@Tag("slow")
class SeededWeightsTest {

  @Test
  void followFromTheSeed() {
    Weights weights = SeededWeights.of(Architecture.RESNET18, 7);

    assertThat(weights.source()).isEqualTo("random weights, seed 7");
    assertThat(weights.sha256())
        .isEqualTo(SeededWeights.of(Architecture.RESNET18, 7).sha256())
        .isNotEqualTo(SeededWeights.of(Architecture.RESNET18, 8).sha256());
  }

  @ParameterizedTest
  @EnumSource(Architecture.class)
  void activationsKeepTheirScale(Architecture architecture) throws Exception {
    EmbeddingSpec spec = new EmbeddingSpec(architecture, List.of(1, 2, 3, 4), 64, 8);
    byte[] graph = BackboneGraph.stages(spec, SeededWeights.of(architecture, 1));

    Map<String, Tensor> stages = OnnxRun.outputs(graph, List.of(TinyImages.random(64, 5)));

    assertThat(stages).hasSize(4);
    for (Tensor stage : stages.values()) {
      double squares = 0;
      for (float value : stage.values()) {
        squares += (double) value * value;
      }
      assertThat(Math.sqrt(squares / stage.values().length)).isBetween(0.2, 10.0);
    }
  }

  @Test
  void seedsArePartOfTheName() {
    assertThat(SeededWeights.parseSeed("random:12")).isEqualTo(Optional.of(12L));
    assertThat(SeededWeights.parseSeed("weights.pth")).isEmpty();
    assertThatThrownBy(() -> SeededWeights.parseSeed("random:x"))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("'random:x'");
  }
}
