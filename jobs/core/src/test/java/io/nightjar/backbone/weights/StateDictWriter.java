package io.nightjar.backbone.weights;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import java.util.zip.CRC32;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/** Writes state dicts the way torch.save does, in its zip format and in the one before it. */
final class StateDictWriter {

  /** A tensor as torch pickles it: offset and strides in elements of its storage. */
  @SuppressWarnings("ArrayRecordComponent") // a carrier of bytes, never compared
  record Entry(
      String storageClass,
      int elementBytes,
      byte[] storage,
      int offset,
      List<Integer> shape,
      List<Integer> strides,
      boolean parameter) {}

  private final Map<String, Entry> entries = new LinkedHashMap<>();
  private final Map<String, Entry> others = new LinkedHashMap<>();
  private List<String> nesting = List.of();
  private String foreign = "";

  static Entry floats(List<Integer> shape, float... values) {
    ByteBuffer bytes = ByteBuffer.allocate(4 * values.length).order(ByteOrder.LITTLE_ENDIAN);
    bytes.asFloatBuffer().put(values);
    List<Integer> strides = TensorReader.rowMajor(shape).stream().map(Math::toIntExact).toList();
    return new Entry("FloatStorage", 4, bytes.array(), 0, shape, strides, false);
  }

  StateDictWriter put(String name, Entry entry) {
    entries.put(name, entry);
    return this;
  }

  /** Puts the state dict under these keys, the outermost first. */
  StateDictWriter under(String... keys) {
    nesting = List.of(keys);
    return this;
  }

  /** Puts a tensor next to the state dict, into the outermost dict. */
  StateDictWriter andOther(String name, Entry entry) {
    others.put(name, entry);
    return this;
  }

  /** Puts an {@code argparse.Namespace} next to the state dict, as {@code args}. */
  StateDictWriter nextToArguments() {
    foreign = "args";
    return this;
  }

  /** Each storage once, in the order of the tensors that use it. */
  private List<byte[]> storages() {
    IdentityHashMap<byte[], Boolean> seen = new IdentityHashMap<>();
    return Stream.concat(others.values().stream(), entries.values().stream())
        .map(Entry::storage)
        .filter(storage -> seen.put(storage, true) == null)
        .toList();
  }

  private String key(Entry entry) {
    List<byte[]> storages = storages();
    for (int i = 0; i < storages.size(); i++) {
      if (storages.get(i) == entry.storage()) {
        return String.valueOf(i);
      }
    }
    throw new AssertionError("an entry without a storage");
  }

