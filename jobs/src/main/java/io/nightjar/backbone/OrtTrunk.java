package io.nightjar.backbone;

import ai.djl.Device;
import ai.djl.MalformedModelException;
import ai.djl.Model;
import ai.djl.inference.Predictor;
import ai.djl.translate.TranslateException;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import io.nightjar.dataset.RgbImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A trunk that ONNX Runtime computes, on the CPU or a GPU. */
final class OrtTrunk implements LoadedTrunk {
  private static final String ENGINE = "OnnxRuntime";

  static {
    DjlSettings.apply();
  }

  private final Model model;
  private final int imageSize;

  private OrtTrunk(Model model, int imageSize) {
    this.model = model;
    this.imageSize = imageSize;
  }

  /** Loads a trunk; {@code threads} compute one call. */
  static OrtTrunk load(TrunkModel trunk, Output output, DeviceChoice device, int threads) {
    // DJL's tensors stay on the host: ONNX Runtime moves them, and the session options, not DJL's
    // device, name the GPU, because DJL would register it with settings of its own.
    Model model = Model.newInstance(trunk.spec().architecture().id(), Device.cpu(), ENGINE);
    try (OrtSession.SessionOptions options = new OrtSession.SessionOptions()) {
      options.setIntraOpNumThreads(threads);
      options.setInterOpNumThreads(1);
      options.setExecutionMode(OrtSession.SessionOptions.ExecutionMode.SEQUENTIAL);
      // Tasks share the cores: a thread that waits must not burn one.
      options.addConfigEntry("session.intra_op.allow_spinning", "0");
      if (device.gpu().isPresent()) {
        Cuda.use(options, device.gpu().getAsInt());
      }
      byte[] onnx =
          switch (output) {
            case PATCHES -> trunk.onnx();
            case MAPS -> trunk.mapsOnnx();
            case REDUCED -> trunk.reducingOnnx();
          };
      if (trunk.spec().precision() == Precision.FP16 && device.gpu().isEmpty()) {
        onnx = EmulatedHalf.of(onnx);
      }
      model.load(new ByteArrayInputStream(onnx), Map.of("sessionOptions", options));
      return new OrtTrunk(model, trunk.spec().imageSize());
    } catch (IOException | MalformedModelException | OrtException e) {
      model.close();
      throw new IllegalStateException(
          "The trunk %s (weights %s) cannot be loaded on %s: %s"
              .formatted(
                  trunk.spec().architecture().id(),
                  trunk.weightsSource(),
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
          "A batch of %d pictures cannot be embedded: %s"
              .formatted(images.size(), e.getCause() == null ? e : e.getCause()),
          e);
    }
  }

  @Override
  public void close() {
    model.close();
  }
}
