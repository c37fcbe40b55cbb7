package io.nightjar.job.reason;

import static org.assertj.core.api.Assertions.assertThat;

import io.nightjar.backbone.spec.Architecture;
import io.nightjar.backbone.spec.EmbeddingSpec;
import java.util.List;
import org.junit.jupiter.api.Test;

class ReasonWriterTest {

  @Test
  void stagesOfSeveralBranchesHaveTheNamesOfTheirBranches() {
    EmbeddingSpec spec = new EmbeddingSpec(Architecture.RESNET18, List.of(2, 3), 64, 8);

    assertThat(ReasonWriter.stages(spec)).containsExactly("layer2", "layer3");
    assertThat(ReasonWriter.stages(spec.withImageSizes(List.of(64, 128))))
        .containsExactly(
            "resnet18_64_layer2",
            "resnet18_64_layer3",
            "resnet18_128_layer2",
            "resnet18_128_layer3");
  }
}
