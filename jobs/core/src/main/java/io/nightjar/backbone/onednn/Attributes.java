package io.nightjar.backbone.onednn;

import com.sun.jna.Pointer;
import com.sun.jna.ptr.PointerByReference;

/** The attributes of an operation: its activation, and a scratchpad that the session provides. */
final class Attributes {
  private Attributes() {}

  static Pointer of(NetworkBuilder.Activation activation) {
    PointerByReference created = new PointerByReference();
    OneDnn.require(Dnnl.dnnl_primitive_attr_create(created), "make attributes");
    Pointer attributes = created.getValue();
    // oneDNN's own scratchpads belong to threads, and tasks run on ever new ones.
    OneDnn.require(
        Dnnl.dnnl_primitive_attr_set_scratchpad_mode(attributes, Dnnl.USER_SCRATCHPAD),
        "take over the scratchpad");
    if (activation != NetworkBuilder.Activation.NONE) {
      setActivation(attributes, activation);
    }
    return attributes;
  }

  private static void setActivation(Pointer attributes, NetworkBuilder.Activation activation) {
    PointerByReference created = new PointerByReference();
    OneDnn.require(Dnnl.dnnl_post_ops_create(created), "make an activation");
    Pointer operations = created.getValue();
    if (activation == NetworkBuilder.Activation.ADD_AND_RELU) {
      OneDnn.require(Dnnl.dnnl_post_ops_append_sum(operations, 1), "add a sum");
    }
    OneDnn.require(
        Dnnl.dnnl_post_ops_append_eltwise(operations, 1, Dnnl.ELTWISE_RELU, 0, 0), "add a ReLU");
    OneDnn.require(
        Dnnl.dnnl_primitive_attr_set_post_ops(attributes, operations), "set an activation");
    OneDnn.require(Dnnl.dnnl_post_ops_destroy(operations), "free an activation");
  }

  static void destroy(Pointer attributes) {
    OneDnn.require(Dnnl.dnnl_primitive_attr_destroy(attributes), "free attributes");
  }
}
