package io.nightjar.backbone.weights;

import io.nightjar.text.Text;
import java.io.IOException;
import java.io.InputStream;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.zip.ZipEntry;
import java.util.zip.ZipException;
import java.util.zip.ZipFile;

/**
 * Reads torch state dicts: the zip format of torch 1.6 and later, and the one before it (a row of
 * pickles, then the storages). Written here, since PyTorch's own reader needs PyTorch and, for
 * older files, runs the code in them.
 *
 * <p>Source: torch/serialization.py of PyTorch.
 */
final class TorchFile {
  private static final BigInteger LEGACY_MAGIC = new BigInteger("1950a86a20f9469cfc6c", 16);
  private static final long LEGACY_PROTOCOL = 1001;

  /** Where checkpoints keep the state dict of their model. */
  private static final List<String> NESTED = List.of("state_dict", "model_state_dict", "model");

  /** The pickles of ResNets have 50 KB; those of checkpoints hold arguments and counters too. */
  private static final long MOST_PICKLE_BYTES = 64 << 20;

  /** No ResNet's weights are larger. */
  private static final long MOST_BYTES = Integer.MAX_VALUE - 8;

  private static final int BYTE_ORDER_BYTES = 64;

  private static final int KEYS_SHOWN = 8;

  private TorchFile() {}

  static boolean isZip(ByteBuffer file) {
    return file.limit() > 4 && file.getInt(0) == 0x04034b50;
  }

  /** Whether a file starts with the pickled magic number of the format before the zip format. */
  static boolean isLegacy(ByteBuffer file) {
    try {
      return file.limit() > 2
          && (file.get(0) & 0xFF) == 0x80
          && LEGACY_MAGIC.equals(TorchPickle.read(start(file)));
    } catch (WeightFormatException e) {
      return false;
    }
  }

  static WeightTensors readZip(Path file) throws IOException, WeightFormatException {
    try (ZipFile zip = new ZipFile(file.toFile())) {
      List<String> pickles =
          zip.stream().map(ZipEntry::getName).filter(name -> name.endsWith("/data.pkl")).toList();
      if (pickles.isEmpty()) {
        throw new WeightFormatException("it is a zip archive without a torch state dict");
      }
      if (pickles.size() > 1) {
        throw new WeightFormatException("it is a zip archive with more than one state dict");
      }
      String pickle = pickles.get(0);
      String root = pickle.substring(0, pickle.length() - "data.pkl".length());
      if (zip.getEntry(root + "constants.pkl") != null) {
        throw new WeightFormatException(
            "it is a TorchScript archive, which holds code: save the plain tensors with torch.save(model.state_dict(), ...)");
      }
      if (zip.getEntry(root + "byteorder") != null
          && !new String(
                  entry(zip, root + "byteorder", BYTE_ORDER_BYTES).array(), StandardCharsets.UTF_8)
              .strip()
              .equals("little")) {
        throw new WeightFormatException("its numbers are big-endian, which is not supported");
      }
      StateDict dict = stateDict(TorchPickle.read(entry(zip, pickle, MOST_PICKLE_BYTES)));
      Map<String, Long> sizes = storageBytes(dict);
      Map<String, ByteBuffer> storages = new HashMap<>();
      for (Map.Entry<String, Long> storage : sizes.entrySet()) {
        String name = root + "data/" + storage.getKey();
        storages.put(storage.getKey(), entry(zip, name, storage.getValue()));
      }
      return read(dict, storages);
    } catch (ZipException e) {
      throw new WeightFormatException(
          Text.format("its zip archive is truncated or damaged (%s)", e.getMessage()), e);
    }
  }

  static WeightTensors readLegacy(ByteBuffer file) throws WeightFormatException {
    ByteBuffer in = start(file);
    TorchPickle.read(in);
    if (!Long.valueOf(LEGACY_PROTOCOL).equals(known(TorchPickle.read(in)))) {
      throw new WeightFormatException("it is of an unknown version of torch's format");
    }
    if (!(known(TorchPickle.read(in)) instanceof Map<?, ?> system)
        || Boolean.FALSE.equals(system.get("little_endian"))) {
      throw new WeightFormatException("its numbers are big-endian, which is not supported");
    }
    TorchPickle.Content content = TorchPickle.readContent(in);
    StateDict dict = stateDict(content.root());
    if (!(known(TorchPickle.read(in)) instanceof List<?> keys)) {
      throw new WeightFormatException("it lacks the list of its storages");
    }
    return read(dict, legacyStorages(in, keys, content.elementBytes()));
  }

  private static Map<String, ByteBuffer> legacyStorages(
      ByteBuffer in, List<?> keys, Map<String, Integer> elementBytes) throws WeightFormatException {
    Map<String, ByteBuffer> storages = new HashMap<>();
    for (Object key : keys) {
      if (!(key instanceof String)) {
        throw new WeightFormatException("its list of storages is damaged");
      }
      // Of an unknown type of elements not even the width is known, to find what comes after them.
      Integer width = elementBytes.get((String) key);
      if (width == null) {
        throw new WeightFormatException(
            "it contains tensors of an unknown type: save the plain tensors with torch.save(model.state_dict(), ...)");
      }
      long elements = in.remaining() < Long.BYTES ? -1 : in.getLong();
      if (elements < 0 || elements > in.remaining() / width) {
        throw new WeightFormatException("its storages end too early: the file is truncated");
      }
      int bytes = (int) elements * width;
      storages.put((String) key, in.slice(in.position(), bytes).order(ByteOrder.LITTLE_ENDIAN));
      in.position(in.position() + bytes);
    }
    return storages;
  }

