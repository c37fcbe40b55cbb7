package io.nightjar.backbone.spec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.nightjar.backbone.Embedders;
import io.nightjar.backbone.engine.DeviceRequest;
import io.nightjar.backbone.engine.Frobenius;
import io.nightjar.backbone.engine.OnnxRun;
import io.nightjar.backbone.engine.TinyImages;
import io.nightjar.backbone.graph.BackboneGraph;
import io.nightjar.backbone.graph.BackboneModel;
import io.nightjar.backbone.graph.EmulatedHalf;
import io.nightjar.backbone.weights.Tensor;
import io.nightjar.backbone.weights.Weights;
import io.nightjar.dataset.image.RgbImage;
import io.nightjar.error.InvalidInputException;
import io.nightjar.io.Half;
import io.nightjar.testing.TinyDataset;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("slow")
class PrecisionTest {
  private static final EmbeddingSpec SPEC =
      new EmbeddingSpec(Architecture.RESNET18, List.of(1, 2, 3), 64, 8, Precision.FP16);

  private static final RgbImage IMAGE = TinyImages.random(64, 3);
  private static final Weights SEEDED = TinyDataset.weights();

  @Test
  void hasItsNameInAnyCase() {
    assertThat(Precision.parse("FP16")).isEqualTo(Precision.FP16);
    assertThat(Precision.parse("fp32")).isEqualTo(Precision.FP32);
    assertThatThrownBy(() -> Precision.parse("bf16"))
        .isInstanceOf(InvalidInputException.class)
        .hasMessage("Unknown precision 'bf16': choose fp32 or fp16.");
  }

  /** A graph that kept float32 anywhere on the way would put out other numbers. */
  @Test
  void stagesPutOutFloat16Numbers() throws Exception {
    byte[] graph = BackboneGraph.stages(SPEC, SEEDED);

    Map<String, Tensor> outputs = OnnxRun.outputs(EmulatedHalf.of(graph), List.of(IMAGE));

    assertThat(outputs).containsOnlyKeys("stage1", "stage2", "stage3");
    for (Tensor stage : outputs.values()) {
      for (float value : stage.values()) {
        assertThat(Half.toFloat(Half.of(value))).isEqualTo(value);
      }
    }
  }

  /** Each of some 20 operations rounds by 2^-11 of its result at most. */
  @Test
  void differsFromFloat32ByItsRounding() {
    float[] half = embed(BackboneModel.build(SPEC, SEEDED));
    float[] single = embed(BackboneModel.build(SPEC.withPrecision(Precision.FP32), SEEDED));

    assertThat(Frobenius.relative(half, single)).isBetween(1e-4, 3e-3);
  }

  /** A float16 model file declares float16 weights, whatever the device does with it. */
  @Test
  void theModelFileHoldsHalfTheBytes() {
    int half = BackboneModel.build(SPEC, SEEDED).onnx().length;
    int single = BackboneModel.build(SPEC.withPrecision(Precision.FP32), SEEDED).onnx().length;

    assertThat((double) half / single).isBetween(0.49, 0.52);
  }

  @Test
  void refusesWeightsBeyondItsRange() {
    Map<String, Tensor> tensors = new HashMap<>();
    SEEDED.names().forEach(name -> tensors.put(name, SEEDED.tensor(name)));
    float[] bias = new float[64];
    bias[7] = 70000;
    tensors.put("bn1.bias", new Tensor(List.of(64), bias));
    Weights large = new Weights("large", "large", tensors);

    assertThatThrownBy(() -> BackboneModel.build(SPEC, large))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("conv1.bias of large")
        .hasMessageContaining("70000.0")
        .hasMessageContaining("--precision fp32");
    assertThat(embed(BackboneModel.build(SPEC.withPrecision(Precision.FP32), large))).isNotEmpty();
  }

  private static float[] embed(BackboneModel model) {
    return Embedders.forTask(model, DeviceRequest.CPU, 1).embed(List.of(IMAGE));
  }
}
