package io.nightjar.export;

import static io.nightjar.backbone.graph.OnnxGraphBuilder.attribute;

import ai.onnx.proto.OnnxMl.TensorProto.DataType;
import io.nightjar.backbone.graph.OnnxGraphBuilder;
import io.nightjar.score.ImageScoreKind;
import java.util.List;
import java.util.Optional;

/**
 * The scores of the image, its p-value and the decision. NaN is looked for explicitly, since
 * comparisons and largest values lose it: an image with a distance that is no number has no score
 * and no p-value, and is anomalous.
 */
final class ScoreSection {
  private final OnnxGraphBuilder graph;
  private final Operators operators;
  private final String isUndefined;

  /**
   * @param distances of the patches, float32 {@code [patches]}
   */
  ScoreSection(OnnxGraphBuilder graph, String distances) {
    this.graph = graph;
    this.operators = new Operators(graph, "score");
    String undefined = operators.cast(operators.of("IsNaN", distances), DataType.FLOAT);
    this.isUndefined =
        operators.of("Greater", operators.reduceAll("ReduceMax", undefined), operators.number(0));
  }

  /** The largest of some values. */
  String highest(String values) {
    return known(operators.reduceAll("ReduceMax", values));
  }

  /** The mean of the highest of a list. */
  String meanOfHighest(String values, int count) {
    String highest =
        operators.output(
            0, "TopK", List.of(values, operators.wholes(count)), attribute("largest", 1));
    return known(operators.reduceAll("ReduceMean", highest));
  }

  private String known(String value) {
    return operators.of("Where", isUndefined, operators.number(Float.NaN), value);
  }

  /** Makes a number an output. */
  void output(ImageScoreKind kind, String value) {
    output(kind.column(), value, DataType.FLOAT);
  }

  /** Makes a value without axes an output. */
  void output(String name, String value, DataType type) {
    graph.node("Identity", name, List.of(value));
    graph.shapedOutput(name, type, List.of());
  }

  /** The p-value: (1 + the number of scores at or above that of the image) / (n + 1). */
  String pValue(String score, Calibration calibration) {
    float[] scores = calibration.scores();
    String atOrAbove =
        operators.cast(
            operators.of("GreaterOrEqual", operators.tensor(List.of(scores.length), scores), score),
            DataType.FLOAT);
    return known(
        operators.of(
            "Div",
            operators.of("Add", operators.reduceAll("ReduceSum", atOrAbove), operators.number(1)),
            operators.number(scores.length + 1)));
  }

  /** Whether the score lies above the limit; true where there is none. */
  String isAnomalous(String score, float limit) {
    return operators.of("Not", operators.of("LessOrEqual", score, operators.number(limit)));
  }

  /** Adds p-value and decision as far as there is a calibration. */
  void decide(String score, Optional<Calibration> calibration) {
    calibration.ifPresent(
        own -> {
          output(ExportedGraph.P_VALUE, pValue(score, own), DataType.FLOAT);
          own.decision()
              .ifPresent(
                  decision ->
                      output(
                          ExportedGraph.ANOMALOUS,
                          isAnomalous(score, decision.limit()),
                          DataType.BOOL));
        });
  }
}
