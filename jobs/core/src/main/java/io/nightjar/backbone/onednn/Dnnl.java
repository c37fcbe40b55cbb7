package io.nightjar.backbone.onednn;

import com.sun.jna.Pointer;
import com.sun.jna.ptr.PointerByReference;

/**
 * The functions of oneDNN's C interface, version 1, under their own names; each returns a status.
 * Its structures are passed as opaque memory.
 */
@SuppressWarnings("checkstyle:methodname")
final class Dnnl {
  static final int SUCCESS = 0;
  static final int OUT_OF_MEMORY = 1;

  static final int CPU = 1;
  static final int IN_ORDER = 1;
  static final int FLOAT32 = 3;
  static final int FORWARD_INFERENCE = 96;
  static final int USER_SCRATCHPAD = 1;

  static final int CONVOLUTION_DIRECT = 1;
  static final int CONVOLUTION_WINOGRAD = 2;
  static final int POOLING_MAX = 511;
  static final int POOLING_AVERAGE = 1023;
  static final int RESAMPLING_LINEAR = 0x2fff1;
  static final int ELTWISE_RELU = 31;

  static final int TAG_ANY = 1;
  static final int TAG_X = 2;
  static final int TAG_NCHW = 5;
  static final int TAG_NCHW16C = 54;

  static final int QUERY_WEIGHTS = 131;
  static final int QUERY_SCRATCHPAD = 136;

  static final int ARGUMENT_SOURCE = 1;
  static final int ARGUMENT_DESTINATION = 17;
  static final int ARGUMENT_WEIGHTS = 33;
  static final int ARGUMENT_BIAS = 41;
  static final int ARGUMENT_SCRATCHPAD = 80;

  /** Bytes of {@code dnnl_memory_desc_t}. */
  static final int MEMORY_DESCRIPTION_BYTES = 696;

  /** More bytes than any description of an operation has: a convolution's has 5976. */
  static final int OPERATION_DESCRIPTION_BYTES = 8192;

  /** Bytes of {@code dnnl_exec_arg_t}: an int, padding, a pointer. */
  static final int ARGUMENT_BYTES = 16;

  /** Values of {@code dnnl_dims_t}. */
  static final int MAX_DIMENSIONS = 12;

  private Dnnl() {}

  static native int dnnl_get_effective_cpu_isa();

  static native int dnnl_engine_create(PointerByReference engine, int kind, long index);

  static native int dnnl_stream_create(PointerByReference stream, Pointer engine, int flags);

  static native int dnnl_stream_wait(Pointer stream);

  static native int dnnl_stream_destroy(Pointer stream);

  static native int dnnl_memory_desc_init_by_tag(
      Pointer description, int axes, long[] dimensions, int type, int tag);

  static native int dnnl_memory_desc_init_by_strides(
      Pointer description, int axes, long[] dimensions, int type, long[] strides);

  static native long dnnl_memory_desc_get_size(Pointer description);

  static native int dnnl_memory_create(
      PointerByReference memory, Pointer description, Pointer engine, Pointer data);

  static native int dnnl_memory_destroy(Pointer memory);

  static native int dnnl_post_ops_create(PointerByReference operations);

  static native int dnnl_post_ops_append_sum(Pointer operations, float scale);

  static native int dnnl_post_ops_append_eltwise(
      Pointer operations, float scale, int algorithm, float alpha, float beta);

  static native int dnnl_post_ops_destroy(Pointer operations);

  static native int dnnl_primitive_attr_create(PointerByReference attributes);

  static native int dnnl_primitive_attr_set_scratchpad_mode(Pointer attributes, int mode);

  static native int dnnl_primitive_attr_set_post_ops(Pointer attributes, Pointer operations);

  static native int dnnl_primitive_attr_destroy(Pointer attributes);

  static native int dnnl_convolution_forward_desc_init(
      Pointer operation,
      int kind,
      int algorithm,
      Pointer source,
      Pointer weights,
      Pointer bias,
      Pointer destination,
      long[] strides,
      long[] paddingBefore,
      long[] paddingAfter);

  static native int dnnl_pooling_forward_desc_init(
      Pointer operation,
      int kind,
      int algorithm,
      Pointer source,
      Pointer destination,
      long[] strides,
      long[] kernel,
      long[] paddingBefore,
      long[] paddingAfter);

  static native int dnnl_resampling_forward_desc_init(
      Pointer operation,
      int kind,
      int algorithm,
      float[] factors,
      Pointer source,
      Pointer destination);

  static native int dnnl_primitive_desc_create(
      PointerByReference primitive,
      Pointer operation,
      Pointer attributes,
      Pointer engine,
      Pointer hint);

  static native int dnnl_reorder_primitive_desc_create(
      PointerByReference primitive,
      Pointer source,
      Pointer sourceEngine,
      Pointer destination,
      Pointer destinationEngine,
      Pointer attributes);

  static native Pointer dnnl_primitive_desc_query_md(Pointer primitive, int what, int index);

  static native int dnnl_primitive_desc_destroy(Pointer description);

  static native int dnnl_primitive_create(PointerByReference primitive, Pointer description);

  static native int dnnl_primitive_execute(
      Pointer primitive, Pointer stream, int count, Pointer arguments);

  static native int dnnl_primitive_destroy(Pointer primitive);
}
