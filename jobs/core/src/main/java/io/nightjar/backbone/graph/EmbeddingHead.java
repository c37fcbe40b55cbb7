package io.nightjar.backbone.graph;

import static io.nightjar.backbone.graph.OnnxGraphBuilder.attribute;

import io.nightjar.backbone.patch.LinearReduction;
import io.nightjar.backbone.patch.PatchMaps;
import io.nightjar.backbone.spec.EmbeddingSpec;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** The head of the graph: from the outputs of the backbone's stages to patches. */
public final class EmbeddingHead {
  /** The name of the graph's output of patches. */
  public static final String PATCHES = "patches";

  /** The name of the graph's input of images. */
  public static final String IMAGES = BackboneGraph.INPUT;

  /** The name of the reducing graph's input of the mean. */
  public static final String MEAN = "mean";

  /** The name of the reducing graph's input of the directions. */
  public static final String DIRECTIONS = "directions";

  private static final String COMPONENTS = "components";

  /** Up to this image size stages are resized as published; torch's interpolate has no mean. */
  private static final int INTERPOLATED_UP_TO = 224;

  private final EmbeddingSpec spec;
  private final List<BackboneGraph.StageOutput> stages;
  private final OnnxGraphBuilder graph;

  private EmbeddingHead(EmbeddingSpec spec, BackboneGraph.Backbone backbone) {
    this.spec = spec;
    this.stages = backbone.stages();
    this.graph = new OnnxGraphBuilder(backbone.onnx());
  }

  /**
   * Whether a stage is brought to the grid by the mean of the cells that lie in one of the grid's,
   * rather than by interpolation, which takes four of them and loses the others. That is so for
   * images of more than 224 pixels, where a whole number of cells, more than two, lie along each
   * side of a cell of the grid; for two, interpolation is the mean.
   *
   * @param imageSize width and height of the images in pixels
   * @param side cells along each side of the stage's output
   * @param grid cells along each side of the grid
   * @return whether its cells are averaged
   */
  public static boolean averages(int imageSize, int side, int grid) {
    return imageSize > INTERPOLATED_UP_TO && side % grid == 0 && side / grid > 2;
  }

  /**
   * The model of the patch embeddings: output {@code patches} float32 {@code [n, grid * grid,
   * channels]}.
   */
  static byte[] embedding(EmbeddingSpec spec, BackboneGraph.Backbone backbone) {
    return new EmbeddingHead(spec, backbone).embedding();
  }

  /**
   * The model of reduced patches: more inputs are the {@code mean} float32 {@code [1, channels]}
   * and the {@code directions} float32 {@code [components, channels]} of a {@link LinearReduction};
   * output {@code patches} float32 {@code [n, grid * grid, components]}.
   *
   * <p>The reduction is an input, not part of the model, so that one model in memory serves every
   * category.
   */
  static byte[] reducing(EmbeddingSpec spec, BackboneGraph.Backbone backbone) {
    return new EmbeddingHead(spec, backbone).reducing();
  }

  /**
   * The model of {@link PatchMaps}: for each level of the layout an output float32 {@code [n, side
   * * side, channels]}.
   */
  static byte[] maps(EmbeddingSpec spec, BackboneGraph.Backbone backbone) {
    return new EmbeddingHead(spec, backbone).maps();
  }

  private byte[] maps() {
    int stage = 0;
    for (PatchLayout.Level level : PatchLayout.of(spec.grid(), stages).levels()) {
      List<String> values = new ArrayList<>();
      while (stage < stages.size()
          && Math.min(spec.grid(), stages.get(stage).side()) == level.side()) {
        values.add(resized(stages.get(stage), level.side()));
        stage++;
      }
      String name = "maps" + level.side();
      String all =
          values.size() == 1
              ? values.get(0)
              : graph.node("Concat", name + ".concatenated", values, attribute("axis", 1));
      flatten(name, all, level.channels(), level.cells());
      graph.output(name, level.cells(), level.channels());
    }
    return graph.build(Map.of());
  }

