package io.nightjar.export;

import static io.nightjar.backbone.graph.OnnxGraphBuilder.attribute;

import ai.onnx.proto.OnnxMl.TensorProto.DataType;
import io.nightjar.backbone.graph.OnnxGraphBuilder;
import java.util.List;

/**
 * The map at the size of the image: interpolated as {@code score.Upsampling} does it, and smoothed
 * as {@code score.GaussianSmoothing} does. Both are linear along each axis, so that a smoothed map
 * is the product of the map with a matrix of each axis.
 */
final class MapSection {
  private static final double TRUNCATE = 4;

  private final Operators operators;
  private final int rows;
  private final int columns;

  private MapSection(OnnxGraphBuilder graph, int rows, int columns) {
    this.operators = new Operators(graph, "map");
    this.rows = rows;
    this.columns = columns;
  }

  /**
   * Adds the map.
   *
   * @param grid float32 {@code [rows, columns]}
   * @param smoothing sigma in pixels of the network's input, 0 to a quarter of its size
   * @param imageHeight of the network's input, in pixels
   * @param imageWidth likewise
   * @return float32 {@code [height, width]}
   */
  static String add(
      OnnxGraphBuilder graph,
      String grid,
      int rows,
      int columns,
      ImageInput image,
      double smoothing,
      int imageHeight,
      int imageWidth) {
    MapSection section = new MapSection(graph, rows, columns);
    return smoothing == 0
        ? section.upsampled(grid, image)
        : section.smoothed(grid, image, smoothing / imageHeight, smoothing / imageWidth);
  }

  private String upsampled(String grid, ImageInput image) {
    String size = operators.concat(0, List.of(axis(image.height()), axis(image.width())));
    return flat(resize(operators.reshape(grid, 1, 1, rows, columns), size));
  }

  private String axis(String length) {
    return operators.of("Unsqueeze", length, operators.wholes(0));
  }

  private String flat(String map) {
    return operators.of("Squeeze", map, operators.wholes(0, 1));
  }

  private String resize(String map, String size) {
    return operators.of(
        "Resize",
        List.of(map, "", "", size),
        attribute("axes", new long[] {2, 3}),
        attribute("mode", "linear"),
        attribute("coordinate_transformation_mode", "half_pixel"));
  }

  private String smoothed(
      String grid, ImageInput image, double sigmaOfHeight, double sigmaOfWidth) {
    String down = axisMatrix(image.height(), rows, sigmaOfHeight);
    String across = axisMatrix(image.width(), columns, sigmaOfWidth);
    return operators.of(
        "MatMul", operators.of("MatMul", down, grid), operators.transpose(across, 1, 0));
  }

  /** What turns cells along an axis into smoothed pixels: float32 {@code [length, cells]}. */
  private String axisMatrix(String length, int cells, double sigma) {
    float[] identity = new float[cells * cells];
    for (int i = 0; i < cells; i++) {
      identity[i * cells + i] = 1;
    }
    String size = operators.concat(0, List.of(axis(length), operators.wholes(cells)));
    String pixels = flat(resize(operators.tensor(List.of(1, 1, cells, cells), identity), size));
    return operators.of("MatMul", gaussian(length, sigma), pixels);
  }

  /**
   * The weights of all pixels of an axis in each: float32 {@code [length, length]}. A pixel is seen
   * where it is and in the mirrors at both ends, whose rows sum to that of the whole kernel.
   *
   * @param sigma as a fraction of the length, at most 1/4, so that one mirror at each end is enough
   */
  private String gaussian(String length, double sigma) {
    String count = operators.cast(length, DataType.FLOAT);
    String deviation = operators.of("Mul", count, operators.number((float) sigma));
    String radius =
        operators.of(
            "Floor",
            operators.of(
                "Add",
                operators.of("Mul", deviation, operators.number((float) TRUNCATE)),
                operators.number(0.5f)));
    String positions =
        operators.cast(
            operators.of("Range", operators.whole(0), length, operators.whole(1)), DataType.FLOAT);
    String column = operators.reshape(positions, -1, 1);
    String one = operators.number(1);
    String left = operators.of("Neg", operators.of("Add", positions, one));
    String right = operators.of("Add", left, operators.of("Mul", count, operators.number(2)));
    String weights = null;
    for (String source : List.of(positions, left, right)) {
      String kernel = kernel(operators.of("Sub", column, source), deviation, radius);
      weights = weights == null ? kernel : operators.of("Add", weights, kernel);
    }
    return operators.of("Div", weights, operators.reduce("ReduceSum", weights, true, 1));
  }

  private String kernel(String distance, String deviation, String radius) {
    String scaled = operators.of("Div", distance, deviation);
    String weight =
        operators.of(
            "Exp",
            operators.of("Mul", operators.of("Mul", scaled, scaled), operators.number(-0.5f)));
    String inside = operators.of("LessOrEqual", operators.of("Abs", distance), radius);
    return operators.of("Where", inside, weight, operators.number(0));
  }
}
