package io.nightjar.backbone.graph;

import ai.onnx.proto.OnnxMl;
import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.UnsafeByteOperations;
import io.nightjar.backbone.weights.Tensor;
import io.nightjar.io.Half;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/** Writes an ONNX graph node by node; every method returns the name of the value it adds. */
public final class OnnxGraphBuilder {
  /** The first opset with {@code axes} on Resize. */
  private static final int OPSET = 18;

  private static final int IR_VERSION = 8;
  private static final String BATCH_AXIS = "images";

  private final OnnxMl.ModelProto.Builder model;
  private final OnnxMl.GraphProto.Builder graph;

  /** Starts an empty graph. */
  public OnnxGraphBuilder(String name) {
    model =
        OnnxMl.ModelProto.newBuilder()
            .setIrVersion(IR_VERSION)
            .setProducerName("nightjar")
            .addOpsetImport(OnnxMl.OperatorSetIdProto.newBuilder().setVersion(OPSET));
    graph = model.getGraphBuilder().setName(name);
  }

  /** Continues a graph that {@link #build} returned. */
  public OnnxGraphBuilder(byte[] begun) {
    model = parse(begun).toBuilder();
    graph = model.getGraphBuilder();
  }

  private static OnnxMl.ModelProto parse(byte[] onnx) {
    try {
      return OnnxMl.ModelProto.parseFrom(onnx);
    } catch (InvalidProtocolBufferException e) {
      throw new IllegalArgumentException("The bytes are no ONNX model", e);
    }
  }

  /** A graph input whose first axis is the batch; {@code dimensions} are the others. */
  public String input(String name, OnnxMl.TensorProto.DataType type, long... dimensions) {
    graph.addInput(batched(name, type, dimensions));
    return name;
  }

  /** Changes the dimensions of an input but for the batch. */
  OnnxGraphBuilder withInput(String name, long... dimensions) {
    for (OnnxMl.ValueInfoProto.Builder input : graph.getInputBuilderList()) {
      if (input.getName().equals(name)) {
        OnnxMl.TensorShapeProto.Builder shape =
            input.getTypeBuilder().getTensorTypeBuilder().getShapeBuilder();
        for (int i = 0; i < dimensions.length; i++) {
          shape.getDimBuilder(i + 1).setDimValue(dimensions[i]);
        }
      }
    }
    return this;
  }

  /** Changes values of the metadata that the graph has. */
  OnnxGraphBuilder withMetadata(Map<String, String> metadata) {
    for (OnnxMl.StringStringEntryProto.Builder entry : model.getMetadataPropsBuilderList()) {
      entry.setValue(metadata.getOrDefault(entry.getKey(), entry.getValue()));
    }
    return this;
  }

  /**
   * A graph input without a batch.
   *
   * @param shape of each axis the length, or a name where it may be any
   */
  public String shapedInput(String name, OnnxMl.TensorProto.DataType type, List<String> shape) {
    graph.addInput(value(name, type, shape(shape)));
    return name;
  }

  /**
   * Makes a value an output of the graph, without a batch.
   *
   * @param shape of each axis the length, or a name where it may be any
   */
  public void shapedOutput(String name, OnnxMl.TensorProto.DataType type, List<String> shape) {
    graph.addOutput(value(name, type, shape(shape)));
  }

  private static OnnxMl.TensorShapeProto.Builder shape(List<String> axes) {
    OnnxMl.TensorShapeProto.Builder shape = OnnxMl.TensorShapeProto.newBuilder();
    for (String axis : axes) {
      shape.addDim(Character.isDigit(axis.charAt(0)) ? fixed(Long.parseLong(axis)) : named(axis));
    }
    return shape;
  }

  /** A float32 graph input of any number of rows, all of the same length. */
  String matrixInput(String name, String rows, long columns) {
    graph.addInput(
        value(
            name,
            OnnxMl.TensorProto.DataType.FLOAT,
            OnnxMl.TensorShapeProto.newBuilder().addDim(named(rows)).addDim(fixed(columns))));
    return name;
  }

