package io.nightjar.backbone.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.nightjar.backbone.Embedders;
import io.nightjar.backbone.graph.BackboneModel;
import io.nightjar.backbone.spec.Architecture;
import io.nightjar.backbone.spec.EmbeddingSpec;
import io.nightjar.backbone.spec.Size;
import io.nightjar.backbone.weights.SeededWeights;
import io.nightjar.backbone.weights.Tensor;
import io.nightjar.backbone.weights.Weights;
import io.nightjar.dataset.image.RgbImage;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The ONNX backbone against the same network on another engine. */
@Tag("slow")
class BackboneTwinTest {
  /** Drawn by the first test that asks. */
  private static final class OfBothTests {
    static final Weights WEIGHTS = withLivelyNorms(Architecture.RESNET50_V1);
  }

  @ParameterizedTest
  @EnumSource(Architecture.class)
  void equalsItsTwin(Architecture architecture) {
    // Side 80 leaves stages of 20, 10, 5 and 3 pixels: odd sides, shrinking and enlarging.
    EmbeddingSpec spec = new EmbeddingSpec(architecture, List.of(1, 2, 3, 4), 80, 7);
    Weights weights = weights(architecture);
    RgbImage image = TinyImages.random(80, 1);

    float[] patches =
        Embedders.forTask(BackboneModel.build(spec, weights), DeviceRequest.CPU, 1)
            .embed(List.of(image));

    assertThat(Frobenius.relative(patches, TorchTwin.embed(spec, weights, image))).isLessThan(1e-4);
  }

  @Test
  void equalsItsTwinOnImagesThatAreNoSquares() {
    EmbeddingSpec spec =
        EmbeddingSpec.of(Architecture.RESNET50_V1)
            .with(List.of(new Size(48, 112)), new Size(6, 14));
    Weights weights = weights(Architecture.RESNET50_V1);
    byte[] pixels = new byte[3 * 48 * 112];
    new Random(2).nextBytes(pixels);
    RgbImage image = new RgbImage(112, 48, pixels);

    float[] patches =
        Embedders.forTask(BackboneModel.build(spec, weights), DeviceRequest.CPU, 1)
            .embed(List.of(image));

    assertThat(Frobenius.relative(patches, TorchTwin.embed(spec, weights, image))).isLessThan(1e-4);
  }

  private static Weights weights(Architecture architecture) {
    return architecture == Architecture.RESNET50_V1
        ? OfBothTests.WEIGHTS
        : withLivelyNorms(architecture);
  }

  /** Seeded convolutions with batch norms and biases that differ from channel to channel. */
  private static Weights withLivelyNorms(Architecture architecture) {
    Weights seeded = SeededWeights.of(architecture, 3);
    Random random = new Random(4);
    Map<String, Tensor> tensors = new HashMap<>();
    for (String name : seeded.names()) {
      Tensor tensor = seeded.tensor(name);
      if (tensor.shape().size() == 1) {
        boolean positive = name.endsWith("running_var") || name.endsWith("weight");
        float[] values = new float[tensor.values().length];
        for (int i = 0; i < values.length; i++) {
          float spread = 0.2f * (float) random.nextGaussian();
          values[i] = positive ? tensor.values()[i] * (float) Math.exp(spread) : spread;
        }
        tensor = new Tensor(tensor.shape(), values);
      }
      tensors.put(name, tensor);
    }
    return new Weights("lively", "lively " + architecture, tensors);
  }
}