  byte[] zip() throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (ZipOutputStream zip = new ZipOutputStream(out)) {
      store(zip, "model/data.pkl", pickle(false));
      store(zip, "model/byteorder", "little".getBytes(StandardCharsets.UTF_8));
      int key = 0;
      for (byte[] storage : storages()) {
        store(zip, "model/data/" + key++, storage);
      }
      store(zip, "model/version", "3\n".getBytes(StandardCharsets.UTF_8));
    }
    return out.toByteArray();
  }

  byte[] legacy() {
    Pickle file = new Pickle();
    file.bytes(0x80, 2).longOne("6cfc9c46f9206aa85019").bytes('.');
    file.bytes(0x80, 2, 'M', 0xE9, 0x03, '.');
    file.bytes(0x80, 2, '}', '(').text("protocol_version").bytes('M', 0xE9, 0x03);
    file.text("little_endian").bytes(0x88, 'u', '.');
    file.raw(pickle(true));
    file.bytes(0x80, 2, ']', '(');
    List<byte[]> storages = new ArrayList<>();
    int key = 0;
    for (byte[] content : storages()) {
      file.text(String.valueOf(key++));
      ByteBuffer storage = ByteBuffer.allocate(8 + content.length).order(ByteOrder.LITTLE_ENDIAN);
      storage.putLong(content.length / elementBytes(content)).put(content);
      storages.add(storage.array());
    }
    file.bytes('e', '.');
    storages.forEach(file::raw);
    return file.toBytes();
  }

  /** A pickle that would call a function of Python's library. */
  static byte[] maliciousPickle(String module, String function, String argument) {
    return new Pickle()
        .bytes(0x80, 2)
        .global(module, function)
        .text(argument)
        .bytes(0x85, 'R', '.')
        .toBytes();
  }

  static byte[] zipOf(byte[] pickle) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (ZipOutputStream zip = new ZipOutputStream(out)) {
      store(zip, "archive/data.pkl", pickle);
    }
    return out.toByteArray();
  }

  private static void store(ZipOutputStream zip, String name, byte[] content) throws IOException {
    ZipEntry entry = new ZipEntry(name);
    CRC32 crc = new CRC32();
    crc.update(content);
    entry.setMethod(ZipEntry.STORED);
    entry.setSize(content.length);
    entry.setCrc(crc.getValue());
    zip.putNextEntry(entry);
    zip.write(content);
    zip.closeEntry();
  }

  private int elementBytes(byte[] storage) {
    return Stream.concat(others.values().stream(), entries.values().stream())
        .filter(entry -> entry.storage() == storage)
        .findFirst()
        .orElseThrow()
        .elementBytes();
  }

  private byte[] pickle(boolean legacy) {
    Pickle pickle = new Pickle().bytes(0x80, 2);
    for (int i = 0; i < nesting.size(); i++) {
      pickle.bytes('}');
      if (i == 0) {
        besides(pickle, legacy);
      }
      pickle.text(nesting.get(i));
    }
    pickle.global("collections", "OrderedDict").bytes('q', 0, ')', 'R', 'q', 1, '(');
    for (Map.Entry<String, Entry> named : entries.entrySet()) {
      pickle.text(named.getKey());
      tensor(pickle, named.getValue(), key(named.getValue()), legacy);
    }
    pickle.bytes('u', '}').text("_metadata");
    pickle.bytes('h', 0, ')', 'R', 's', 'b');
    nesting.forEach(outer -> pickle.bytes('s'));
    return pickle.bytes('.').toBytes();
  }

  private void besides(Pickle pickle, boolean legacy) {
    for (Map.Entry<String, Entry> named : others.entrySet()) {
      pickle.text(named.getKey());
      tensor(pickle, named.getValue(), key(named.getValue()), legacy);
      pickle.bytes('s');
    }
    if (!foreign.isEmpty()) {
      // An object made by NEWOBJ without arguments, then given its attributes by BUILD.
      pickle.text(foreign).global("argparse", "Namespace").bytes(')', 0x81);
      pickle.bytes('}').text("lr").integer(1).bytes('s', 'b', 's');
    }
  }

  private static void tensor(Pickle pickle, Entry entry, String key, boolean legacy) {
    if (entry.parameter()) {
      pickle.global("torch._utils", "_rebuild_parameter").bytes('(');
    }
    pickle.global("torch._utils", "_rebuild_tensor_v2").bytes('(', '(').text("storage");
    pickle.global("torch", entry.storageClass()).text(key).text("cpu");
    pickle.integer(entry.storage().length / entry.elementBytes());
    if (legacy) {
      pickle.bytes('N');
    }
    pickle.bytes('t', 'Q').integer(entry.offset());
    pickle.tuple(entry.shape()).tuple(entry.strides());
    pickle.bytes(0x89).global("collections", "OrderedDict").bytes(')', 'R', 't', 'R');
    if (entry.parameter()) {
      pickle.bytes(0x88).global("collections", "OrderedDict").bytes(')', 'R', 't', 'R');
    }
  }

  /** The opcodes that torch uses. */
  private static final class Pickle {
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();

    Pickle bytes(int... values) {
      for (int value : values) {
        out.write(value);
      }
      return this;
    }

    Pickle raw(byte[] bytes) {
      out.writeBytes(bytes);
      return this;
    }

    Pickle text(String text) {
      byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
      return bytes('X').little(utf8.length).raw(utf8);
    }

    Pickle integer(int value) {
      return bytes('J').little(value);
    }

    Pickle longOne(String littleEndianHex) {
      byte[] bytes = java.util.HexFormat.of().parseHex(littleEndianHex);
      return bytes(0x8A, bytes.length).raw(bytes);
    }

    Pickle tuple(List<Integer> values) {
      bytes('(');
      values.forEach(this::integer);
      return bytes('t');
    }

    Pickle global(String module, String name) {
      return bytes('c').raw((module + "\n" + name + "\n").getBytes(StandardCharsets.UTF_8));
    }

    private Pickle little(int value) {
      return bytes(value & 0xFF, value >> 8 & 0xFF, value >> 16 & 0xFF, value >>> 24);
    }

    byte[] toBytes() {
      return out.toByteArray();
    }
  }
}
