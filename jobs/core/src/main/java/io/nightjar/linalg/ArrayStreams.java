package io.nightjar.linalg;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.DoubleBuffer;
import java.nio.FloatBuffer;

/**
 * Writes and reads arrays of numbers in bulk. Java's own serialisation takes an array element by
 * element, which for patch embeddings takes half as long as the network that computed them.
 */
public final class ArrayStreams {
  private static final int BUFFER_BYTES = 1 << 16;

  private ArrayStreams() {}

  /** Writes the length and all values, little-endian. */
  public static void write(float[] values, DataOutput out) throws IOException {
    out.writeInt(values.length);
    byte[] bytes = buffer((long) values.length * Float.BYTES);
    FloatBuffer numbers = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).asFloatBuffer();
    int atOnce = numbers.capacity();
    for (int from = 0; from < values.length; from += atOnce) {
      int count = Math.min(atOnce, values.length - from);
      numbers.put(0, values, from, count);
      out.write(bytes, 0, count * Float.BYTES);
    }
  }

  /** Writes the length and all values, little-endian. */
  public static void write(double[] values, DataOutput out) throws IOException {
    out.writeInt(values.length);
    byte[] bytes = buffer((long) values.length * Double.BYTES);
    DoubleBuffer numbers = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).asDoubleBuffer();
    int atOnce = numbers.capacity();
    for (int from = 0; from < values.length; from += atOnce) {
      int count = Math.min(atOnce, values.length - from);
      numbers.put(0, values, from, count);
      out.write(bytes, 0, count * Double.BYTES);
    }
  }

  /** Reads what {@link #write(float[], DataOutput)} wrote, bit for bit. */
  public static float[] readFloats(DataInput in) throws IOException {
    float[] values = new float[in.readInt()];
    byte[] bytes = buffer((long) values.length * Float.BYTES);
    FloatBuffer numbers = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).asFloatBuffer();
    int atOnce = numbers.capacity();
    for (int from = 0; from < values.length; from += atOnce) {
      int count = Math.min(atOnce, values.length - from);
      in.readFully(bytes, 0, count * Float.BYTES);
      numbers.get(0, values, from, count);
    }
    return values;
  }

  /** Reads what {@link #write(double[], DataOutput)} wrote, bit for bit. */
  public static double[] readDoubles(DataInput in) throws IOException {
    double[] values = new double[in.readInt()];
    byte[] bytes = buffer((long) values.length * Double.BYTES);
    DoubleBuffer numbers = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).asDoubleBuffer();
    int atOnce = numbers.capacity();
    for (int from = 0; from < values.length; from += atOnce) {
      int count = Math.min(atOnce, values.length - from);
      in.readFully(bytes, 0, count * Double.BYTES);
      numbers.get(0, values, from, count);
    }
    return values;
  }

  private static byte[] buffer(long bytes) {
    return new byte[(int) Math.min(BUFFER_BYTES, bytes)];
  }
}
