package io.nightjar.backbone.onednn;

import com.sun.jna.Memory;
import com.sun.jna.Pointer;
import com.sun.jna.ptr.PointerByReference;
import io.nightjar.text.Text;
import java.util.ArrayList;
import java.util.List;

/**
 * Builds a network operation by operation. Values are kept in slots, numbered from 0, which
 * operations read and write; a slot may be written again once its values are no longer needed.
 */
public final class NetworkBuilder {
  private final int images;
  private final List<Step> steps = new ArrayList<>();
  private final List<Block> constants = new ArrayList<>();
  private final List<Long> slotBytes = new ArrayList<>();
  private final List<MapShape> shapes = new ArrayList<>();

  /** What is applied to the sums of a convolution. */
  public enum Activation {
    /** The sums as they are. */
    NONE,
    /** Negative sums set to zero. */
    RELU,
    /** Added to the values of the target, then negative sums set to zero. */
    ADD_AND_RELU
  }

  /**
   * A network without operations.
   *
   * @param images images of every batch
   */
  public NetworkBuilder(int images) {
    this.images = images;
    // Operations are planned for the number of threads that is set when they are created.
    OneDnn.useOneThread();
  }

  /** A slot for maps between operations. */
  public int slot() {
    return slot(0);
  }

  /** A slot for {@code values} float32 values of each image, to be written or read from outside. */
  public int slot(int values) {
    slotBytes.add((long) Float.BYTES * images * values);
    shapes.add(null);
    return slotBytes.size() - 1;
  }

  /** The shape of the maps in a slot at this point of the network. */
  public MapShape shape(int slot) {
    return shapes.get(slot);
  }

  /**
   * A convolution of planes: of the input {@code [image][channel][side][side]}.
   *
   * @param side cells along each side of a plane
   */
  public void convolvePlanes(int source, int side, Filter filter, int target) {
    Format planes = Format.of(Dnnl.TAG_NCHW, images, filter.in(), side, side);
    convolve(source, planes, side, filter, target, Activation.RELU);
  }

  /** A convolution of maps, from slot to slot. */
  public void convolve(int source, Filter filter, int target, Activation activation) {
    MapShape shape = shapes.get(source);
    convolve(source, Format.blocked(shape, images), shape.side(), filter, target, activation);
  }

  private void convolve(
      int source, Format from, int sideBefore, Filter filter, int target, Activation activation) {
    MapShape shape = new MapShape(filter.out(), filter.side(sideBefore));
    Format to = Format.blocked(shape, images);
    Pointer attributes = Attributes.of(activation);
    try {
      Pointer operation = convolution(from, filter, to, attributes);
      Format wanted = Format.wanted(operation, Dnnl.QUERY_WEIGHTS);
      Block weights = rearranged(filter, wanted);
      Block bias = constant(Block.of(filter.bias()));
      add(
          operation,
          new Step.Argument(Dnnl.ARGUMENT_SOURCE, new Step.Slot(source), from),
          new Step.Argument(Dnnl.ARGUMENT_WEIGHTS, new Step.Constant(weights), wanted),
          new Step.Argument(
              Dnnl.ARGUMENT_BIAS, new Step.Constant(bias), Format.of(Dnnl.TAG_X, filter.out())),
          new Step.Argument(Dnnl.ARGUMENT_DESTINATION, new Step.Slot(target), to));
    } finally {
      Attributes.destroy(attributes);
    }
    written(target, shape);
  }

  /** Winograd's where it exists, else the direct one. */
  private Pointer convolution(Format from, Filter filter, Format to, Pointer attributes) {
    if (filter.isSmallAndDense()) {
      PointerByReference created = new PointerByReference();
      if (convolution(created, Dnnl.CONVOLUTION_WINOGRAD, from, filter, to, attributes)
          == Dnnl.SUCCESS) {
        return created.getValue();
      }
    }
    PointerByReference created = new PointerByReference();
    OneDnn.require(
        convolution(created, Dnnl.CONVOLUTION_DIRECT, from, filter, to, attributes),
        Text.format("make a convolution of %d to %d channels", filter.in(), filter.out()));
    return created.getValue();
  }

  private static int convolution(
      PointerByReference created,
      int algorithm,
      Format from,
      Filter filter,
      Format to,
      Pointer attributes) {
    Format any =
        Format.of(Dnnl.TAG_ANY, filter.out(), filter.in(), filter.kernel(), filter.kernel());
    try (Memory operation = new Memory(Dnnl.OPERATION_DESCRIPTION_BYTES)) {
      int status =
          Dnnl.dnnl_convolution_forward_desc_init(
              operation,
              Dnnl.FORWARD_INFERENCE,
              algorithm,
              from.description(),
              any.description(),
              Format.of(Dnnl.TAG_X, filter.out()).description(),
              to.description(),
              both(filter.stride()),
              both(filter.padding()),
              both(filter.padding()));
      return status != Dnnl.SUCCESS
          ? status
          : Dnnl.dnnl_primitive_desc_create(
              created, operation, attributes, OneDnn.engine(), Pointer.NULL);
    }
  }

  /** The weights in the convolution's format, transformed where the method is Winograd's. */
  private Block rearranged(Filter filter, Format wanted) {
    Format plain =
        Format.of(Dnnl.TAG_NCHW, filter.out(), filter.in(), filter.kernel(), filter.kernel());
    Block weights = constant(new Block(wanted.bytes()));
    Block given = Block.of(filter.weights());
    NetworkBuilder once = new NetworkBuilder(1);
    once.reorder(new Step.Constant(given), plain, new Step.Constant(weights), 0, wanted);
    try (given;
        Network network = once.build();
        Session session = network.newSession()) {
      session.run();
    }
    return weights;
  }

