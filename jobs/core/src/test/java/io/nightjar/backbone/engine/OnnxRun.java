package io.nightjar.backbone.engine;

import ai.djl.Device;
import ai.djl.Model;
import ai.djl.inference.Predictor;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.translate.NoopTranslator;
import io.nightjar.backbone.spec.Size;
import io.nightjar.backbone.weights.Tensor;
import io.nightjar.dataset.image.RgbImage;
import java.io.ByteArrayInputStream;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Runs a graph on images and gives each of its outputs by name. */
public final class OnnxRun {
  private OnnxRun() {}

  public static Map<String, Tensor> outputs(byte[] onnx, List<RgbImage> images) throws Exception {
    try (Model model = Model.newInstance("graph", Device.cpu(), "OnnxRuntime")) {
      model.load(new ByteArrayInputStream(onnx), Map.of());
      try (Predictor<NDList, NDList> predictor = model.newPredictor(new NoopTranslator());
          var manager = model.getNDManager().newSubManager()) {
        NDArray input =
            RgbBatchTranslator.pixels(
                manager, images, new Size(images.get(0).height(), images.get(0).width()));
        Map<String, Tensor> outputs = new LinkedHashMap<>();
        for (NDArray output : predictor.predict(new NDList(input))) {
          List<Integer> shape =
              java.util.Arrays.stream(output.getShape().getShape())
                  .mapToObj(Math::toIntExact)
                  .toList();
          outputs.put(output.getName(), new Tensor(shape, RgbBatchTranslator.floats(output)));
        }
        return outputs;
      }
    }
  }
}
