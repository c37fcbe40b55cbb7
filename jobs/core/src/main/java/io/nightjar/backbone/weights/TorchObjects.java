package io.nightjar.backbone.weights;

import io.nightjar.text.Text;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The classes and functions that a torch state dict may name, and the values they build. */
final class TorchObjects {
  /**
   * A range of elements that several tensors may share.
   *
   * @param key its name in the file
   * @param elements that it has
   */
  record Storage(ElementType type, String key, long elements) {}

  /** A tensor before its elements are read: offset and strides in elements of the storage. */
  record TensorView(Storage storage, long offset, List<Integer> shape, List<Long> strides) {}

  /** A class or function that a pickle may name. */
  sealed interface Global {
    /** The value that Python's call would return. */
    Object call(TorchPickle.Tuple arguments) throws WeightFormatException;
  }

  /**
   * Anything else that a checkpoint names, and whatever would be made of it. It is neither looked
   * up nor run; only where weights are sought in it, the file is refused.
   */
  record Foreign(String name) implements Global {
    @Override
    public Object call(TorchPickle.Tuple arguments) {
      return this;
    }

    WeightFormatException refusal() {
      return new WeightFormatException(
          Text.format(
              "it refers to %s, and only tensors are read from such files: save the plain tensors with torch.save(model.state_dict(), ...)",
              name));
    }
  }

  private record StorageClass(ElementType type) implements Global {
    @Override
    public Object call(TorchPickle.Tuple arguments) throws WeightFormatException {
      throw new WeightFormatException("its pickle creates a storage of its own");
    }
  }

  private enum Function implements Global {
    ORDERED_DICT {
      @Override
      public Object call(TorchPickle.Tuple arguments) {
        Map<Object, Object> map = new LinkedHashMap<>();
        if (!arguments.values().isEmpty()) {
          // Python 2 gives the pairs as an argument.
          for (Object pair : (List<?>) arguments.values().get(0)) {
            map.put((String) ((List<?>) pair).get(0), ((List<?>) pair).get(1));
          }
        }
        return map;
      }
    },
    REBUILD_TENSOR {
      @Override
      public Object call(TorchPickle.Tuple arguments) throws WeightFormatException {
        List<Object> values = arguments.values();
        if (values.get(0) instanceof Foreign foreign) {
          return foreign; // of elements of an unknown type
        }
        List<Integer> shape = new ArrayList<>();
        requireFewAxes((TorchPickle.Tuple) values.get(2));
        requireFewAxes((TorchPickle.Tuple) values.get(3));
        for (Object length : ((TorchPickle.Tuple) values.get(2)).values()) {
          shape.add((int) Math.min(integer(length), Integer.MAX_VALUE));
        }
        List<Long> strides = new ArrayList<>();
        for (Object stride : ((TorchPickle.Tuple) values.get(3)).values()) {
          strides.add(integer(stride));
        }
        if (strides.size() != shape.size()) {
          throw new WeightFormatException(
              Text.format("its pickle gives a tensor of shape %s the strides %s", shape, strides));
        }
        return new TensorView((Storage) values.get(0), integer(values.get(1)), shape, strides);
      }
    },
    REBUILD_PARAMETER {
      @Override
      public Object call(TorchPickle.Tuple arguments) {
        return arguments.values().get(0);
      }
    }
  }

  private static final Map<String, Global> ALLOWED =
      Map.ofEntries(
          Map.entry("collections.OrderedDict", Function.ORDERED_DICT),
          Map.entry("torch._utils._rebuild_tensor_v2", Function.REBUILD_TENSOR),
          Map.entry("torch._utils._rebuild_parameter", Function.REBUILD_PARAMETER),
          Map.entry("torch._utils._rebuild_parameter_with_state", Function.REBUILD_PARAMETER),
          Map.entry("torch.DoubleStorage", new StorageClass(ElementType.FLOAT64)),
          Map.entry("torch.FloatStorage", new StorageClass(ElementType.FLOAT32)),
          Map.entry("torch.HalfStorage", new StorageClass(ElementType.FLOAT16)),
          Map.entry("torch.BFloat16Storage", new StorageClass(ElementType.BFLOAT16)),
          Map.entry("torch.LongStorage", new StorageClass(ElementType.INT64)),
          Map.entry("torch.IntStorage", new StorageClass(ElementType.INT32)),
          Map.entry("torch.ShortStorage", new StorageClass(ElementType.INT16)),
          Map.entry("torch.CharStorage", new StorageClass(ElementType.INT8)),
          Map.entry("torch.ByteStorage", new StorageClass(ElementType.UINT8)),
          Map.entry("torch.BoolStorage", new StorageClass(ElementType.BOOL)));

  private TorchObjects() {}

  /** The class or function of this name; {@link Foreign} for all but those that tensors need. */
  static Global global(String name) {
    Global global = ALLOWED.get(name);
    return global == null ? new Foreign(name) : global;
  }

  /**
   * The {@link Storage} of a persistent id, ("storage", class, key, location, elements[, view]), or
   * the class where it is {@link Foreign}.
   */
  static Object storage(TorchPickle.Tuple id) throws WeightFormatException {
    List<Object> values = id.values();
    if (values.size() < 5 || !"storage".equals(values.get(0))) {
      throw new WeightFormatException("its pickle refers to something that is not a storage");
    }
    if (values.size() > 5 && values.get(5) != null) {
      throw new WeightFormatException(
          "it holds views of storages, as torch before 0.4 wrote them: save it again with a newer torch");
    }
    if (values.get(1) instanceof Foreign foreign) {
      return foreign;
    }
    long elements = integer(values.get(4));
    if (elements < 0 || elements > Integer.MAX_VALUE) {
      throw new WeightFormatException(
          Text.format("its pickle gives a storage %d elements", elements));
    }
    return new Storage(((StorageClass) values.get(1)).type(), (String) values.get(2), elements);
  }

  private static void requireFewAxes(TorchPickle.Tuple lengths) throws WeightFormatException {
    if (lengths.values().size() > TensorReader.MOST_AXES) {
      throw new WeightFormatException(
          Text.format("its pickle gives a tensor %d axes", lengths.values().size()));
    }
  }

  private static long integer(Object value) {
    return value instanceof BigInteger big ? big.longValueExact() : (Long) value;
  }
}
