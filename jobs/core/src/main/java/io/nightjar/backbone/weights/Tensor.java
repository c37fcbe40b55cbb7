package io.nightjar.backbone.weights;

import io.nightjar.text.Text;
import java.util.List;

/** A float32 tensor on the heap, row-major. */
@SuppressWarnings("ArrayRecordComponent") // a carrier of values, never compared or used as a key
public record Tensor(List<Integer> shape, float[] values) {
  /** Refuses an array whose length does not fit the shape. */
  public Tensor {
    shape = List.copyOf(shape);
    long size = shape.stream().mapToLong(Integer::longValue).reduce(1, Math::multiplyExact);
    if (size != values.length) {
      throw new IllegalArgumentException(
          Text.format("A tensor of shape %s needs %d values, not %d", shape, size, values.length));
    }
  }
}
