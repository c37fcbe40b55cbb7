package io.nightjar.backbone.weights;

import io.nightjar.io.Half;
import java.nio.ByteBuffer;

/** The element types of weight files, little-endian, and their conversion to float32. */
enum ElementType {
  FLOAT64(8),
  FLOAT32(4),
  FLOAT16(2),
  BFLOAT16(2),
  INT64(8),
  INT32(4),
  INT16(2),
  INT8(1),
  UINT8(1),
  BOOL(1);

  private final int bytes;

  ElementType(int bytes) {
    this.bytes = bytes;
  }

  int bytes() {
    return bytes;
  }

  /** The element at an index of a little-endian buffer, rounded to float32. */
  float read(ByteBuffer buffer, int index) {
    int position = index * bytes;
    return switch (this) {
      case FLOAT64 -> (float) buffer.getDouble(position);
      case FLOAT32 -> buffer.getFloat(position);
      case FLOAT16 -> Half.toFloat(buffer.getShort(position));
      case BFLOAT16 -> Float.intBitsToFloat(buffer.getShort(position) << 16);
      case INT64 -> (float) buffer.getLong(position);
      case INT32 -> (float) buffer.getInt(position);
      case INT16 -> buffer.getShort(position);
      case INT8 -> buffer.get(position);
      case UINT8, BOOL -> buffer.get(position) & 0xFF;
    };
  }
}
