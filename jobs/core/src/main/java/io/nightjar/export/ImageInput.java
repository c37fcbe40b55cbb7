package io.nightjar.export;

import ai.onnx.proto.OnnxMl.TensorProto.DataType;
import io.nightjar.backbone.graph.OnnxGraphBuilder;
import java.util.List;

/**
 * The image that the graph takes: {@code image} uint8 {@code [height, width, 3]}, red first.
 *
 * @param columns the image as float32 {@code [width, height * 3]}
 * @param height rows, int64 without axes
 * @param width columns, likewise
 */
record ImageInput(String columns, String height, String width) {
  static final String NAME = "image";
  static final String HEIGHT = "height";
  static final String WIDTH = "width";

  static ImageInput add(OnnxGraphBuilder graph) {
    Operators operators = new Operators(graph, NAME);
    String image = graph.shapedInput(NAME, DataType.UINT8, List.of(HEIGHT, WIDTH, "3"));
    String shape = operators.of("Shape", image);
    String turned = operators.transpose(operators.cast(image, DataType.FLOAT), 1, 0, 2);
    return new ImageInput(
        operators.reshape(turned, 0, -1),
        operators.of("Gather", shape, operators.whole(0)),
        operators.of("Gather", shape, operators.whole(1)));
  }
}
