package io.nightjar.export;

import static io.nightjar.backbone.graph.OnnxGraphBuilder.attribute;

import ai.onnx.proto.OnnxMl;
import ai.onnx.proto.OnnxMl.TensorProto.DataType;
import io.nightjar.backbone.graph.OnnxGraphBuilder;
import io.nightjar.backbone.weights.Tensor;
import java.util.Arrays;
import java.util.List;

/** Adds the operators of one part of a graph, whose names it makes up: the part, and a number. */
final class Operators {
  private final OnnxGraphBuilder graph;
  private final String part;
  private int count;

  Operators(OnnxGraphBuilder graph, String part) {
    this.graph = graph;
    this.part = part;
  }

  private String name(String what) {
    return part + "." + ++count + "." + what;
  }

  /** An operator of values alone. */
  String of(String operator, String... inputs) {
    return graph.node(operator, name(operator), Arrays.asList(inputs));
  }

  /** An operator with attributes. */
  String of(String operator, List<String> inputs, OnnxMl.AttributeProto... attributes) {
    return graph.node(operator, name(operator), inputs, attributes);
  }

  /** One output of an operator that has two, counted from 0. */
  String output(
      int output, String operator, List<String> inputs, OnnxMl.AttributeProto... attributes) {
    String name = name(operator);
    graph.node(operator, name, inputs, List.of(name + ".0", name + ".1"), attributes);
    return name + "." + output;
  }

  String cast(String value, DataType type) {
    return of("Cast", List.of(value), attribute("to", type.getNumber()));
  }

  /** A whole number without axes. */
  String whole(long value) {
    return graph.scalar(name("constant"), value);
  }

  /** A list of whole numbers. */
  String wholes(long... values) {
    return graph.constant(name("constant"), values);
  }

  /** A float32 number without axes. */
  String number(float value) {
    return graph.constant(name("constant"), new Tensor(List.of(), new float[] {value}));
  }

  /** A float32 tensor. */
  String tensor(List<Integer> shape, float... values) {
    return graph.constant(name("constant"), new Tensor(shape, values));
  }

  String reshape(String value, long... shape) {
    return of("Reshape", value, wholes(shape));
  }

  String transpose(String value, long... axes) {
    return of("Transpose", List.of(value), attribute("perm", axes));
  }

  String concat(int axis, List<String> values) {
    return values.size() == 1 ? values.get(0) : of("Concat", values, attribute("axis", axis));
  }

  /** A reduction over some axes, such as ReduceSum; these stay, of length 1, if {@code kept}. */
  String reduce(String operator, String value, boolean kept, long... axes) {
    return of(operator, List.of(value, wholes(axes)), attribute("keepdims", kept ? 1 : 0));
  }

  /** A reduction over all axes to a number without axes. */
  String reduceAll(String operator, String value) {
    return of(operator, List.of(value), attribute("keepdims", 0));
  }

  /** Part of the first axis. */
  String slice(String value, long from, long to) {
    return of("Slice", value, wholes(from), wholes(to), wholes(0));
  }
}
