package io.nightjar.backbone.graph;

import static ai.onnx.proto.OnnxMl.TensorProto.DataType.FLOAT;
import static ai.onnx.proto.OnnxMl.TensorProto.DataType.FLOAT16;
import static io.nightjar.backbone.graph.OnnxGraphBuilder.attribute;

import ai.onnx.proto.OnnxMl;
import io.nightjar.backbone.spec.EmbeddingSpec;
import io.nightjar.backbone.spec.Precision;
import io.nightjar.backbone.spec.ResNet;
import io.nightjar.backbone.spec.Size;
import io.nightjar.backbone.weights.Tensor;
import io.nightjar.backbone.weights.Weights;
import io.nightjar.error.InvalidInputException;
import io.nightjar.io.Half;
import io.nightjar.text.Text;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** The ONNX graph of a backbone: 8-bit RGB images in, the outputs of its stages out. */
public final class BackboneGraph {
  static final String INPUT = "images";

  private final EmbeddingSpec spec;
  private final Weights weights;
  private final ResNet network;
  private final OnnxGraphBuilder graph;

  private BackboneGraph(EmbeddingSpec spec, Weights weights) {
    this.spec = spec;
    this.weights = weights;
    this.network = ResNet.of(spec.architecture(), spec.lastStage());
    this.graph = new OnnxGraphBuilder(spec.architecture().id());
  }

  /**
   * The backbone: input {@code images} uint8 {@code [n, size, size, 3]}; no outputs yet, {@link
   * EmbeddingHead} continues from the stages.
   */
  static Backbone of(EmbeddingSpec spec, Weights weights, Map<String, String> metadata) {
    BackboneGraph backbone = new BackboneGraph(spec, weights);
    List<StageOutput> stages = backbone.stages();
    return new Backbone(backbone.graph.build(metadata), stages);
  }

  /** The graph whose outputs are the stages themselves, {@code stage1}, ...; [n, C, h, w]. */
  public static byte[] stages(EmbeddingSpec spec, Weights weights) {
    BackboneGraph backbone = new BackboneGraph(spec, weights);
    for (StageOutput stage : backbone.stages()) {
      backbone.graph.output(
          stage.value(), stage.channels(), stage.size().height(), stage.size().width());
    }
    return backbone.graph.build(Map.of());
  }

  /**
   * A backbone without outputs.
   *
   * @param onnx the ONNX model; the size of its input is that of the stages once {@link
   *     EmbeddingHead} has continued it
   * @param stages the values to continue from, in the order of the specification
   */
  @SuppressWarnings("ArrayRecordComponent") // a carrier of bytes
  record Backbone(byte[] onnx, List<StageOutput> stages) implements Serializable {
    private static final long serialVersionUID = 1L;

    /** The same model with the stages of another image size. */
    Backbone at(EmbeddingSpec spec) {
      List<Size> sizes =
          ResNet.of(spec.architecture(), spec.lastStage()).stageSizes(spec.imageSize());
      List<StageOutput> resized = new ArrayList<>();
      for (int i = 0; i < stages.size(); i++) {
        StageOutput stage = stages.get(i);
        Size size = sizes.get(spec.layers().get(i) - 1);
        resized.add(new StageOutput(stage.value(), stage.channels(), size));
      }
      return new Backbone(onnx, resized);
    }
  }

  /** The float32 value {@code [n, channels, height, width]} that a stage puts out. */
  record StageOutput(String value, int channels, Size size) implements Serializable {
    private static final long serialVersionUID = 2L;
  }

  /** Adds the backbone and returns the stages of the specification. */
  private List<StageOutput> stages() {
    String value = stem(normalised());
    List<Size> sizes = network.stageSizes(spec.imageSize());
    List<StageOutput> stages = new ArrayList<>();
    for (int number = 1; number <= network.stages().size(); number++) {
      List<ResNet.Block> blocks = network.stages().get(number - 1);
      for (int i = 0; i < blocks.size(); i++) {
        boolean last = i == blocks.size() - 1;
        value = block(blocks.get(i), value, last ? last(number) : blocks.get(i).name());
      }
      if (spec.layers().contains(number)) {
        String output = half() ? cast(value, "stage" + number, FLOAT) : value;
        stages.add(
            new StageOutput(output, spec.architecture().channels(number), sizes.get(number - 1)));
      }
    }
    return stages;
  }

