package io.nightjar.export;

import ai.onnx.proto.OnnxMl.TensorProto.DataType;
import io.nightjar.backbone.graph.BackboneModel;
import io.nightjar.backbone.graph.EmbeddingHead;
import io.nightjar.backbone.graph.OnnxGraphBuilder;
import io.nightjar.backbone.patch.GridPosition;
import io.nightjar.backbone.patch.LinearReduction;
import io.nightjar.backbone.spec.Size;
import io.nightjar.backbone.weights.Tensor;
import io.nightjar.pca.components.PatchReduction;
import io.nightjar.score.ImageScoreKind;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The whole method as one ONNX graph of standard operators (opset 18). The input is {@code image},
 * uint8 {@code [height, width, 3]} of any size; the outputs are
 *
 * <ul>
 *   <li>{@value #MAP}: float32 {@code [height, width]}, the map at the size of the image
 *   <li>{@value #DISTANCES}: float32 {@code [rows, columns]} of the grid, the distance of each
 *       patch
 *   <li>{@value #SCORE}: float32, the score of the kind that was chosen; {@code image_score_max},
 *       {@code image_score_top3} and {@code image_score_top1pct}: of every {@link ImageScoreKind}
 *   <li>{@value #P_VALUE}: float32, with a calibration
 *   <li>{@value #ANOMALOUS}: bool, with a calibration and a rate
 * </ul>
 */
final class ExportedGraph {
  static final String MAP = "anomaly_map";
  static final String DISTANCES = "distances";
  static final String SCORE = "image_score";
  static final String P_VALUE = "p_value";
  static final String ANOMALOUS = "anomalous";

  private static final int HIGHEST = 3;
  private static final double TOP_FRACTION = 0.01;

  private final OnnxGraphBuilder graph;
  private final BackboneModel model;
  private final PatchReduction reduction;
  private final ExportOptions options;

  private ExportedGraph(BackboneModel model, PatchReduction reduction, ExportOptions options) {
    this.graph = new OnnxGraphBuilder("nightjar");
    this.model = model;
    this.reduction = reduction;
    this.options = options;
  }

  /**
   * Builds the graph.
   *
   * @param external where the rows are, if they are not in the model file
   * @param metadata of the model file, by name
   * @return the bytes of the model file
   */
  static byte[] build(
      BackboneModel model,
      PatchReduction reduction,
      BankRows rows,
      ExportOptions options,
      Optional<Calibration> calibration,
      Optional<ExternalRows> external,
      Map<String, String> metadata) {
    ExportedGraph exported = new ExportedGraph(model, reduction, options);
    exported.add(rows, calibration, external);
    return exported.graph.build(metadata);
  }

  private void add(
      BankRows rows, Optional<Calibration> calibration, Optional<ExternalRows> external) {
    ImageInput image = ImageInput.add(graph);
    String distances =
        NearestSection.add(graph, patches(image), rows, options.neighbours(), external);
    Size grid = model.spec().grid();
    int rowsOfGrid = grid.height();
    int columns = grid.width();
    Operators operators = new Operators(graph, "output");
    String cells = operators.reshape(distances, rowsOfGrid, columns);
    Size input = model.spec().imageSize();
    String map =
        MapSection.add(
            graph,
            cells,
            rowsOfGrid,
            columns,
            image,
            options.smoothing(),
            input.height(),
            input.width());
    output(MAP, map, ImageInput.HEIGHT, ImageInput.WIDTH);
    output(DISTANCES, cells, String.valueOf(rowsOfGrid), String.valueOf(columns));
    ScoreSection scores = new ScoreSection(graph, distances);
    String most = scores.highest(map);
    String three = scores.meanOfHighest(distances, Math.min(HIGHEST, model.spec().patches()));
    String percent =
        scores.meanOfHighest(
            distances, Math.max(1, (int) Math.round(TOP_FRACTION * model.spec().patches())));
    scores.output(
        SCORE,
        switch (options.imageScore()) {
          case MAX -> most;
          case TOP3 -> three;
          case TOP1_PERCENT -> percent;
        },
        DataType.FLOAT);
    scores.output(ImageScoreKind.MAX, most);
    scores.output(ImageScoreKind.TOP3, three);
    scores.output(ImageScoreKind.TOP1_PERCENT, percent);
    // Decided by the map before it is upsampled, as the scores of the bank's own images are.
    scores.decide(
        switch (options.imageScore()) {
          case MAX -> scores.highest(distances);
          case TOP3 -> three;
          case TOP1_PERCENT -> percent;
        },
        calibration);
  }

  private void output(String name, String value, String height, String width) {
    graph.node("Identity", name, List.of(value));
    graph.shapedOutput(name, DataType.FLOAT, List.of(height, width));
  }

  /** The reduced patches of the image with their places: {@code [patches, dimension]}. */
  private String patches(ImageInput image) {
    List<BackboneModel> branches = model.branches();
    List<LinearReduction> reductions = reduction.linear().branches();
    Operators operators = new Operators(graph, "patches");
    List<String> parts = new ArrayList<>();
    Map<Size, String> inputs = new HashMap<>();
    for (int i = 0; i < branches.size(); i++) {
      String name = "branch" + i;
      String input =
          inputs.computeIfAbsent(
              branches.get(i).spec().imageSize(),
              size ->
                  ResizeSection.add(graph, "resize" + size, image, size.height(), size.width()));
      String reduced = reduced(branches.get(i), reductions.get(i), name, input);
      parts.add(operators.reshape(reduced, model.spec().patches(), -1));
    }
    reduction.position().ifPresent(place -> parts.add(places(operators, place)));
    return operators.concat(1, parts);
  }

  /** One network at one size, with its reduction. */
  private String reduced(BackboneModel branch, LinearReduction linear, String name, String input) {
    int channels = linear.channels();
    String mean =
        graph.constant(name + ".mean", new Tensor(List.of(1, channels), linear.floatMean()));
    String directions =
        graph.constant(
            name + ".directions",
            new Tensor(List.of(linear.components(), channels), linear.directions()));
    return graph
        .include(
            branch.reducingOnnx(),
            name + ".",
            Map.of(
                EmbeddingHead.IMAGES,
                input,
                EmbeddingHead.MEAN,
                mean,
                EmbeddingHead.DIRECTIONS,
                directions))
        .get(0);
  }

  private static String places(Operators operators, GridPosition place) {
    int patches = place.grid().cells();
    float[] rows = place.appendedTo(new float[patches], 1);
    float[] places = new float[GridPosition.VALUES * patches];
    for (int patch = 0; patch < patches; patch++) {
      System.arraycopy(
          rows,
          patch * (1 + GridPosition.VALUES) + 1,
          places,
          patch * GridPosition.VALUES,
          GridPosition.VALUES);
    }
    return operators.tensor(List.of(patches, GridPosition.VALUES), places);
  }
}
