package io.nightjar.export;

import static io.nightjar.backbone.graph.OnnxGraphBuilder.attribute;

import ai.onnx.proto.OnnxMl.TensorProto.DataType;
import io.nightjar.backbone.graph.OnnxGraphBuilder;
import io.nightjar.backbone.weights.Tensor;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The mean distance of each patch from its nearest rows of the bank.
 *
 * <p>The products of a part of the bank with all patches give |b|^2 - 2 q b, which orders rows as
 * distances do but loses the digits of small ones. They only choose {@value #SPARE} more candidates
 * of each part than are needed; the distances of these are taken from the differences of the values
 * themselves.
 */
final class NearestSection {
  /** Candidates of a part beyond the neighbours that are sought. */
  static final int SPARE = 7;

  private static final String PART = "bank";

  private final OnnxGraphBuilder graph;
  private final Operators operators;
  private final BankRows rows;
  private final Optional<ExternalRows> external;

  private NearestSection(OnnxGraphBuilder graph, BankRows rows, Optional<ExternalRows> external) {
    this.graph = graph;
    this.operators = new Operators(graph, PART);
    this.rows = rows;
    this.external = external;
  }

  /**
   * Adds the search.
   *
   * @param patches float32 {@code [patches, dimension]}
   * @param external where the rows are, if they are not in the model file
   * @return float32 {@code [patches]}; NaN where a patch is not finite, or its square exceeds
   *     float32
   */
  static String add(
      OnnxGraphBuilder graph,
      String patches,
      BankRows rows,
      int neighbours,
      Optional<ExternalRows> external) {
    return new NearestSection(graph, rows, external).distances(patches, neighbours);
  }

  private String distances(String patches, int neighbours) {
    String lengths = operators.reduce("ReduceSumSquare", patches, false, 1);
    String finite = operators.of("LessOrEqual", lengths, operators.number(Float.MAX_VALUE));
    String apart = operators.of("Unsqueeze", patches, operators.wholes(1));
    List<String> candidates = new ArrayList<>();
    for (int part = 0; part < rows.parts(); part++) {
      candidates.add(candidates(part, patches, apart, neighbours));
    }
    String squares = lowest(operators.concat(1, candidates), neighbours, 0);
    String mean = operators.reduce("ReduceMean", operators.of("Sqrt", squares), false, 1);
    return operators.of("Where", finite, mean, operators.number(Float.NaN));
  }

  /** The squared distances of the candidates of a part: {@code [patches, candidates]}. */
  private String candidates(int part, String patches, String apart, int neighbours) {
    String values = rows(part);
    String lengths =
        graph.constant(
            PART + ".squared_lengths." + part,
            new Tensor(List.of(rows.rows(part)), rows.squaredLengths(part)));
    String order =
        operators.of(
            "Gemm",
            List.of(patches, values, lengths),
            attribute("alpha", -2f),
            attribute("transB", 1));
    int count = (int) Math.min(rows.rows(part), (long) neighbours + SPARE);
    String chosen = operators.of("Gather", values, lowest(order, count, 1));
    return operators.reduce("ReduceSumSquare", operators.of("Sub", chosen, apart), false, 2);
  }

  /** The lowest values of each row, or their places. */
  private String lowest(String values, int count, int output) {
    return operators.output(
        output,
        "TopK",
        List.of(values, operators.wholes(count)),
        attribute("axis", 1),
        attribute("largest", 0),
        attribute("sorted", 1));
  }

  /** A part's rows as float32. */
  private String rows(int part) {
    String name = PART + ".rows." + part;
    List<Integer> shape = List.of(rows.rows(part), rows.dimension());
    DataType type = rows.precision() == RowPrecision.FP32 ? DataType.FLOAT : DataType.FLOAT16;
    if (external.isPresent()) {
      ExternalRows file = external.get();
      graph.external(
          name, type, shape, file.name(), file.offset(part), rows.bytes(rows.rows(part)));
    } else {
      graph.raw(name, type, shape, ByteBuffer.wrap(rows.encoded(part)));
    }
    return type == DataType.FLOAT ? name : operators.cast(name, DataType.FLOAT);
  }
}
