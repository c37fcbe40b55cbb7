package io.nightjar.backbone.onednn;

import com.sun.jna.Memory;
import com.sun.jna.Pointer;
import java.util.Arrays;

/** The memory layout of a float32 tensor: oneDNN's memory descriptor. */
final class Format {
  private final Pointer description;

  private Format(Pointer description) {
    this.description = description;
  }

  /** A tensor whose order of values is one of oneDNN's tags. */
  static Format of(int tag, long... dimensions) {
    Memory description = new Memory(Dnnl.MEMORY_DESCRIPTION_BYTES);
    OneDnn.require(
        Dnnl.dnnl_memory_desc_init_by_tag(
            description, dimensions.length, padded(dimensions), Dnnl.FLOAT32, tag),
        "describe a tensor of " + Arrays.toString(dimensions));
    return new Format(description);
  }

  /** Maps in blocks of 16 channels, as convolutions take them. */
  static Format blocked(MapShape shape, int images) {
    return of(Dnnl.TAG_NCHW16C, images, shape.channels(), shape.height(), shape.width());
  }

  /** Maps with adjacent channels, {@code stride} values from cell to cell. */
  static Format channelsLast(MapShape shape, int images, int stride) {
    long[] dimensions = {images, shape.channels(), shape.height(), shape.width()};
    long row = (long) shape.width() * stride;
    long[] strides = {row * shape.height(), 1, row, stride};
    Memory description = new Memory(Dnnl.MEMORY_DESCRIPTION_BYTES);
    OneDnn.require(
        Dnnl.dnnl_memory_desc_init_by_strides(
            description, dimensions.length, padded(dimensions), Dnnl.FLOAT32, padded(strides)),
        "describe maps of " + shape);
    return new Format(description);
  }

  /** The format that an operation takes for one of its arguments. */
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

  /** Bytes of the tensor; 0 where an operation takes none. */
  long bytes() {
    return Dnnl.dnnl_memory_desc_get_size(description);
  }

  static long[] padded(long... values) {
    return Arrays.copyOf(values, Dnnl.MAX_DIMENSIONS);
  }
}