  /**
   * The largest of each 3x3 window, two cells from window to window.
   *
   * @param padding cells before the border, 0 or 1; without them the last window may be cut short
   */
  public void maxPool(int source, int padding, int target) {
    MapShape shape = shapes.get(source);
    int side = padding == 1 ? (shape.side() - 1) / 2 + 1 : (shape.side() - 2) / 2 + 1;
    int after = Math.max(0, (side - 1) * 2 + 3 - shape.side() - padding);
    pool(
        source,
        Dnnl.POOLING_MAX,
        new MapShape(shape.channels(), side),
        2,
        3,
        padding,
        after,
        target);
  }

  /**
   * The mean of each square of {@code cells x cells}.
   *
   * @param cells along each side of a square, a divisor of the maps' side
   */
  public void averagePool(int source, int cells, int target) {
    MapShape shape = shapes.get(source);
    if (shape.side() % cells != 0) {
      throw new IllegalArgumentException(
          Text.format("Maps of %s do not consist of squares of %d cells a side", shape, cells));
    }
    MapShape pooled = new MapShape(shape.channels(), shape.side() / cells);
    pool(source, Dnnl.POOLING_AVERAGE, pooled, cells, cells, 0, 0, target);
  }

  private void pool(
      int source,
      int algorithm,
      MapShape pooled,
      int stride,
      int kernel,
      int before,
      int after,
      int target) {
    MapShape shape = shapes.get(source);
    Format from = Format.blocked(shape, images);
    Format to = Format.blocked(pooled, images);
    try (Memory operation = new Memory(Dnnl.OPERATION_DESCRIPTION_BYTES)) {
      OneDnn.require(
          Dnnl.dnnl_pooling_forward_desc_init(
              operation,
              Dnnl.FORWARD_INFERENCE,
              algorithm,
              from.description(),
              to.description(),
              both(stride),
              both(kernel),
              both(before),
              both(after)),
          "describe a pooling");
      add(operation, source, from, target, to, "pool maps of " + shape);
    }
    written(target, pooled);
  }

  /** Bilinear interpolation with half-pixel centres and without antialiasing. */
  public void resize(int source, int side, int target) {
    MapShape shape = shapes.get(source);
    MapShape resized = new MapShape(shape.channels(), side);
    Format from = Format.blocked(shape, images);
    Format to = Format.blocked(resized, images);
    float factor = (float) side / shape.side();
    try (Memory operation = new Memory(Dnnl.OPERATION_DESCRIPTION_BYTES)) {
      OneDnn.require(
          Dnnl.dnnl_resampling_forward_desc_init(
              operation,
              Dnnl.FORWARD_INFERENCE,
              Dnnl.RESAMPLING_LINEAR,
              new float[] {factor, factor},
              from.description(),
              to.description()),
          "describe a resizing");
      add(operation, source, from, target, to, "resize maps of " + shape);
    }
    written(target, resized);
  }

  /**
   * Copies maps to {@code [image][cell][channels]}.
   *
   * @param channels values of a cell in the target
   * @param first where the maps' channels begin among them
   */
  public void gather(int source, int target, int channels, int first) {
    MapShape shape = shapes.get(source);
    reorder(
        new Step.Slot(source),
        Format.blocked(shape, images),
        new Step.Slot(target),
        (long) Float.BYTES * first,
        Format.channelsLast(shape, images, channels));
  }

  private void reorder(Step.Place source, Format from, Step.Place target, long offset, Format to) {
    Pointer attributes = Attributes.of(Activation.NONE);
    try {
      PointerByReference created = new PointerByReference();
      OneDnn.require(
          Dnnl.dnnl_reorder_primitive_desc_create(
              created,
              from.description(),
              OneDnn.engine(),
              to.description(),
              OneDnn.engine(),
              attributes),
          "rearrange values");
      add(
          created.getValue(),
          new Step.Argument(Dnnl.ARGUMENT_SOURCE, source, from),
          new Step.Argument(Dnnl.ARGUMENT_DESTINATION, target, offset, to));
    } finally {
      Attributes.destroy(attributes);
    }
  }

  /** The network; its memory is freed by closing it. */
  public Network build() {
    return new Network(steps, constants, slotBytes.stream().mapToLong(Long::longValue).toArray());
  }

  private void add(Memory operation, int source, Format from, int target, Format to, String what) {
    Pointer attributes = Attributes.of(Activation.NONE);
    try {
      PointerByReference created = new PointerByReference();
      OneDnn.require(
          Dnnl.dnnl_primitive_desc_create(
              created, operation, attributes, OneDnn.engine(), Pointer.NULL),
          what);
      add(
          created.getValue(),
          new Step.Argument(Dnnl.ARGUMENT_SOURCE, new Step.Slot(source), from),
          new Step.Argument(Dnnl.ARGUMENT_DESTINATION, new Step.Slot(target), to));
    } finally {
      Attributes.destroy(attributes);
    }
  }

  private void add(Pointer description, Step.Argument... arguments) {
    PointerByReference created = new PointerByReference();
    Format scratchpad = Format.wanted(description, Dnnl.QUERY_SCRATCHPAD);
    OneDnn.require(Dnnl.dnnl_primitive_create(created, description), "make an operation");
    OneDnn.require(Dnnl.dnnl_primitive_desc_destroy(description), "free a description");
    steps.add(new Step(created.getValue(), List.of(arguments), scratchpad));
  }

  private Block constant(Block block) {
    constants.add(block);
    return block;
  }

  private void written(int slot, MapShape shape) {
    shapes.set(slot, shape);
    long bytes = (long) Float.BYTES * images * shape.values();
    slotBytes.set(slot, Math.max(slotBytes.get(slot), bytes));
  }

  private static long[] both(long value) {
    return Format.padded(value, value);
  }
}
