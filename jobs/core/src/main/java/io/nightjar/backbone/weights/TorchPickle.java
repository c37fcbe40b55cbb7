package io.nightjar.backbone.weights;

import io.nightjar.text.Text;
import java.math.BigInteger;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Reads the pickles of torch state dicts: protocol 2, and only the opcodes that they use.
 *
 * <p>A pickle is a program; this reader runs none. It knows the classes of {@link TorchObjects}
 * alone, takes every other for a {@link TorchObjects.Foreign} of which nothing is known but its
 * name, and builds plain values: {@code Map}, {@code List}, {@link Tuple}, {@code String}, {@code
 * Long}, {@code BigInteger}, {@code Double}, {@code Boolean}, null, and {@link
 * TorchObjects.TensorView}.
 */
final class TorchPickle {
  /** A Python tuple. */
  record Tuple(List<Object> values) {}

  private static final Object MARK = new Object();

  /** The pickles of ResNets have 20,000. */
  private static final int MOST_OPCODES = 4_000_000;

  private static final int LONGEST_NUMBER = 256;
  private static final int LONGEST_NAME = 512;

  private final ByteBuffer in;
  private final List<Object> stack = new ArrayList<>();
  private final Map<Integer, Object> memo = new HashMap<>();
  private final Map<String, Integer> elementBytes = new HashMap<>();

  /**
   * What a pickle holds.
   *
   * @param elementBytes of an element of each storage that it refers to, by the storage's key
   */
  record Content(Object root, Map<String, Integer> elementBytes) {}

  private TorchPickle(ByteBuffer in) {
    this.in = in;
  }

  /** Reads one pickle from a little-endian buffer and leaves the position after it. */
  static Object read(ByteBuffer in) throws WeightFormatException {
    return readContent(in).root();
  }

  /** The same, with the storages that it refers to. */
  static Content readContent(ByteBuffer in) throws WeightFormatException {
    try {
      TorchPickle pickle = new TorchPickle(in);
      Object root = pickle.run();
      return new Content(root, pickle.elementBytes);
    } catch (BufferUnderflowException e) {
      throw new WeightFormatException("its pickle ends too early: the file is truncated", e);
    } catch (IndexOutOfBoundsException | ClassCastException e) {
      throw new WeightFormatException("its pickle is damaged", e);
    }
  }

  private Object run() throws WeightFormatException {
    int opcodes = 0;
    while (true) {
      if (++opcodes > MOST_OPCODES) {
        throw new WeightFormatException(
            Text.format(
                "its pickle has more than %d opcodes, and no state dict has", MOST_OPCODES));
      }
      int opcode = in.get() & 0xFF;
      switch (opcode) {
        case 0x80 -> protocol(); // PROTO
        case '.' -> { // STOP
          return pop();
        }
        case '(' -> stack.add(MARK); // MARK
        case '0' -> pop(); // POP
        case 'N' -> stack.add(null); // NONE
        case 0x88 -> stack.add(true); // NEWTRUE
        case 0x89 -> stack.add(false); // NEWFALSE
        case 'J' -> stack.add((long) in.getInt()); // BININT
        case 'K' -> stack.add(in.get() & 0xFFL); // BININT1
        case 'M' -> stack.add(in.getShort() & 0xFFFFL); // BININT2
        case 0x8A -> stack.add(bigInteger(in.get() & 0xFF)); // LONG1
        case 0x8B -> stack.add(bigInteger(in.getInt())); // LONG4
        case 'G' -> stack.add(Double.longBitsToDouble(Long.reverseBytes(in.getLong()))); // BINFLOAT
        case 'X' -> stack.add(text(in.getInt())); // BINUNICODE
        case 'T' -> stack.add(text(in.getInt())); // BINSTRING
        case 'U' -> stack.add(text(in.get() & 0xFF)); // SHORT_BINSTRING
        case '}' -> stack.add(new LinkedHashMap<Object, Object>()); // EMPTY_DICT
        case ']' -> stack.add(new ArrayList<Object>()); // EMPTY_LIST
        case ')' -> stack.add(new Tuple(List.of())); // EMPTY_TUPLE
        case 't' -> stack.add(tuple(popToMark())); // TUPLE
        case 0x85 -> stack.add(tuple(popLast(1))); // TUPLE1
        case 0x86 -> stack.add(tuple(popLast(2))); // TUPLE2
        case 0x87 -> stack.add(tuple(popLast(3))); // TUPLE3
        case 'a' -> append(popLast(1)); // APPEND
        case 'e' -> append(popToMark()); // APPENDS
        case 's' -> setItems(popLast(2)); // SETITEM
        case 'u' -> setItems(popToMark()); // SETITEMS
        case 'q' -> memo.put(in.get() & 0xFF, top()); // BINPUT
        case 'r' -> memo.put(in.getInt(), top()); // LONG_BINPUT
        case 'h' -> stack.add(remembered(in.get() & 0xFF)); // BINGET
        case 'j' -> stack.add(remembered(in.getInt())); // LONG_BINGET
        case 'c' -> stack.add(TorchObjects.global(line() + "." + line())); // GLOBAL
        case 'R', 0x81 -> reduce(); // REDUCE, NEWOBJ
        case 'b' -> build(); // BUILD
        case 'Q' -> stack.add(storage((Tuple) pop())); // BINPERSID
        default ->
            throw new WeightFormatException(
                Text.format(
                    "its pickle uses the opcode 0x%02x, which torch state dicts do not: save it again with torch.save(model.state_dict(), ...)",
                    opcode));
      }
    }
  }

