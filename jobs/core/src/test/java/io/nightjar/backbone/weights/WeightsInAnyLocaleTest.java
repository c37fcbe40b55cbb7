package io.nightjar.backbone.weights;

import static org.assertj.core.api.Assertions.assertThat;

import io.nightjar.backbone.graph.BackboneModel;
import io.nightjar.backbone.spec.Architecture;
import io.nightjar.backbone.spec.EmbeddingSpec;
import io.nightjar.io.Sha256;
import io.nightjar.testing.DefaultLocale;
import io.nightjar.testing.SharedFiles;
import java.util.Optional;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Names of tensors have digits, which are Latin in every locale. */
@Tag("slow")
class WeightsInAnyLocaleTest {

  @Test
  void realWeightsGiveTheSameNetwork() {
    String expected = network("und");

    assertThat(network("ar-EG")).isEqualTo(expected);
    assertThat(network("de-DE")).isEqualTo(expected);
  }

  /** The hash of the network's file, which names every tensor. */
  private static String network(String locale) {
    return DefaultLocale.during(
        locale,
        () ->
            Sha256.of(
                BackboneModel.load(
                        EmbeddingSpec.of(Architecture.RESNET50_V1),
                        SharedFiles.resnet50V1Weights().toString(),
                        Optional.empty(),
                        new Configuration())
                    .onnx()));
  }
}
