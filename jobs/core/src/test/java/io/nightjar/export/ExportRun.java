package io.nightjar.export;

import ai.onnxruntime.OnnxJavaType;
import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OnnxValue;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import ai.onnxruntime.OrtSession.SessionOptions.OptLevel;
import ai.onnxruntime.TensorInfo;
import io.nightjar.backbone.engine.OnnxRuntime;
import io.nightjar.dataset.image.RgbImage;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;

/** An exported file in ONNX Runtime. */
public final class ExportRun implements AutoCloseable {
  private final OrtEnvironment environment;
  private final OrtSession session;

  private ExportRun(OrtEnvironment environment, OrtSession session) {
    this.environment = environment;
    this.session = session;
  }

  /** Loads a model file, with or without ONNX Runtime's optimisations of the graph. */
  public static ExportRun of(byte[] onnx, OptLevel level) throws OrtException {
    OrtEnvironment environment = environment();
    try (OrtSession.SessionOptions options = options(level)) {
      return new ExportRun(environment, environment.createSession(onnx, options));
    }
  }

  public static ExportRun of(byte[] onnx) throws OrtException {
    return of(onnx, OptLevel.ALL_OPT);
  }

  /** Loads a model file by its path, from where it finds the files next to it. */
  public static ExportRun of(Path file) throws OrtException {
    OrtEnvironment environment = environment();
    try (OrtSession.SessionOptions options = options(OptLevel.ALL_OPT)) {
      return new ExportRun(environment, environment.createSession(file.toString(), options));
    }
  }

  private static OrtEnvironment environment() {
    OnnxRuntime.version(); // DJL must be the first to make the environment
    return OrtEnvironment.getEnvironment();
  }

  private static OrtSession.SessionOptions options(OptLevel level) throws OrtException {
    OrtSession.SessionOptions options = new OrtSession.SessionOptions();
    options.setOptimizationLevel(level);
    options.setIntraOpNumThreads(1);
    return options;
  }

  /** Every output of an image: arrays of values, and booleans. */
  public Map<String, Object> outputs(RgbImage image) throws OrtException {
    ByteBuffer pixels = ByteBuffer.allocateDirect(image.pixels().length).put(image.pixels());
    try (OnnxTensor tensor =
        OnnxTensor.createTensor(
            environment,
            pixels.flip(),
            new long[] {image.height(), image.width(), 3},
            OnnxJavaType.UINT8)) {
      return outputs(Map.of("image", tensor));
    }
  }

  /** Every output of a float32 matrix, the graph's only input. */
  Map<String, Object> outputs(float[][] matrix) throws OrtException {
    try (OnnxTensor tensor = OnnxTensor.createTensor(environment, matrix)) {
      return outputs(Map.of(session.getInputNames().iterator().next(), tensor));
    }
  }

  private Map<String, Object> outputs(Map<String, OnnxTensor> inputs) throws OrtException {
    Map<String, Object> values = new LinkedHashMap<>();
    try (OrtSession.Result result = session.run(inputs)) {
      for (Map.Entry<String, OnnxValue> output : result) {
        OnnxTensor tensor = (OnnxTensor) output.getValue();
        TensorInfo info = tensor.getInfo();
        values.put(
            output.getKey(),
            info.type == OnnxJavaType.FLOAT ? tensor.getFloatBuffer().array() : tensor.getValue());
      }
    }
    return values;
  }

  /** A float32 output. */
  public static float[] floats(Map<String, Object> outputs, String name) {
    return (float[]) outputs.get(name);
  }

  @Override
  public void close() throws OrtException {
    session.close();
  }
}