  /** Makes a value a float32 output of the graph; {@code dimensions} without the batch axis. */
  public void output(String name, long... dimensions) {
    graph.addOutput(batched(name, OnnxMl.TensorProto.DataType.FLOAT, dimensions));
  }

  /**
   * Makes a value a float32 output {@code [batch, rows, columns]}; the columns have a symbolic
   * name.
   */
  public void output(String name, long rows, String columns) {
    graph.addOutput(
        value(
            name,
            OnnxMl.TensorProto.DataType.FLOAT,
            OnnxMl.TensorShapeProto.newBuilder()
                .addDim(named(BATCH_AXIS))
                .addDim(fixed(rows))
                .addDim(named(columns))));
  }

  /** The tensor as float32. */
  public String constant(String name, Tensor tensor) {
    ByteBuffer bytes =
        ByteBuffer.allocate(Math.multiplyExact(Float.BYTES, tensor.values().length))
            .order(ByteOrder.LITTLE_ENDIAN);
    bytes.asFloatBuffer().put(tensor.values());
    return initializer(name, OnnxMl.TensorProto.DataType.FLOAT, tensor.shape(), bytes);
  }

  /** The tensor rounded to float16. */
  public String halfConstant(String name, Tensor tensor) {
    ByteBuffer bytes =
        ByteBuffer.allocate(Math.multiplyExact(Short.BYTES, tensor.values().length))
            .order(ByteOrder.LITTLE_ENDIAN);
    for (float value : tensor.values()) {
      bytes.putShort(Half.of(value));
    }
    return initializer(name, OnnxMl.TensorProto.DataType.FLOAT16, tensor.shape(), bytes.flip());
  }

  private String initializer(
      String name, OnnxMl.TensorProto.DataType type, List<Integer> shape, ByteBuffer bytes) {
    OnnxMl.TensorProto.Builder initializer =
        OnnxMl.TensorProto.newBuilder()
            .setName(name)
            .setDataType(type.getNumber())
            .setRawData(UnsafeByteOperations.unsafeWrap(bytes));
    shape.forEach(initializer::addDims);
    graph.addInitializer(initializer);
    return name;
  }

  /** A list of whole numbers. */
  public String constant(String name, long... values) {
    OnnxMl.TensorProto.Builder initializer =
        OnnxMl.TensorProto.newBuilder()
            .setName(name)
            .setDataType(OnnxMl.TensorProto.DataType.INT64.getNumber())
            .addDims(values.length);
    Arrays.stream(values).forEach(initializer::addInt64Data);
    graph.addInitializer(initializer);
    return name;
  }

  /** A single whole number, without axes. */
  public String scalar(String name, long value) {
    graph.addInitializer(
        OnnxMl.TensorProto.newBuilder()
            .setName(name)
            .setDataType(OnnxMl.TensorProto.DataType.INT64.getNumber())
            .addInt64Data(value));
    return name;
  }

  /**
   * A tensor of given bytes, in the model file.
   *
   * @param bytes little-endian, row-major; not copied
   */
  public String raw(
      String name, OnnxMl.TensorProto.DataType type, List<Integer> shape, ByteBuffer bytes) {
    return initializer(name, type, shape, bytes);
  }

  /**
   * A tensor whose bytes are in another file.
   *
   * @param file its name in the folder of the model file
   * @param offset of the first byte
   * @param length in bytes
   */
  public String external(
      String name,
      OnnxMl.TensorProto.DataType type,
      List<Integer> shape,
      String file,
      long offset,
      long length) {
    OnnxMl.TensorProto.Builder initializer =
        OnnxMl.TensorProto.newBuilder()
            .setName(name)
            .setDataType(type.getNumber())
            .setDataLocation(OnnxMl.TensorProto.DataLocation.EXTERNAL)
            .addExternalData(entry("location", file))
            .addExternalData(entry("offset", Long.toString(offset)))
            .addExternalData(entry("length", Long.toString(length)));
    shape.forEach(initializer::addDims);
    graph.addInitializer(initializer);
    return name;
  }

