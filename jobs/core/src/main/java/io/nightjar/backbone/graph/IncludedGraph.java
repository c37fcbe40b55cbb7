package io.nightjar.backbone.graph;

import ai.onnx.proto.OnnxMl;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** A graph as a part of another one. */
final class IncludedGraph {
  private IncludedGraph() {}

  /** As {@link OnnxGraphBuilder#include} does. */
  static List<String> add(
      OnnxMl.GraphProto.Builder graph,
      OnnxMl.GraphProto part,
      String prefix,
      Map<String, String> inputs) {
    Map<String, String> names = new HashMap<>(inputs);
    names.put("", ""); // an optional input that is left out
    addTensors(graph, part, prefix, names);
    for (OnnxMl.NodeProto node : part.getNodeList()) {
      OnnxMl.NodeProto.Builder renamed =
          node.toBuilder().clearInput().clearOutput().setName(prefix + node.getName());
      node.getInputList()
          .forEach(input -> renamed.addInput(names.getOrDefault(input, prefix + input)));
      node.getOutputList().forEach(output -> renamed.addOutput(prefix + output));
      graph.addNode(renamed);
    }
    return part.getOutputList().stream().map(output -> prefix + output.getName()).toList();
  }

  /** Networks at several image sizes have the same weights, which are there once. */
  private static void addTensors(
      OnnxMl.GraphProto.Builder graph,
      OnnxMl.GraphProto part,
      String prefix,
      Map<String, String> names) {
    Map<String, OnnxMl.TensorProto> own = new HashMap<>();
    graph.getInitializerList().forEach(tensor -> own.put(tensor.getName(), tensor));
    for (OnnxMl.TensorProto tensor : part.getInitializerList()) {
      OnnxMl.TensorProto there = own.get(tensor.getName());
      String name = there == null ? tensor.getName() : prefix + tensor.getName();
      if (there != null && there.equals(tensor)) {
        name = there.getName();
      } else {
        graph.addInitializer(tensor.toBuilder().setName(name));
      }
      names.put(tensor.getName(), name);
    }
  }
}
