package io.nightjar.backbone;

import static io.nightjar.backbone.OnnxGraphBuilder.attribute;

import ai.onnx.proto.OnnxMl;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** The ONNX graph of a trunk: 8-bit RGB pictures in, stage outputs or patch embeddings out. */
final class TrunkGraph {
  static final String INPUT = "images";
  static final String PATCHES = "patches";

  /** The normalisation that ImageNet models are trained with, for values of 0 to 1. */
  private static final double[] MEAN = {0.485, 0.456, 0.406};

  private static final double[] DEVIATION = {0.229, 0.224, 0.225};

  private final EmbeddingSpec spec;
  private final Weights weights;
  private final ResNet network;
  private final OnnxGraphBuilder graph;

  /** Height and width of each value on the way; convolutions and pooling shrink it. */
  private int side;

  private TrunkGraph(EmbeddingSpec spec, Weights weights) {
    this.spec = spec;
    this.weights = weights;
    this.network = ResNet.of(spec.architecture(), spec.lastStage());
    this.graph = new OnnxGraphBuilder(spec.architecture().id());
    this.side = spec.imageSize();
  }

  /**
   * The graph of the embedding: input {@code images} uint8 {@code [n, size, size, 3]}, output
   * {@code patches} float32 {@code [n, grid * grid, channels]}.
   */
  static byte[] embedding(EmbeddingSpec spec, Weights weights, Map<String, String> metadata) {
    TrunkGraph trunk = new TrunkGraph(spec, weights);
    List<String> resized = new ArrayList<>();
    for (Stage stage : trunk.stages()) {
      resized.add(trunk.onGrid(stage));
    }
    trunk.patches(resized);
    return trunk.graph.build(metadata);
  }

  /** The graph whose outputs are the stages themselves, {@code stage1}, ...; [n, C, h, w]. */
  static byte[] stages(EmbeddingSpec spec, Weights weights) {
    TrunkGraph trunk = new TrunkGraph(spec, weights);
    for (Stage stage : trunk.stages()) {
      trunk.graph.output(
          stage.value(), spec.architecture().channels(stage.number()), stage.side(), stage.side());
    }
    return trunk.graph.build(Map.of());
  }

  private record Stage(int number, String value, int side) {}

  /** Adds the trunk and returns the stages of the specification. */
  private List<Stage> stages() {
    String value = stem(normalised());
    List<Stage> stages = new ArrayList<>();
    for (int number = 1; number <= network.stages().size(); number++) {
      List<ResNet.Block> blocks = network.stages().get(number - 1);
      for (int i = 0; i < blocks.size(); i++) {
        boolean last = i == blocks.size() - 1;
        value = block(blocks.get(i), value, last ? "stage" + number : blocks.get(i).name());
      }
      if (spec.layers().contains(number)) {
        stages.add(new Stage(number, value, side));
      }
    }
    return stages;
  }

  /**
   * Normalises before the first convolution: folded into it, the mean would leak into the zeros
   * that pad the border.
   */
  private String normalised() {
    String images =
        graph.input(
            INPUT, OnnxMl.TensorProto.DataType.UINT8, spec.imageSize(), spec.imageSize(), 3);
    String planes =
        graph.node(
            "Transpose", "planes", List.of(images), attribute("perm", new long[] {0, 3, 1, 2}));
    String floats =
        graph.node(
            "Cast",
            "floats",
            List.of(planes),
            attribute("to", OnnxMl.TensorProto.DataType.FLOAT.getNumber()));
    float[] scale = new float[3];
    float[] shift = new float[3];
    for (int channel = 0; channel < 3; channel++) {
      scale[channel] = (float) (1 / (255 * DEVIATION[channel]));
      shift[channel] = (float) (-MEAN[channel] / DEVIATION[channel]);
    }
    List<Integer> perChannel = List.of(1, 3, 1, 1);
    String scaled =
        graph.node(
            "Mul",
            "scaled",
            List.of(floats, graph.constant("scale", new Tensor(perChannel, scale))));
    return graph.node(
        "Add",
        "normalised",
        List.of(scaled, graph.constant("shift", new Tensor(perChannel, shift))));
  }

  private String stem(String input) {
    String value = relu("stem", convolution(network.stem(), input));
    boolean padded = network.pooling() == ResNet.Pooling.PADDED;
    long border = padded ? 1 : 0;
    // Without padding, ceil mode keeps the last, partly filled window.
    side = padded ? (side - 1) / 2 + 1 : (side - 2) / 2 + 1;
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
    int sideBefore = side;
    String shortcut = input;
    if (block.shortcut().isPresent()) {
      shortcut = convolution(block.shortcut().get(), input);
      side = sideBefore;
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
    side = (side + 2 * convolution.padding() - convolution.kernel()) / convolution.stride() + 1;
    return graph.node(
        "Conv",
        convolution.name(),
        List.of(
            input,
            graph.constant(convolution.name() + ".weight", folded.weight()),
            graph.constant(convolution.name() + ".bias", folded.bias())),
        attribute("kernel_shape", new long[] {convolution.kernel(), convolution.kernel()}),
        attribute("strides", new long[] {convolution.stride(), convolution.stride()}),
        attribute("pads", new long[] {padding, padding, padding, padding}));
  }

  private String onGrid(Stage stage) {
    return stage.side() == spec.grid() ? stage.value() : resize(graph, stage.value(), spec.grid());
  }

  /**
   * Adds a resize of {@code [n, C, h, w]} to {@code [n, C, side, side]}: bilinear with half-pixel
   * centres and without antialiasing, like torch's interpolate.
   */
  static String resize(OnnxGraphBuilder graph, String value, int side) {
    String name = value + ".resized";
    return graph.node(
        "Resize",
        name,
        List.of(value, "", "", graph.constant(name + ".size", side, side)),
        attribute("axes", new long[] {2, 3}),
        attribute("mode", "linear"),
        attribute("coordinate_transformation_mode", "half_pixel"));
  }

  private void patches(List<String> resized) {
    String concatenated = graph.node("Concat", "concatenated", resized, attribute("axis", 1));
    String flat =
        graph.node(
            "Reshape",
            "flat",
            List.of(
                concatenated, graph.constant("flat.shape", 0, spec.channels(), spec.patches())));
    graph.node("Transpose", PATCHES, List.of(flat), attribute("perm", new long[] {0, 2, 1}));
    graph.output(PATCHES, spec.patches(), spec.channels());
  }
}