  /**
   * A state dict before its tensors are read.
   *
   * @param part the keys that lead to it, such as {@code state_dict}; empty for the file itself
   */
  private record StateDict(String part, Map<String, TorchObjects.TensorView> tensors) {}

  /**
   * The state dict of a file or checkpoint: a dict of tensors under one of the known keys, whatever
   * is next to it, else the tensors of the dict itself.
   */
  private static StateDict stateDict(Object root) throws WeightFormatException {
    if (!(known(root) instanceof Map<?, ?> map)) {
      throw new WeightFormatException("it holds no state dict");
    }
    Optional<StateDict> found = find("", map, 0);
    if (found.isPresent()) {
      return found.get();
    }
    for (String key : NESTED) {
      known(map.get(key));
    }
    throw new WeightFormatException(
        Text.format(
            "it holds no tensors at the top or under %s; its keys are %s",
            String.join(" or ", NESTED), keys(map)));
  }

  private static Optional<StateDict> find(String part, Map<?, ?> map, int depth) {
    for (String key : NESTED) {
      // A dict may contain itself; no checkpoint nests deeply.
      if (map.get(key) instanceof Map<?, ?> nested && depth < NESTED.size()) {
        Optional<StateDict> found =
            find(part.isEmpty() ? key : part + "." + key, nested, depth + 1);
        if (found.isPresent()) {
          return found;
        }
      }
    }
    Map<String, TorchObjects.TensorView> tensors = new LinkedHashMap<>();
    map.forEach(
        (key, value) -> {
          if (value instanceof TorchObjects.TensorView view) {
            tensors.put(String.valueOf(key), view);
          }
        });
    return tensors.isEmpty() ? Optional.empty() : Optional.of(new StateDict(part, tensors));
  }

  private static Object known(Object value) throws WeightFormatException {
    if (value instanceof TorchObjects.Foreign foreign) {
      throw foreign.refusal();
    }
    return value;
  }

  private static String keys(Map<?, ?> map) {
    String shown =
        map.keySet().stream()
            .limit(KEYS_SHOWN)
            .map(String::valueOf)
            .collect(Collectors.joining(", "));
    return map.isEmpty() ? "none" : map.size() > KEYS_SHOWN ? shown + ", ..." : shown;
  }

  private static WeightTensors read(StateDict dict, Map<String, ByteBuffer> storages)
      throws WeightFormatException {
    requireRoom(dict);
    Map<String, Tensor> tensors = new LinkedHashMap<>();
    for (Map.Entry<String, TorchObjects.TensorView> entry : dict.tensors.entrySet()) {
      TorchObjects.TensorView view = entry.getValue();
      ByteBuffer storage = storages.get(view.storage().key());
      if (storage == null) {
        throw new WeightFormatException(
            Text.format("it lacks the storage of the tensor %s", entry.getKey()));
      }
      tensors.put(
          entry.getKey(),
          TensorReader.read(
              entry.getKey(),
              view.storage().type(),
              storage,
              view.offset(),
              view.shape(),
              view.strides()));
    }
    return new WeightTensors(dict.part, tensors);
  }

  /** Expanded tensors and those that share a storage are larger than what the file holds. */
  private static void requireRoom(StateDict dict) throws WeightFormatException {
    long values = 0;
    for (Map.Entry<String, TorchObjects.TensorView> entry : dict.tensors.entrySet()) {
      values += TensorReader.elements(entry.getValue().shape());
      TensorReader.requireRoom(values, entry.getKey());
    }
  }

  /** The bytes of each storage, by its key, as the pickle says: no entry is unpacked beyond. */
  private static Map<String, Long> storageBytes(StateDict dict) throws WeightFormatException {
    requireRoom(dict);
    Map<String, Long> sizes = new LinkedHashMap<>();
    long sum = 0;
    for (TorchObjects.TensorView view : dict.tensors.values()) {
      TorchObjects.Storage storage = view.storage();
      long bytes = storage.elements() * storage.type().bytes();
      Long other = sizes.put(storage.key(), bytes);
      if (other != null && other != bytes) {
        throw new WeightFormatException(Text.format("its storage %s has two sizes", storage.key()));
      }
      sum += other == null ? bytes : 0;
      if (sum > MOST_BYTES) {
        throw new WeightFormatException(
            "its storages have more than 2 GB, and no ResNet's weights are larger");
      }
    }
    return sizes;
  }

  private static ByteBuffer entry(ZipFile zip, String name, long most)
      throws IOException, WeightFormatException {
    ZipEntry entry = zip.getEntry(name);
    if (entry == null) {
      throw new WeightFormatException("its zip archive lacks the entry " + name);
    }
    try (InputStream in = zip.getInputStream(entry)) {
      byte[] content = in.readNBytes((int) Math.min(most + 1, MOST_BYTES));
      if (content.length > most) {
        throw new WeightFormatException(
            Text.format("its zip entry %s unpacks to more than the expected %d bytes", name, most));
      }
      return ByteBuffer.wrap(content).order(ByteOrder.LITTLE_ENDIAN);
    }
  }

  private static ByteBuffer start(ByteBuffer file) {
    return file.duplicate().order(ByteOrder.LITTLE_ENDIAN).position(0);
  }
}