  /**
   * Adds the nodes and tensors of another graph. A tensor that this graph has under the same name
   * and with the same content is shared.
   *
   * @param onnx a model that {@link #build} returned
   * @param prefix of the names of all other values, which makes them unique here
   * @param inputs the values of this graph that its inputs are, by its inputs' names
   * @return the names that its outputs have here, in their order
   */
  public List<String> include(byte[] onnx, String prefix, Map<String, String> inputs) {
    return IncludedGraph.add(graph, parse(onnx).getGraph(), prefix, inputs);
  }

  /** A node whose output carries the node's name. */
  public String node(
      String operator, String name, List<String> inputs, OnnxMl.AttributeProto... attributes) {
    node(operator, name, inputs, List.of(name), attributes);
    return name;
  }

  /** A node of several outputs. */
  public void node(
      String operator,
      String name,
      List<String> inputs,
      List<String> outputs,
      OnnxMl.AttributeProto... attributes) {
    graph.addNode(
        OnnxMl.NodeProto.newBuilder()
            .setOpType(operator)
            .setName(name)
            .addAllInput(inputs)
            .addAllOutput(outputs)
            .addAllAttribute(Arrays.asList(attributes)));
  }

  /** An attribute of one whole number. */
  public static OnnxMl.AttributeProto attribute(String name, long value) {
    return OnnxMl.AttributeProto.newBuilder()
        .setName(name)
        .setType(OnnxMl.AttributeProto.AttributeType.INT)
        .setI(value)
        .build();
  }

  /** An attribute of one number. */
  public static OnnxMl.AttributeProto attribute(String name, float value) {
    return OnnxMl.AttributeProto.newBuilder()
        .setName(name)
        .setType(OnnxMl.AttributeProto.AttributeType.FLOAT)
        .setF(value)
        .build();
  }

  /** An attribute of text. */
  public static OnnxMl.AttributeProto attribute(String name, String value) {
    return OnnxMl.AttributeProto.newBuilder()
        .setName(name)
        .setType(OnnxMl.AttributeProto.AttributeType.STRING)
        .setS(ByteString.copyFromUtf8(value))
        .build();
  }

  /** An attribute of several whole numbers. */
  public static OnnxMl.AttributeProto attribute(String name, long[] values) {
    OnnxMl.AttributeProto.Builder attribute =
        OnnxMl.AttributeProto.newBuilder()
            .setName(name)
            .setType(OnnxMl.AttributeProto.AttributeType.INTS);
    Arrays.stream(values).forEach(attribute::addInts);
    return attribute.build();
  }

  /** The bytes of the model file. */
  public byte[] build(Map<String, String> metadata) {
    metadata.forEach((key, value) -> model.addMetadataProps(entry(key, value)));
    return model.build().toByteArray();
  }

  private static OnnxMl.StringStringEntryProto entry(String key, String value) {
    return OnnxMl.StringStringEntryProto.newBuilder().setKey(key).setValue(value).build();
  }

  private static OnnxMl.ValueInfoProto batched(
      String name, OnnxMl.TensorProto.DataType type, long... dimensions) {
    OnnxMl.TensorShapeProto.Builder shape = OnnxMl.TensorShapeProto.newBuilder();
    shape.addDim(named(BATCH_AXIS));
    Arrays.stream(dimensions).forEach(dimension -> shape.addDim(fixed(dimension)));
    return value(name, type, shape);
  }

  private static OnnxMl.TensorShapeProto.Dimension.Builder named(String axis) {
    return OnnxMl.TensorShapeProto.Dimension.newBuilder().setDimParam(axis);
  }

  private static OnnxMl.TensorShapeProto.Dimension.Builder fixed(long length) {
    return OnnxMl.TensorShapeProto.Dimension.newBuilder().setDimValue(length);
  }

  private static OnnxMl.ValueInfoProto value(
      String name, OnnxMl.TensorProto.DataType type, OnnxMl.TensorShapeProto.Builder shape) {
    return OnnxMl.ValueInfoProto.newBuilder()
        .setName(name)
        .setType(
            OnnxMl.TypeProto.newBuilder()
                .setTensorType(
                    OnnxMl.TypeProto.Tensor.newBuilder()
                        .setElemType(type.getNumber())
                        .setShape(shape)))
        .build();
  }
}