  private String last(int stage) {
    return half() ? Text.format("stage%d.float16", stage) : "stage" + stage;
  }

  private boolean half() {
    return spec.precision() == Precision.FP16;
  }

  private String cast(String value, String name, OnnxMl.TensorProto.DataType type) {
    return graph.node("Cast", name, List.of(value), attribute("to", type.getNumber()));
  }

  /**
   * Normalises before the first convolution: folded into it, the mean would leak into the zeros
   * that pad the border.
   */
  private String normalised() {
    String images =
        graph.input(
            INPUT,
            OnnxMl.TensorProto.DataType.UINT8,
            spec.imageSize().height(),
            spec.imageSize().width(),
            Normalisation.CHANNELS);
    String planes =
        graph.node(
            "Transpose", "planes", List.of(images), attribute("perm", new long[] {0, 3, 1, 2}));
    String floats = cast(planes, "floats", FLOAT);
    List<Integer> perChannel = List.of(1, 3, 1, 1);
    String scaled =
        graph.node(
            "Mul",
            "scaled",
            List.of(
                floats, graph.constant("scale", new Tensor(perChannel, Normalisation.scale()))));
    String normalised =
        graph.node(
            "Add",
            "normalised",
            List.of(
                scaled, graph.constant("shift", new Tensor(perChannel, Normalisation.shift()))));
    return half() ? cast(normalised, "normalised.float16", FLOAT16) : normalised;
  }

  private String stem(String input) {
    String value = relu("stem", convolution(network.stem(), input));
    boolean padded = network.pooling() == ResNet.Pooling.PADDED;
    long border = padded ? 1 : 0;
    // Without padding, ceil mode keeps the last, partly filled window.
    return graph.node(
        "MaxPool",
        "pool",
        List.of(value),
        attribute("kernel_shape", new long[] {3, 3}),
        attribute("strides", new long[] {2, 2}),
        attribute("pads", new long[] {border, border, border, border}),
        attribute("ceil_mode", padded ? 0 : 1));
  }

  private String block(ResNet.Block block, String input, String name) {
    String shortcut = input;
    if (block.shortcut().isPresent()) {
      shortcut = convolution(block.shortcut().get(), input);
    }
    String value = input;
    for (int i = 0; i < block.path().size(); i++) {
      ResNet.Convolution convolution = block.path().get(i);
      value = convolution(convolution, value);
      if (i < block.path().size() - 1) {
        value = relu(convolution.name() + ".relu", value);
      }
    }
    return relu(name, graph.node("Add", block.name() + ".sum", List.of(value, shortcut)));
  }

  private String relu(String name, String input) {
    return graph.node("Relu", name, List.of(input));
  }

  private String convolution(ResNet.Convolution convolution, String input) {
    BatchNormFolding.Folded folded = BatchNormFolding.fold(convolution, weights);
    long padding = convolution.padding();
    return graph.node(
        "Conv",
        convolution.name(),
        List.of(
            input,
            constant(convolution.name() + ".weight", folded.weight()),
            constant(convolution.name() + ".bias", folded.bias())),
        attribute("kernel_shape", new long[] {convolution.kernel(), convolution.kernel()}),
        attribute("strides", new long[] {convolution.stride(), convolution.stride()}),
        attribute("pads", new long[] {padding, padding, padding, padding}));
  }

  private String constant(String name, Tensor tensor) {
    if (!half()) {
      return graph.constant(name, tensor);
    }
    for (float value : tensor.values()) {
      if (Math.abs(value) > Half.LARGEST) {
        throw new InvalidInputException(
            Text.format(
                "The tensor %s of %s, with its batch norm folded in, holds %s, which float16 cannot: use --precision fp32.",
                name, weights.source(), value));
      }
    }
    return graph.halfConstant(name, tensor);
  }
}
