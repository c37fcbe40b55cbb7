package io.nightjar.backbone.graph;

import static io.nightjar.backbone.graph.OnnxGraphBuilder.attribute;

import io.nightjar.backbone.patch.LinearReduction;
import io.nightjar.backbone.patch.PatchMaps;
import io.nightjar.backbone.spec.EmbeddingSpec;
import io.nightjar.backbone.spec.Size;
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

  /** Squares up to this side are resized as published; torch's interpolate has no mean. */
  private static final int INTERPOLATED_UP_TO = 224;

  private final EmbeddingSpec spec;
  private final List<BackboneGraph.StageOutput> stages;
  private final OnnxGraphBuilder graph;

  private EmbeddingHead(EmbeddingSpec spec, BackboneGraph.Backbone backbone) {
    this.spec = spec;
    this.stages = backbone.stages();
    this.graph =
        new OnnxGraphBuilder(backbone.onnx())
            .withInput(
                BackboneGraph.INPUT,
                spec.imageSize().height(),
                spec.imageSize().width(),
                Normalisation.CHANNELS)
            .withMetadata(BackboneModel.shape(spec));
  }

  /**
   * Whether a stage is brought to the grid by the mean of the cells that lie in one of the grid's,
   * rather than by interpolation, which takes four of them and loses the others. That is so for
   * squares of more than 224 pixels a side and for all images that are no squares, where a whole
   * number of cells lie along each side of a cell of the grid, more than two along the longer; for
   * two, interpolation is the mean.
   *
   * @param image size of the images in pixels
   * @param stage cells of the stage's output
   * @param grid cells of the grid, or of the stage's level of a {@link PatchLayout}
   * @return whether its cells are averaged
   */
  public static boolean averages(Size image, Size stage, Size grid) {
    boolean published = image.isSquare() && image.height() <= INTERPOLATED_UP_TO;
    return !published
        && stage.height() % grid.height() == 0
        && stage.width() % grid.width() == 0
        && Math.max(stage.height() / grid.height(), stage.width() / grid.width()) > 2;
  }

  /**
   * The model of the patch embeddings: output {@code patches} float32 {@code [n, patches,
   * channels]}.
   */
  static byte[] embedding(EmbeddingSpec spec, BackboneGraph.Backbone backbone) {
    return new EmbeddingHead(spec, backbone).embedding();
  }

  /**
   * The model of reduced patches: more inputs are the {@code mean} float32 {@code [1, channels]}
   * and the {@code directions} float32 {@code [components, channels]} of a {@link LinearReduction};
   * output {@code patches} float32 {@code [n, patches, components]}.
   *
   * <p>The reduction is an input, not part of the model, so that one model in memory serves every
   * category.
   */
  static byte[] reducing(EmbeddingSpec spec, BackboneGraph.Backbone backbone) {
    return new EmbeddingHead(spec, backbone).reducing();
  }

  /**
   * The model of {@link PatchMaps}: for each level of the layout an output float32 {@code [n,
   * cells, channels]}.
   */
  static byte[] maps(EmbeddingSpec spec, BackboneGraph.Backbone backbone) {
    return new EmbeddingHead(spec, backbone).maps();
  }

  private byte[] maps() {
    int stage = 0;
    for (PatchLayout.Level level : PatchLayout.of(spec.grid(), stages).levels()) {
      List<String> values = new ArrayList<>();
      while (stage < stages.size()
          && PatchLayout.sizeOf(stages.get(stage).size(), spec.grid()).equals(level.size())) {
        values.add(resized(stages.get(stage), level.size()));
        stage++;
      }
      String name = "maps" + level.size();
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
      Size size = PatchLayout.sizeOf(stage.size(), spec.grid());
      String value = resized(stage, size);
      resized.add(size.equals(spec.grid()) ? value : resize(graph, value, spec.grid()));
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
   * The contribution of one stage: {@code [n, components, rows, columns]}. Resizing is linear and
   * preserves constants, so it may be done before or after; both are done on fewer pixels this way.
   */
  private String reduced(BackboneGraph.StageOutput stage, String mean, String directions) {
    Size size = PatchLayout.sizeOf(stage.size(), spec.grid());
    String value = resized(stage, size);
    String name = stage.value() + ".";
    String rows = reshape(name + "rows", value, 0, stage.channels(), size.cells());
    // Centred before the product: its rounding is then relative to the deviations.
    String centred =
        graph.node(
            "Sub",
            name + "centred",
            List.of(rows, reshape(name + "mean.column", mean, stage.channels(), 1)));
    String product = graph.node("MatMul", name + "product", List.of(directions, centred));
    String map = reshape(name + "reduced", product, 0, -1, size.height(), size.width());
    return size.equals(spec.grid()) ? map : resize(graph, map, spec.grid());
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

  /** From {@code [n, values, rows, columns]} to the output {@code [n, cells, values]}. */
  private void flatten(String output, String value, long values, long cells) {
    String flat = reshape(output + ".flat", value, 0, values, cells);
    graph.node("Transpose", output, List.of(flat), attribute("perm", new long[] {0, 2, 1}));
  }

  private String resized(BackboneGraph.StageOutput stage, Size size) {
    if (stage.size().equals(size)) {
      return stage.value();
    }
    return averages(spec.imageSize(), stage.size(), size)
        ? mean(
            stage.value(),
            stage.size().height() / size.height(),
            stage.size().width() / size.width())
        : resize(graph, stage.value(), size);
  }

  /** The means of rectangles of {@code rows x columns} cells. */
  private String mean(String value, int rows, int columns) {
    return graph.node(
        "AveragePool",
        value + ".averaged",
        List.of(value),
        attribute("kernel_shape", new long[] {rows, columns}),
        attribute("strides", new long[] {rows, columns}));
  }

  private String reshape(String name, String value, long... shape) {
    return graph.node("Reshape", name, List.of(value, graph.constant(name + ".shape", shape)));
  }

  /**
   * Adds a resize of {@code [n, C, h, w]} to {@code [n, C, rows, columns]}: bilinear with
   * half-pixel centres and without antialiasing, like torch's interpolate.
   */
  public static String resize(OnnxGraphBuilder graph, String value, Size size) {
    String name = value + ".resized";
    return graph.node(
        "Resize",
        name,
        List.of(value, "", "", graph.constant(name + ".size", size.height(), size.width())),
        attribute("axes", new long[] {2, 3}),
        attribute("mode", "linear"),
        attribute("coordinate_transformation_mode", "half_pixel"));
  }
}
