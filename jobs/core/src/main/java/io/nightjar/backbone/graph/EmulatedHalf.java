package io.nightjar.backbone.graph;

import static io.nightjar.backbone.graph.OnnxGraphBuilder.attribute;

import ai.onnx.proto.OnnxMl;
import ai.onnx.proto.OnnxMl.TensorProto.DataType;
import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import io.nightjar.io.Half;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * A float16 graph for a device without float16: the same computation in float32, each result
 * rounded to float16. ONNX Runtime's CPU provider alone would compute a float16 graph in float32
 * throughout, leaving out the rounding of activations and so most of its effect.
 */
public final class EmulatedHalf {
  /** Operations that give new numbers; pooling and ReLU choose among existing ones. */
  private static final Set<String> ROUNDING = Set.of("Conv", "Add");

  private final OnnxMl.GraphProto.Builder emulated;
  private final Set<String> halves = new HashSet<>();

  private EmulatedHalf(OnnxMl.GraphProto graph) {
    emulated = graph.toBuilder().clearNode().clearInitializer();
  }

  /** The emulation of a model file whose float16 numbers lie in raw data. */
  public static byte[] of(byte[] onnx) {
    try {
      OnnxMl.ModelProto model = OnnxMl.ModelProto.parseFrom(onnx);
      EmulatedHalf half = new EmulatedHalf(model.getGraph());
      model.getGraph().getInitializerList().forEach(half::initializer);
      model.getGraph().getNodeList().forEach(half::node);
      return model.toBuilder().setGraph(half.emulated).build().toByteArray();
    } catch (InvalidProtocolBufferException e) {
      throw new IllegalArgumentException("The bytes are no ONNX model", e);
    }
  }

  private void initializer(OnnxMl.TensorProto tensor) {
    if (tensor.getDataType() != DataType.FLOAT16.getNumber()) {
      emulated.addInitializer(tensor);
      return;
    }
    halves.add(tensor.getName());
    ByteBuffer from = tensor.getRawData().asReadOnlyByteBuffer().order(ByteOrder.LITTLE_ENDIAN);
    ByteBuffer to = ByteBuffer.allocate(2 * from.remaining()).order(ByteOrder.LITTLE_ENDIAN);
    while (from.hasRemaining()) {
      to.putFloat(Half.toFloat(from.getShort()));
    }
    emulated.addInitializer(
        tensor.toBuilder()
            .setDataType(DataType.FLOAT.getNumber())
            .setRawData(ByteString.copyFrom(to.flip())));
  }

  private void node(OnnxMl.NodeProto node) {
    String output = node.getOutput(0);
    boolean cast = node.getOpType().equals("Cast");
    if (cast && node.getAttribute(0).getI() == DataType.FLOAT16.getNumber()) {
      halves.add(output);
      round(node.getInput(0), output);
    } else if (!cast && node.getInputList().stream().anyMatch(halves::contains)) {
      halves.add(output);
      if (ROUNDING.contains(node.getOpType())) {
        String exact = output + ".exact";
        emulated.addNode(node.toBuilder().setName(exact).setOutput(0, exact));
        round(exact, output);
      } else {
        emulated.addNode(node);
      }
    } else {
      emulated.addNode(node);
    }
  }

  private void round(String value, String rounded) {
    String half = rounded + ".half";
    emulated.addNode(cast(value, half, DataType.FLOAT16));
    emulated.addNode(cast(half, rounded, DataType.FLOAT));
  }

  private static OnnxMl.NodeProto cast(String input, String output, DataType type) {
    return OnnxMl.NodeProto.newBuilder()
        .setOpType("Cast")
        .setName(output)
        .addAllInput(List.of(input))
        .addOutput(output)
        .addAttribute(attribute("to", type.getNumber()))
        .build();
  }
}
