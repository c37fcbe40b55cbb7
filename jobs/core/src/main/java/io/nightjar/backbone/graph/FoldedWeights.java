package io.nightjar.backbone.graph;

import ai.onnx.proto.OnnxMl;
import com.google.protobuf.InvalidProtocolBufferException;
import io.nightjar.backbone.onednn.Filter;
import io.nightjar.backbone.spec.ResNet;
import java.nio.ByteOrder;
import java.util.HashMap;
import java.util.Map;

/**
 * The float32 weights of a backbone's convolutions, with batch norm folded in, read from its graph.
 */
public final class FoldedWeights {
  private final Map<String, OnnxMl.TensorProto> tensors = new HashMap<>();

  /** Reads what {@link BackboneGraph} wrote. */
  FoldedWeights(byte[] onnx) {
    try {
      for (OnnxMl.TensorProto tensor :
          OnnxMl.ModelProto.parseFrom(onnx).getGraph().getInitializerList()) {
        tensors.put(tensor.getName(), tensor);
      }
    } catch (InvalidProtocolBufferException e) {
      throw new IllegalArgumentException("The bytes are no ONNX model", e);
    }
  }

  /** The weights and biases of a convolution. */
  public Filter filter(ResNet.Convolution convolution) {
    return new Filter(
        values(convolution.name() + ".weight"),
        values(convolution.name() + ".bias"),
        convolution.in(),
        convolution.out(),
        convolution.kernel(),
        convolution.stride());
  }

  private float[] values(String name) {
    OnnxMl.TensorProto tensor = tensors.get(name);
    if (tensor == null || tensor.getDataType() != OnnxMl.TensorProto.DataType.FLOAT.getNumber()) {
      throw new IllegalArgumentException("The graph holds no float32 tensor " + name);
    }
    float[] values = new float[tensor.getRawData().size() / Float.BYTES];
    tensor
        .getRawData()
        .asReadOnlyByteBuffer()
        .order(ByteOrder.LITTLE_ENDIAN)
        .asFloatBuffer()
        .get(values);
    return values;
  }
}
