package io.nightjar.backbone.engine;

import ai.djl.Device;
import ai.djl.MalformedModelException;
import ai.djl.Model;
import ai.djl.inference.Predictor;
import ai.djl.translate.TranslateException;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import io.nightjar.backbone.graph.BackboneModel;
import io.nightjar.backbone.graph.EmulatedHalf;
import io.nightjar.backbone.patch.LinearReduction;
import io.nightjar.backbone.spec.Precision;
import io.nightjar.backbone.spec.Size;
import io.nightjar.dataset.image.RgbImage;
import io.nightjar.text.Text;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A backbone that ONNX Runtime computes, on the CPU or a GPU. */
public final class OnnxRuntimeBackbone implements LoadedBackbone {
  static final String ENGINE = "OnnxRuntime";

  static {
    DjlSettings.apply();
  }

  private final Model model;
  private final Size imageSize;

  private OnnxRuntimeBackbone(Model model, Size imageSize) {
    this.model = model;
    this.imageSize = imageSize;
  }

  /** Loads a backbone; {@code threads} compute one call. */
  public static OnnxRuntimeBackbone load(
      BackboneModel backbone, Output output, DeviceChoice device, int threads) {
    OnnxRuntime.engine();
    // DJL's tensors stay on the host: ONNX Runtime moves them, and the session options, not DJL's
    // device, select the GPU, because DJL would register it with settings of its own.
    Model model = Model.newInstance(backbone.spec().architecture().id(), Device.cpu(), ENGINE);
    try (OrtSession.SessionOptions options = new OrtSession.SessionOptions()) {
      options.setIntraOpNumThreads(threads);
      options.setInterOpNumThreads(1);
      options.setExecutionMode(OrtSession.SessionOptions.ExecutionMode.SEQUENTIAL);
      // Tasks share the cores: a waiting thread must not spin on one.
      options.addConfigEntry("session.intra_op.allow_spinning", "0");
      if (device.gpu().isPresent()) {
        Cuda.configure(options, device.gpu().getAsInt());
      }
      byte[] onnx =
          switch (output) {
            case PATCHES -> backbone.onnx();
            case MAPS -> backbone.mapsOnnx();
            case REDUCED -> backbone.reducingOnnx();
          };
      if (backbone.spec().precision() == Precision.FP16 && device.gpu().isEmpty()) {
        onnx = EmulatedHalf.of(onnx);
      }
      model.load(new ByteArrayInputStream(onnx), Map.of("sessionOptions", options));
      return new OnnxRuntimeBackbone(model, backbone.spec().imageSize());
    } catch (IOException | MalformedModelException | OrtException e) {
      model.close();
      throw new IllegalStateException(
          Text.format(
              "The backbone %s (weights %s) cannot be loaded on %s: %s",
              backbone.spec().architecture().id(),
              backbone.weightsSource(),
              device.device(),
              e.getMessage()),
          e);
    }
  }

  @Override
  public List<float[]> embed(
      List<RgbImage> images, Output output, Optional<LinearReduction> reduction) {
    RgbBatchTranslator translator = new RgbBatchTranslator(imageSize, reduction);
    try (Predictor<List<RgbImage>, List<float[]>> predictor = model.newPredictor(translator)) {
      return predictor.predict(images);
    } catch (TranslateException e) {
      throw new IllegalStateException(
          Text.format(
              "A batch of %d images cannot be embedded: %s",
              images.size(), e.getCause() == null ? e : e.getCause()),
          e);
    }
  }

  @Override
  public void close() {
    model.close();
  }
}
