package io.nightjar.backbone.onednn;

import com.sun.jna.Memory;
import com.sun.jna.Pointer;
import java.util.Arrays;

/** How the float32 values of a tensor lie in memory: oneDNN's memory descriptor. */
final class Format {
  private final Pointer description;

  private Format(Pointer description) {
    this.description = description;
  }

  /** A tensor whose order of values is known by one of oneDNN's tags. */
  static Format of(int tag, long... dimensions) {
    Memory description = new Memory(Dnnl.MEMORY_DESCRIPTION_BYTES);
    OneDnn.require(
        Dnnl.dnnl_memory_desc_init_by_tag(
            description, dimensions.length, padded(dimensions), Dnnl.FLOAT32, tag),
        "describe a tensor of " + Arrays.toString(dimensions));
    return new Format(description);
  }

  /** Maps in blocks of 16 channels, as convolutions want them. */
  static Format blocked(MapShape shape, int images) {
    return of(Dnnl.TAG_NCHW16C, images, shape.channels(), shape.side(), shape.side());
  }

  /** Maps whose channels lie side by side, {@code stride} values from cell to cell. */
  static Format channelsLast(MapShape shape, int images, int stride) {
    long[] dimensions = {images, shape.channels(), shape.side(), shape.side()};
    long row = (long) shape.side() * stride;
    long[] strides = {row * shape.side(), 1, row, stride};
    Memory description = new Memory(Dnnl.MEMORY_DESCRIPTION_BYTES);
    OneDnn.require(
        Dnnl.dnnl_memory_desc_init_by_strides(
            description, dimensions.length, padded(dimensions), Dnnl.FLOAT32, padded(strides)),
        "describe maps of " + shape);
    return new Format(description);
  }

  /** What an operation wants for one of its arguments. */
  static Format wanted(Pointer operation, int what) {
    Pointer queried = Dnnl.dnnl_primitive_desc_query_md(operation, what, 0);
    Memory copy = new Memory(Dnnl.MEMORY_DESCRIPTION_BYTES);
    if (queried == null) {
      copy.clear();
    } else {
      copy.write(0, queried.getByteArray(0, Dnnl.MEMORY_DESCRIPTION_BYTES), 0, (int) copy.size());
    }
    return new Format(copy);
  }

  Pointer description() {
    return description;
  }

  /** Bytes that the tensor takes; 0 where an operation wants nothing. */
  long bytes() {
    return Dnnl.dnnl_memory_desc_get_size(description);
  }

  static long[] padded(long... values) {
    return Arrays.copyOf(values, Dnnl.MAX_DIMENSIONS);
  }
}
