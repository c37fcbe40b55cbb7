package io.nightjar.backbone.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.nightjar.backbone.Embedders;
import io.nightjar.backbone.graph.BackboneModel;
import io.nightjar.backbone.spec.Architecture;
import io.nightjar.backbone.spec.EmbeddingSpec;
import io.nightjar.backbone.spec.ResNet;
import io.nightjar.backbone.spec.Size;
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
  private static final float[] NORMAL = normal(1_000_003);

  private static float[] normal(int count) {
    Random random = new Random(4);
    float[] numbers = new float[count];
    for (int i = 0; i < count; i++) {
      numbers[i] = (float) random.nextGaussian();
    }
    return numbers;
  }

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

  /**
   * He-initialised convolutions, whose numbers repeat after a prime, with batch norms and biases
   * that differ from channel to channel.
   */
  private static Weights withLivelyNorms(Architecture architecture) {
    ResNet network = ResNet.of(architecture, 4);
    Map<String, Tensor> tensors = new HashMap<>();
    int next = 0;
    for (ResNet.Convolution convolution : network.convolutions()) {
      for (Map.Entry<String, List<Integer>> tensor : convolution.tensors().entrySet()) {
        boolean isKernel = tensor.getValue().size() > 1;
        boolean isPositive = tensor.getKey().matches(".*(running_var|weight)");
        float[] values =
            new float
                [tensor.getValue().stream().mapToInt(Integer::intValue).reduce(1, (x, y) -> x * y)];
        double deviation = Math.sqrt(2.0 * convolution.out() / values.length);
        for (int i = 0; i < values.length; i++) {
          float number = NORMAL[next++ % NORMAL.length];
          values[i] =
              isKernel
                  ? (float) deviation * number
                  : isPositive ? (float) Math.exp(0.2 * number) : 0.2f * number;
        }
        tensors.put(tensor.getKey(), new Tensor(tensor.getValue(), values));
      }
    }
    // What is added to the shortcut is smaller, or each block would double the numbers.
    network.stages().stream()
        .flatMap(List::stream)
        .map(block -> block.path().get(block.path().size() - 1).norm() + ".weight")
        .forEach(name -> halve(tensors.get(name).values()));
    return new Weights("lively", "lively " + architecture, tensors);
  }

  private static void halve(float[] values) {
    for (int i = 0; i < values.length; i++) {
      values[i] /= 2;
    }
  }
}
