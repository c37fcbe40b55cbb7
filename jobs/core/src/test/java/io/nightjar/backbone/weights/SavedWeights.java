package io.nightjar.backbone.weights;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Predicate;

/** Writes weights as a {@code .safetensors} file, for tests that start from a file. */
public final class SavedWeights {
  private SavedWeights() {}

  /** All tensors. */
  public static Path safetensors(Weights weights, Path file) throws IOException {
    return safetensors(weights, name -> true, file);
  }

  /** Those of some names. */
  public static Path safetensors(Weights weights, Predicate<String> kept, Path file)
      throws IOException {
    List<String> names = weights.names().stream().filter(kept).toList();
    ObjectNode header = new ObjectMapper().createObjectNode();
    long offset = 0;
    for (String name : names) {
      Tensor tensor = weights.tensor(name);
      ObjectNode entry = header.putObject(name).put("dtype", "F32");
      tensor.shape().forEach(entry.withArray("shape")::add);
      long end = offset + 4L * tensor.values().length;
      entry.putArray("data_offsets").add(offset).add(end);
      offset = end;
    }
    byte[] json = new ObjectMapper().writeValueAsBytes(header);
    try (OutputStream out = Files.newOutputStream(file)) {
      byte[] length = new byte[8];
      ByteBuffer.wrap(length).order(ByteOrder.LITTLE_ENDIAN).putLong(json.length);
      out.write(length);
      out.write(json);
      for (String name : names) {
        float[] values = weights.tensor(name).values();
        byte[] bytes = new byte[4 * values.length];
        ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).asFloatBuffer().put(values);
        out.write(bytes);
      }
    }
    return file;
  }
}