  private void protocol() throws WeightFormatException {
    int protocol = in.get() & 0xFF;
    if (protocol != 2) {
      throw new WeightFormatException(
          Text.format(
              "its pickle is of protocol %d, where torch.save writes 2: save it again with the default protocol",
              protocol));
    }
  }

  private void reduce() throws WeightFormatException {
    Tuple arguments = (Tuple) pop();
    stack.add(((TorchObjects.Global) pop()).call(arguments));
  }

  private Object storage(Tuple id) throws WeightFormatException {
    Object storage = TorchObjects.storage(id);
    if (storage instanceof TorchObjects.Storage known) {
      elementBytes.put(known.key(), known.type().bytes());
    }
    return storage;
  }

  /** Attributes of an ordered dict (torch keeps its versions there); they hold no tensors. */
  private void build() throws WeightFormatException {
    pop();
    if (!(top() instanceof Map || top() instanceof TorchObjects.Foreign)) {
      throw new WeightFormatException("its pickle sets the state of an object that has none");
    }
  }

  private void append(List<Object> values) {
    if (!(top() instanceof TorchObjects.Foreign)) {
      list(top()).addAll(values);
    }
  }

  private void setItems(List<Object> keysAndValues) {
    if (top() instanceof TorchObjects.Foreign) {
      return;
    }
    Map<Object, Object> target = map(top());
    for (int i = 0; i < keysAndValues.size(); i += 2) {
      target.put(key(keysAndValues.get(i)), keysAndValues.get(i + 1));
    }
  }

  /**
   * A key of a dict. The hash of a tuple would walk through all that it holds, which a small file
   * can make endless; no tensor is found under such a key.
   */
  private static Object key(Object value) {
    return value instanceof String
            || value instanceof Number
            || value instanceof Boolean
            || value == null
        ? value
        : new TorchObjects.Foreign("a key that is no text or number");
  }

  @SuppressWarnings("unchecked") // a wrong element would fail where it is used
  private static List<Object> list(Object value) {
    return (List<Object>) value;
  }

  @SuppressWarnings("unchecked") // a wrong element would fail where it is used
  private static Map<Object, Object> map(Object value) {
    return (Map<Object, Object>) value;
  }

  private static Tuple tuple(List<Object> values) {
    return new Tuple(values);
  }

  private Object top() {
    return stack.get(stack.size() - 1);
  }

  private Object pop() {
    Object top = stack.remove(stack.size() - 1);
    if (top == MARK) {
      throw new IndexOutOfBoundsException("Found a mark instead of a value");
    }
    return top;
  }

  private List<Object> popLast(int count) {
    List<Object> last = stack.subList(stack.size() - count, stack.size());
    List<Object> values = new ArrayList<>(last);
    last.clear();
    return values;
  }

  private List<Object> popToMark() {
    List<Object> values = popLast(stack.size() - 1 - stack.lastIndexOf(MARK));
    stack.remove(stack.size() - 1);
    return values;
  }

  private Object remembered(int key) throws WeightFormatException {
    if (!memo.containsKey(key)) {
      throw new WeightFormatException("its pickle is damaged");
    }
    return memo.get(key);
  }

  private BigInteger bigInteger(int length) throws WeightFormatException {
    if (length > LONGEST_NUMBER) {
      throw new WeightFormatException(Text.format("its pickle has a number of %d bytes", length));
    }
    byte[] littleEndian = bytes(length);
    byte[] bigEndian = new byte[length + 1];
    for (int i = 0; i < length; i++) {
      bigEndian[length - i] = littleEndian[i];
    }
    bigEndian[0] = (byte) (length > 0 && littleEndian[length - 1] < 0 ? -1 : 0);
    return new BigInteger(bigEndian);
  }

  private String text(int length) throws WeightFormatException {
    return new String(bytes(length), StandardCharsets.UTF_8);
  }

  private byte[] bytes(int length) throws WeightFormatException {
    if (length < 0 || length > in.remaining()) {
      throw new WeightFormatException("its pickle ends too early: the file is truncated");
    }
    byte[] bytes = new byte[length];
    in.get(bytes);
    return bytes;
  }

  private String line() throws WeightFormatException {
    StringBuilder line = new StringBuilder();
    for (byte next = in.get(); next != '\n'; next = in.get()) {
      if (next < ' ' || line.length() == LONGEST_NAME) {
        throw new WeightFormatException("its pickle has a name that no class or function has");
      }
      line.append((char) next);
    }
    return line.toString();
  }
}
