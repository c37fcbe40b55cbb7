package io.nightjar.backbone;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.nightjar.backbone.engine.DeviceRequest;
import io.nightjar.backbone.engine.Frobenius;
import io.nightjar.backbone.engine.OnnxRun;
import io.nightjar.backbone.graph.BackboneGraph;
import io.nightjar.backbone.graph.BackboneModel;
import io.nightjar.backbone.spec.Architecture;
import io.nightjar.backbone.spec.EmbeddingSpec;
import io.nightjar.backbone.spec.Precision;
import io.nightjar.backbone.weights.Tensor;
import io.nightjar.backbone.weights.WeightFiles;
import io.nightjar.backbone.weights.Weights;
import io.nightjar.dataset.image.RgbImage;
import io.nightjar.testing.SharedFiles;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The real weights on a real image, against an independent implementation. */
class ReferenceTest {
  private static final double TOLERANCE = 1e-3;

  /** Some 40 roundings one after the other, each by 2^-11 = 5e-4 at most, that cancel in part. */
  private static final double HALF_TOLERANCE = 5e-3;

  private static final float[] MEAN = {0.485f, 0.456f, 0.406f};
  private static final float[] DEVIATION = {0.229f, 0.224f, 0.225f};

  private static Weights weights;
  private static Weights reference;
  private static RgbImage image;

  @BeforeAll
  static void load() {
    Configuration conf = new Configuration(false);
    weights = WeightFiles.load(SharedFiles.resnet50V1Weights().toString(), Optional.empty(), conf);
    reference =
        WeightFiles.load(
            SharedFiles.reference("bottle_broken_large_000.safetensors").toString(),
            Optional.empty(),
            conf);
    image = denormalised(reference.tensor("input_chw"));
  }

  @Test
  void patchEmbeddings() {
    assertThat(differenceOfPatches(Precision.FP32)).isLessThan(TOLERANCE);
  }

  @Test
  void patchEmbeddingsInHalfPrecision() {
    assertThat(differenceOfPatches(Precision.FP16)).isLessThan(HALF_TOLERANCE);
  }

  private static double differenceOfPatches(Precision precision) {
    EmbeddingSpec spec = EmbeddingSpec.of(Architecture.RESNET50_V1).withPrecision(precision);
    float[] patches =
        Embedders.forTask(BackboneModel.build(spec, weights), DeviceRequest.CPU, 1)
            .embed(List.of(image));
    Tensor expected = reference.tensor("patches_every7th_112x1792");

    assertThat(patches).hasSize(784 * 1792);
    float[] everySeventh = new float[112 * 1792];
    for (int row = 0; row < 112; row++) {
      System.arraycopy(patches, row * 7 * 1792, everySeventh, row * 1792, 1792);
    }
    return Frobenius.relative(everySeventh, expected.values());
  }

  @ParameterizedTest
  @CsvSource({
    "stage1, stage1_conv2_block3_every4th_channel",
    "stage2, stage2_conv3_block4_every4th_channel",
    "stage3, stage3_conv4_block6_every4th_channel"
  })
  void stageOutput(String stage, String name) throws Exception {
    byte[] graph = BackboneGraph.stages(EmbeddingSpec.of(Architecture.RESNET50_V1), weights);
    Map<String, Tensor> outputs = OnnxRun.outputs(graph, List.of(image));
    Tensor expected = reference.tensor(name);

    Tensor actual = outputs.get(stage);
    int channels = expected.shape().get(0);
    int plane = expected.shape().get(1) * expected.shape().get(2);
    assertThat(actual.shape())
        .containsExactly(1, 4 * channels, expected.shape().get(1), expected.shape().get(2));
    float[] everyFourth = new float[channels * plane];
    for (int channel = 0; channel < channels; channel++) {
      System.arraycopy(actual.values(), 4 * channel * plane, everyFourth, channel * plane, plane);
    }
    assertThat(Frobenius.relative(everyFourth, expected.values())).isLessThan(TOLERANCE);
  }

  /**
   * The reference's input is exactly (value / 255 - mean) / deviation of 8-bit values. Its shape
   * says [3, 224, 224], but its values lie row by row with the channels of a pixel side by side:
   * only so are they whole numbers, and only so do they lead to the file's own stage outputs.
   */
  private static RgbImage denormalised(Tensor input) {
    int side = input.shape().get(1);
    byte[] pixels = new byte[3 * side * side];
    for (int i = 0; i < pixels.length; i++) {
      float level = (input.values()[i] * DEVIATION[i % 3] + MEAN[i % 3]) * 255;
      assertThat(level).isCloseTo(Math.round(level), within(1e-3f));
      pixels[i] = (byte) Math.round(level);
    }
    return new RgbImage(side, side, pixels);
  }
}
