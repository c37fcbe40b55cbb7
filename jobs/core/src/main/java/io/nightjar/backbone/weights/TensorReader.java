package io.nightjar.backbone.weights;

import io.nightjar.text.Text;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** Copies a tensor, laid out by strides in little-endian storage, into a float32 tensor. */
final class TensorReader {
  /** Times the largest length of an axis it does not overflow. */
  private static final long TOO_MANY = 1L << 31;

  /** More axes than any weights have. */
  static final int MOST_AXES = 16;

  /** Values of float32 that take 2 GB; no ResNet's weights are larger. */
  private static final long MOST_VALUES = Integer.MAX_VALUE / Float.BYTES;

  private TensorReader() {}

  /**
   * Refuses so many values before memory is allocated for them.
   *
   * @param last the tensor that the last of them belong to
   */
  static void requireRoom(long values, String last) throws WeightFormatException {
    if (values > MOST_VALUES) {
      throw new WeightFormatException(
          Text.format(
              "its tensors up to %s take more than 2 GB of memory, and no ResNet's weights do",
              last));
    }
    if (values * Float.BYTES > Runtime.getRuntime().maxMemory()) {
      throw new WeightFormatException(
          Text.format(
              "its tensors up to %s take %d bytes of memory, and this process's heap has %d",
              last, values * Float.BYTES, Runtime.getRuntime().maxMemory()));
    }
  }

  /** The strides of a row-major tensor, in elements. */
  static List<Long> rowMajor(List<Integer> shape) {
    List<Long> strides = new ArrayList<>();
    long stride = 1;
    for (int axis = shape.size() - 1; axis >= 0; axis--) {
      strides.add(stride);
      stride *= Math.max(1, shape.get(axis));
    }
    Collections.reverse(strides);
    return strides;
  }

  /** The number of elements of a shape; far more than memory holds where it would overflow. */
  static long elements(List<Integer> shape) {
    if (shape.contains(0)) {
      return 0;
    }
    long size = 1;
    for (int length : shape) {
      size = Math.min(size * Math.max(length, 1), TOO_MANY);
    }
    return size;
  }

  /**
   * Reads a tensor. Its strides may be 0 or let it overlap itself, as torch's views do.
   *
   * @param storage the elements, from index 0 to the limit
   * @param offset index of the tensor's first element
   * @throws WeightFormatException where the tensor exceeds its storage or contains NaN or an
   *     infinity
   */
  static Tensor read(
      String name,
      ElementType type,
      ByteBuffer storage,
      long offset,
      List<Integer> shape,
      List<Long> strides)
      throws WeightFormatException {
    if (shape.size() > MOST_AXES) {
      throw new WeightFormatException(
          Text.format("the tensor %s has %d axes, and no weights have", name, shape.size()));
    }
    long available = storage.limit() / type.bytes();
    long size = elements(shape);
    long last = offset;
    for (int axis = 0; axis < shape.size(); axis++) {
      int length = shape.get(axis);
      long stride = strides.get(axis);
      if (length < 0 || stride < 0 || (stride > available && length > 1)) {
        throw new WeightFormatException(
            Text.format(
                "the tensor %s has the impossible shape %s with strides %s", name, shape, strides));
      }
      // Both factors are below 2^31, and the sum is checked before it can overflow.
      last += (length - 1L) * stride;
      if (last > available) {
        break;
      }
    }
    if (offset < 0 || size >= TOO_MANY || (size > 0 && last >= available)) {
      throw new WeightFormatException(
          Text.format(
              "the tensor %s of shape %s needs more elements than the %d that its storage holds",
              name, shape, available));
    }
    float[] values = new float[(int) size];
    if (size > 0) {
      copy(type, storage, (int) offset, shape, strides, values);
    }
    requireFinite(name, values);
    return new Tensor(shape, values);
  }

  private static void copy(
      ElementType type,
      ByteBuffer storage,
      int offset,
      List<Integer> shape,
      List<Long> strides,
      float[] values) {
    if (strides.equals(rowMajor(shape))) {
      for (int i = 0; i < values.length; i++) {
        values[i] = type.read(storage, offset + i);
      }
      return;
    }
    int[] index = new int[shape.size()];
    int position = offset;
    for (int i = 0; i < values.length; i++) {
      values[i] = type.read(storage, position);
      for (int axis = shape.size() - 1; axis >= 0; axis--) {
        int stride = strides.get(axis).intValue();
        position += stride;
        if (++index[axis] < shape.get(axis)) {
          break;
        }
        position -= stride * shape.get(axis);
        index[axis] = 0;
      }
    }
  }

  private static void requireFinite(String name, float[] values) throws WeightFormatException {
    for (float value : values) {
      if (!Float.isFinite(value)) {
        throw new WeightFormatException(
            Text.format("the tensor %s holds the value %s", name, value));
      }
    }
  }
}