  private byte[] embedding() {
    List<String> resized = new ArrayList<>();
    for (BackboneGraph.StageOutput stage : stages) {
      resized.add(resized(stage, spec.grid()));
    }
    String concatenated = graph.node("Concat", "concatenated", resized, attribute("axis", 1));
    flatten(PATCHES, concatenated, spec.channels(), spec.patches());
    graph.output(PATCHES, spec.patches(), spec.channels());
    return graph.build(Map.of());
  }

  private byte[] reducing() {
    String mean = graph.matrixInput(MEAN, "one", spec.channels());
    String directions = graph.matrixInput(DIRECTIONS, COMPONENTS, spec.channels());
    int from = 0;
    String sum = "";
    for (BackboneGraph.StageOutput stage : stages) {
      int to = from + stage.channels();
      String reduced =
          reduced(
              stage,
              columns(mean, stage.value(), from, to),
              columns(directions, stage.value(), from, to));
      sum =
          sum.isEmpty()
              ? reduced
              : graph.node("Add", stage.value() + ".sum", List.of(sum, reduced));
      from = to;
    }
    flatten(PATCHES, sum, -1, spec.patches());
    graph.output(PATCHES, spec.patches(), COMPONENTS);
    return graph.build(Map.of());
  }

  /**
   * The contribution of one stage: {@code [n, components, grid, grid]}. Resizing is linear and
   * preserves constants, so it may be done before or after; both are done on fewer pixels this way.
   */
  private String reduced(BackboneGraph.StageOutput stage, String mean, String directions) {
    String value = stage.value();
    int side = stage.side();
    if (side > spec.grid()) {
      value = resized(stage, spec.grid());
      side = spec.grid();
    }
    String name = stage.value() + ".";
    String rows = reshape(name + "rows", value, 0, stage.channels(), (long) side * side);
    // Centred before the product: its rounding is then relative to the deviations.
    String centred =
        graph.node(
            "Sub",
            name + "centred",
            List.of(rows, reshape(name + "mean.column", mean, stage.channels(), 1)));
    String product = graph.node("MatMul", name + "product", List.of(directions, centred));
    String map = reshape(name + "reduced", product, 0, -1, side, side);
    return side == spec.grid() ? map : resize(graph, map, spec.grid());
  }

  private String columns(String matrix, String stage, int from, int to) {
    String name = stage + "." + matrix;
    return graph.node(
        "Slice",
        name,
        List.of(
            matrix,
            graph.constant(name + ".from", from),
            graph.constant(name + ".to", to),
            graph.constant(name + ".axis", 1)));
  }

  /** From {@code [n, values, side, side]} to the output {@code [n, side * side, values]}. */
  private void flatten(String output, String value, long values, long cells) {
    String flat = reshape(output + ".flat", value, 0, values, cells);
    graph.node("Transpose", output, List.of(flat), attribute("perm", new long[] {0, 2, 1}));
  }

  private String resized(BackboneGraph.StageOutput stage, int side) {
    if (stage.side() == side) {
      return stage.value();
    }
    return averages(spec.imageSize(), stage.side(), side)
        ? mean(stage.value(), stage.side() / side)
        : resize(graph, stage.value(), side);
  }

  /** The means of squares of {@code cells x cells}. */
  private String mean(String value, int cells) {
    return graph.node(
        "AveragePool",
        value + ".averaged",
        List.of(value),
        attribute("kernel_shape", new long[] {cells, cells}),
        attribute("strides", new long[] {cells, cells}));
  }

  private String reshape(String name, String value, long... shape) {
    return graph.node("Reshape", name, List.of(value, graph.constant(name + ".shape", shape)));
  }

  /**
   * Adds a resize of {@code [n, C, h, w]} to {@code [n, C, side, side]}: bilinear with half-pixel
   * centres and without antialiasing, like torch's interpolate.
   */
  public static String resize(OnnxGraphBuilder graph, String value, int side) {
    String name = value + ".resized";
    return graph.node(
        "Resize",
        name,
        List.of(value, "", "", graph.constant(name + ".size", side, side)),
        attribute("axes", new long[] {2, 3}),
        attribute("mode", "linear"),
        attribute("coordinate_transformation_mode", "half_pixel"));
  }
}
