package io.nightjar.backbone.engine;

import ai.onnx.proto.OnnxMl;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import ai.onnxruntime.providers.OrtCUDAProviderOptions;
import io.nightjar.backbone.graph.OnnxGraphBuilder;
import io.nightjar.backbone.spec.Precision;
import io.nightjar.error.InvalidInputException;
import io.nightjar.text.Text;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** Checks whether this process can compute on a CUDA device, and configures sessions for it. */
public final class Cuda {
  private static final Map<Integer, Optional<String>> PROBLEMS = new ConcurrentHashMap<>();

  private Cuda() {}

  /**
   * Why a device cannot be used, as a clause; empty where it can. Tested once per process.
   *
   * @throws InvalidInputException if ONNX Runtime's library cannot be loaded
   */
  public static Optional<String> problem(int id) {
    return PROBLEMS.computeIfAbsent(id, Cuda::findProblem);
  }

  /**
   * Configures a session to compute on a device, deterministically.
   *
   * <p>TensorFloat-32 is off: it would round the factors of float32 products to 10 bits, and the
   * figures would differ in the third digit from those of a CPU. For tensor cores configure {@link
   * Precision#FP16}. cuDNN's algorithms come from its heuristics, which depend on shapes alone, not
   * from timings, whose winner may change from run to run.
   */
  static void configure(OrtSession.SessionOptions options, int id) throws OrtException {
    options.setDeterministicCompute(true);
    try (OrtCUDAProviderOptions cuda = new OrtCUDAProviderOptions(id)) {
      cuda.add("use_tf32", "0");
      cuda.add("cudnn_conv_algo_search", "HEURISTIC");
      options.addCUDA(cuda);
    }
  }

  private static Optional<String> findProblem(int id) {
    if (!OnnxRuntime.providers().contains("cuda")) {
      return Optional.of(
          "this build of Nightjar contains ONNX Runtime for the CPU; the Maven profile 'cuda' builds one for GPUs");
    }
    OnnxGraphBuilder graph = new OnnxGraphBuilder("probe");
    String input = graph.input("in", OnnxMl.TensorProto.DataType.FLOAT, 1);
    graph.node("Relu", "out", List.of(input));
    graph.output("out", 1);
    try (OrtSession.SessionOptions options = new OrtSession.SessionOptions()) {
      configure(options, id);
      OnnxRuntime.environment().createSession(graph.build(Map.of()), options).close();
      return Optional.empty();
    } catch (OrtException e) {
      return Optional.of(Text.format("no session can be opened on it (%s)", e.getMessage()));
    }
  }
}
