package io.nightjar.backbone.weights;

import io.nightjar.text.Text;
import java.util.List;

/**
 * A float32 tensor on the heap, row-major.
 *
 * @param shape the length of each axis, outermost first; empty for a scalar
 * @param values as many as the product of the lengths, the last axis fastest; not copied
 */
@SuppressWarnings("ArrayRecordComponent") // a carrier of values, never compared or used as a key
public record Tensor(List<Integer> shape, float[] values) {
  /**
   * Checks that the values fill the shape.
   *
   * @param shape the length of each axis, outermost first; empty for a scalar
   * @param values as many as the product of the lengths, the last axis fastest; not copied
   * @throws IllegalArgumentException if they do not
   * @throws ArithmeticException if the product of the lengths exceeds a long
   */
  public Tensor {
    shape = List.copyOf(shape);
    long size = shape.stream().mapToLong(Integer::longValue).reduce(1, Math::multiplyExact);
    if (size != values.length) {
      throw new IllegalArgumentException(
          Text.format("A tensor of shape %s needs %d values, not %d", shape, size, values.length));
    }
  }
}
