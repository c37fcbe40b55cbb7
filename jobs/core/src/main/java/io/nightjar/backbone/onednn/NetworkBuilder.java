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
   * A convolution of planes: of the input {@code [image][channel][height][width]}.
   *
   * @param height rows of a plane
   * @param width columns of a plane
   */
  public void convolvePlanes(int source, int height, int width, Filter filter, int target) {
    Format planes = Format.of(Dnnl.TAG_NCHW, images, filter.in(), height, width);
    MapShape shape = new MapShape(filter.out(), filter.side(height), filter.side(width));
    convolve(source, planes, shape, filter, target, Activation.RELU);
  }

  /** A convolution of maps, from slot to slot. */
  public void convolve(int source, Filter filter, int target, Activation activation) {
    MapShape before = shapes.get(source);
    MapShape shape =
        new MapShape(filter.out(), filter.side(before.height()), filter.side(before.width()));
    convolve(source, Format.blocked(before, images), shape, filter, target, activation);
  }

  private void convolve(
      int source, Format from, MapShape shape, Filter filter, int target, Activation activation) {
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
    MapShape pooled =
        new MapShape(
            shape.channels(), halved(shape.height(), padding), halved(shape.width(), padding));
    pool(
        source,
        Dnnl.POOLING_MAX,
        pooled,
        both(2),
        both(3),
        both(padding),
        Format.padded(
            after(shape.height(), pooled.height(), padding),
            after(shape.width(), pooled.width(), padding)),
        target);
  }

  private static int halved(int side, int padding) {
    return padding == 1 ? (side - 1) / 2 + 1 : (side - 2) / 2 + 1;
  }

  /** Cells that the last window reaches beyond the border. */
  private static int after(int side, int pooled, int padding) {
    return Math.max(0, (pooled - 1) * 2 + 3 - side - padding);
  }

  /**
   * The mean of each rectangle of {@code rows x columns} cells.
   *
   * @param rows of a rectangle, a divisor of the maps' height
   * @param columns of a rectangle, a divisor of the maps' width
   */
  public void averagePool(int source, int rows, int columns, int target) {
    MapShape shape = shapes.get(source);
    if (shape.height() % rows != 0 || shape.width() % columns != 0) {
      throw new IllegalArgumentException(
          Text.format(
              "Maps of %s do not consist of rectangles of %d x %d cells", shape, rows, columns));
    }
    MapShape pooled =
        new MapShape(shape.channels(), shape.height() / rows, shape.width() / columns);
    long[] cells = Format.padded(rows, columns);
    pool(source, Dnnl.POOLING_AVERAGE, pooled, cells, cells, both(0), both(0), target);
  }

  private void pool(
      int source,
      int algorithm,
      MapShape pooled,
      long[] stride,
      long[] kernel,
      long[] before,
      long[] after,
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
              stride,
              kernel,
              before,
              after),
          "describe a pooling");
      add(operation, source, from, target, to, "pool maps of " + shape);
    }
    written(target, pooled);
  }

  /** Bilinear interpolation with half-pixel centres and without antialiasing. */
  public void resize(int source, int height, int width, int target) {
    MapShape shape = shapes.get(source);
    MapShape resized = new MapShape(shape.channels(), height, width);
    Format from = Format.blocked(shape, images);
    Format to = Format.blocked(resized, images);
    float[] factors = {(float) height / shape.height(), (float) width / shape.width()};
    try (Memory operation = new Memory(Dnnl.OPERATION_DESCRIPTION_BYTES)) {
      OneDnn.require(
          Dnnl.dnnl_resampling_forward_desc_init(
              operation,
              Dnnl.FORWARD_INFERENCE,
              Dnnl.RESAMPLING_LINEAR,
              factors,
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
