package io.nightjar.backbone.onednn;

import com.sun.jna.Memory;
import com.sun.jna.Pointer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;

/** Native memory aligned to a cache line. */
final class Block implements AutoCloseable {
  private static final int ALIGNMENT = 64;

  private final Memory memory;
  private final Pointer start;
  private final long bytes;

  Block(long bytes) {
    // Never empty: an operation that needs no memory still takes an address.
    this.bytes = Math.max(bytes, ALIGNMENT);
    memory = new Memory(this.bytes + ALIGNMENT);
    start = memory.align(ALIGNMENT);
  }

  static Block of(float[] values) {
    Block block = new Block((long) Float.BYTES * values.length);
    block.floats().put(values);
    return block;
  }

  Pointer at(long byteOffset) {
    return start.share(byteOffset);
  }

  FloatBuffer floats() {
    return start.getByteBuffer(0, bytes).order(ByteOrder.nativeOrder()).asFloatBuffer();
  }

  @Override
  public void close() {
    memory.close();
  }
}
