package io.nightjar.backbone.weights;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.nightjar.text.Text;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;

/**
 * Reads {@code .safetensors}: eight bytes with the header's length, a JSON header, the tensors.
 * Written here, since every length must be checked against the file before memory is allocated for
 * it, from any Hadoop file system.
 *
 * <p>Source: the format's description in huggingface/safetensors.
 */
final class SafetensorsFile {
  /** The headers of ResNets have 100 KB; the reference implementation ends at 100 MB. */
  private static final long MAX_HEADER_BYTES = 4 << 20;

  private static final String METADATA = "__metadata__";
  private static final ObjectReader JSON =
      JsonMapper.builder()
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
          .disable(JsonParser.Feature.AUTO_CLOSE_SOURCE)
          .build()
          .readerFor(JsonNode.class);

  private SafetensorsFile() {}

  /** Whether a file starts like this format: eight bytes, then a brace. */
  static boolean matches(ByteBuffer file) {
    return file.limit() > Long.BYTES && file.get(Long.BYTES) == '{';
  }

  /** All tensors of a little-endian buffer over the whole file. */
  static Map<String, Tensor> read(ByteBuffer file) throws WeightFormatException {
    long headerBytes = file.getLong(0);
    if (headerBytes < 2 || headerBytes > MAX_HEADER_BYTES) {
      throw new WeightFormatException(
          Text.format(
              "its header claims %s bytes, where at most %d are possible",
              Long.toUnsignedString(headerBytes), MAX_HEADER_BYTES));
    }
    if (headerBytes > file.limit() - Long.BYTES) {
      throw new WeightFormatException(
          Text.format(
              "its header should be %d bytes long, but only %d follow: the file is truncated",
              headerBytes, file.limit() - Long.BYTES));
    }
    JsonNode header = header(file, (int) headerBytes);
    int dataStart = Long.BYTES + (int) headerBytes;
    ByteBuffer data = slice(file, dataStart, file.limit() - dataStart);
    requireApart(header, data.limit());
    Map<String, Tensor> tensors = new LinkedHashMap<>();
    for (Map.Entry<String, JsonNode> field : header.properties()) {
      if (!field.getKey().equals(METADATA)) {
        tensors.put(field.getKey(), tensor(field.getKey(), field.getValue(), data));
      }
    }
    return tensors;
  }

  private static JsonNode header(ByteBuffer file, int length) throws WeightFormatException {
    byte[] json = new byte[length];
    file.get(Long.BYTES, json);
    try {
      JsonNode header = JSON.readTree(json);
      if (!header.isObject()) {
        throw new WeightFormatException("its header is not a JSON object");
      }
      return header;
    } catch (JsonProcessingException e) {
      throw new WeightFormatException("its header is not valid JSON: " + e.getOriginalMessage(), e);
    } catch (IOException e) {
      throw new WeightFormatException("its header cannot be read", e);
    }
  }

  /**
   * Refuses tensors that share bytes, which the format does not allow, and with them a small file
   * that claims more tensors than memory holds.
   */
  private static void requireApart(JsonNode header, int bytes) throws WeightFormatException {
    NavigableMap<Long, String> byStart = new TreeMap<>();
    Map<String, Long> ends = new HashMap<>();
    long values = 0;
    for (Map.Entry<String, JsonNode> field : header.properties()) {
      String name = field.getKey();
      if (name.equals(METADATA)) {
        continue;
      }
      List<Long> offsets = offsets(name, field.getValue(), bytes);
      values += (offsets.get(1) - offsets.get(0)) / type(name, dtype(field.getValue())).bytes();
      TensorReader.requireRoom(values, name);
      if (offsets.get(0) < offsets.get(1)) {
        String other = byStart.put(offsets.get(0), name);
        if (other != null) {
          throw sharing(name, other);
        }
        ends.put(name, offsets.get(1));
      }
    }
    String last = null;
    for (Map.Entry<Long, String> start : byStart.entrySet()) {
      if (last != null && ends.get(last) > start.getKey()) {
        throw sharing(start.getValue(), last);
      }
      last = start.getValue();
    }
  }

  private static WeightFormatException sharing(String name, String other) {
    return new WeightFormatException(
        Text.format("the tensors %s and %s share bytes of the file", name, other));
  }

  private static List<Long> offsets(String name, JsonNode entry, int bytes)
      throws WeightFormatException {
    List<Long> offsets = integers(name, entry.path("data_offsets"));
    if (offsets.size() != 2
        || offsets.get(0) < 0
        || offsets.get(1) < offsets.get(0)
        || offsets.get(1) > bytes) {
      throw new WeightFormatException(
          Text.format(
                  "the tensor %s is at the bytes %s, but the file contains %d bytes of tensors: it is",
                  name, offsets, bytes)
              + " truncated or damaged");
    }
    return offsets;
  }

  private static String dtype(JsonNode entry) {
    return entry.path("dtype").asText();
  }

  private static Tensor tensor(String name, JsonNode entry, ByteBuffer data)
      throws WeightFormatException {
    ElementType type = type(name, dtype(entry));
    List<Integer> shape = new ArrayList<>();
    for (long length : integers(name, entry.path("shape"))) {
      if (length < 0 || length > Integer.MAX_VALUE) {
        throw new WeightFormatException(
            Text.format("the tensor %s has a side of %d", name, length));
      }
      shape.add((int) length);
    }
    List<Long> offsets = offsets(name, entry, data.limit());
    int start = offsets.get(0).intValue();
    int length = offsets.get(1).intValue() - start;
    long expected = type.bytes();
    for (int side : shape) {
      expected = Math.min(expected * side, Integer.MAX_VALUE + 1L);
    }
    if (expected != length) {
      throw new WeightFormatException(
          Text.format(
              "the tensor %s of type %s and shape %s does not fill the %d bytes given to it",
              name, dtype(entry), shape, length));
    }
    return TensorReader.read(
        name, type, slice(data, start, length), 0, shape, TensorReader.rowMajor(shape));
  }

  private static List<Long> integers(String name, JsonNode node) throws WeightFormatException {
    List<Long> integers = new ArrayList<>();
    boolean valid = node.isArray() && node.size() <= TensorReader.MOST_AXES;
    for (JsonNode element : valid ? node : List.<JsonNode>of()) {
      valid = valid && element.canConvertToLong() && element.isIntegralNumber();
      integers.add(element.asLong());
    }
    if (!valid) {
      throw new WeightFormatException(
          Text.format("the header's entry for the tensor %s lacks a shape or offsets", name));
    }
    return integers;
  }

  private static ElementType type(String name, String dtype) throws WeightFormatException {
    return switch (dtype) {
      case "F64" -> ElementType.FLOAT64;
      case "F32" -> ElementType.FLOAT32;
      case "F16" -> ElementType.FLOAT16;
      case "BF16" -> ElementType.BFLOAT16;
      case "I64" -> ElementType.INT64;
      case "I32" -> ElementType.INT32;
      case "I16" -> ElementType.INT16;
      case "I8" -> ElementType.INT8;
      case "U8" -> ElementType.UINT8;
      case "BOOL" -> ElementType.BOOL;
      default ->
          throw new WeightFormatException(
              Text.format(
                  "the tensor %s is of type '%s', which is not supported: save it as float32",
                  name, dtype));
    };
  }

  private static ByteBuffer slice(ByteBuffer buffer, int start, int length) {
    return buffer.slice(start, length).order(buffer.order());
  }
}
