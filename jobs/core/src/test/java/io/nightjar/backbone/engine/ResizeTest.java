package io.nightjar.backbone.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.djl.Device;
import ai.djl.Model;
import ai.djl.inference.Predictor;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.types.Shape;
import ai.djl.translate.NoopTranslator;
import ai.onnx.proto.OnnxMl;
import io.nightjar.backbone.graph.EmbeddingHead;
import io.nightjar.backbone.graph.OnnxGraphBuilder;
import io.nightjar.backbone.spec.Size;
import java.io.ByteArrayInputStream;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ResizeTest {

  /** Sample centres lie at -0.25, 0.25, 0.75 and 1.25 of the source, the outer two clamped. */
  @Test
  void enlarges() throws Exception {
    assertThat(resized(new float[] {0, 4, 8, 12}, 2, 4))
        .containsExactly(
            new float[] {0, 1, 3, 4, 2, 3, 5, 6, 6, 7, 9, 10, 8, 9, 11, 12}, within(1e-6f));
  }

  /** From 6 to 2 without antialiasing: the centres 1 and 4 are whole, so two values are taken. */
  @Test
  void shrinksWithoutAntialiasing() throws Exception {
    float[] source = new float[36];
    for (int i = 0; i < 36; i++) {
      source[i] = i * i;
    }
    assertThat(resized(source, 6, 2))
        .containsExactly(new float[] {7 * 7, 10 * 10, 25 * 25, 28 * 28}, within(1e-3f));
  }

  private static float[] resized(float[] source, int side, int newSide) throws Exception {
    OnnxGraphBuilder graph = new OnnxGraphBuilder("resize");
    String input = graph.input("in", OnnxMl.TensorProto.DataType.FLOAT, 1, side, side);
    graph.output(EmbeddingHead.resize(graph, input, Size.square(newSide)), 1, newSide, newSide);
    try (Model model = Model.newInstance("resize", Device.cpu(), "OnnxRuntime")) {
      model.load(new ByteArrayInputStream(graph.build(Map.of())), Map.of());
      try (Predictor<NDList, NDList> predictor = model.newPredictor(new NoopTranslator());
          var manager = model.getNDManager().newSubManager()) {
        return RgbBatchTranslator.floats(
            predictor
                .predict(new NDList(manager.create(source, new Shape(1, 1, side, side))))
                .singletonOrThrow());
      }
    }
  }
}
