package io.nightjar.fuzz;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Random;

/**
 * Damages files at random, as storage, other programs and people do: bits, numbers, parts that are
 * lost, repeated or swapped, and, in text, numbers, names and brackets. The same seed gives the
 * same mutant.
 */
final class Mutator {
  private static final long[] NUMBERS = {
    0,
    1,
    -1,
    2,
    7,
    8,
    127,
    128,
    255,
    256,
    32767,
    32768,
    65535,
    65536,
    100_000_001L,
    Integer.MAX_VALUE,
    Integer.MIN_VALUE,
    1L << 31,
    0xffffffffL,
    1L << 40,
    Long.MAX_VALUE,
    Long.MIN_VALUE
  };

  private static final List<String> WORDS =
      List.of(
          "null",
          "true",
          "\"\"",
          "[]",
          "{}",
          "-1",
          "0",
          "1e999",
          "NaN",
          "99999999999999999999",
          "2147483648",
          "\"..\"",
          "\"../x\"",
          "\\u0000",
          "[[[[[[[[",
          "}",
          "\"",
          ",",
          "\n",
          "\t",
          "=");

  private final List<byte[]> seeds;
  private final boolean text;

  /**
   * @param text whether mutants are made of words as well as of bytes
   */
  Mutator(List<byte[]> seeds, boolean text) {
    this.seeds = seeds;
    this.text = text;
  }

  List<byte[]> seeds() {
    return seeds;
  }

  byte[] mutant(long seed) {
    Random random = new Random(seed);
    byte[] file = seeds.get(random.nextInt(seeds.size())).clone();
    int changes = 1 + random.nextInt(random.nextInt(8) + 1);
    for (int i = 0; i < changes; i++) {
      file = text && random.nextInt(3) > 0 ? changedText(file, random) : changed(file, random);
    }
    return file;
  }

  private byte[] changed(byte[] file, Random random) {
    if (file.length == 0) {
      return new byte[] {(byte) random.nextInt()};
    }
    int at = position(file, random);
    int length = Math.min(file.length - at, 1 + random.nextInt(1 << random.nextInt(10)));
    switch (random.nextInt(9)) {
      case 0 -> file[at] ^= (byte) (1 << random.nextInt(8));
      case 1 -> file[at] = (byte) random.nextInt();
      case 2, 3 -> number(file, at, random);
      case 4 -> {
        return Arrays.copyOf(file, at);
      }
      case 5 -> {
        return joined(file, 0, at, file, at + length, file.length);
      }
      case 6 -> { // a part twice
        return joined(file, 0, at + length, file, at, file.length);
      }
      case 7 -> { // the rest of another file
        byte[] other = seeds.get(random.nextInt(seeds.size()));
        int from = random.nextInt(other.length + 1);
        return joined(file, 0, at, other, from, other.length);
      }
      default -> { // a part from elsewhere
        int from = random.nextInt(file.length - length + 1);
        System.arraycopy(file.clone(), from, file, at, length);
      }
    }
    return file;
  }

  /** Headers are short and matter most: half of all changes are near an end. */
  private static int position(byte[] file, Random random) {
    int near = random.nextInt(Math.min(file.length, 128));
    return switch (random.nextInt(4)) {
      case 0 -> near;
      case 1 -> file.length - 1 - near;
      default -> random.nextInt(file.length);
    };
  }

  private static void number(byte[] file, int at, Random random) {
    int bytes = 1 << random.nextInt(4);
    if (at + bytes > file.length) {
      return;
    }
    long value = NUMBERS[random.nextInt(NUMBERS.length)];
    ByteBuffer buffer =
        ByteBuffer.wrap(file)
            .order(random.nextBoolean() ? ByteOrder.LITTLE_ENDIAN : ByteOrder.BIG_ENDIAN);
    switch (bytes) {
      case 1 -> buffer.put(at, (byte) value);
      case 2 -> buffer.putShort(at, (short) value);
      case 4 -> buffer.putInt(at, (int) value);
      default -> buffer.putLong(at, value);
    }
  }

  private byte[] changedText(byte[] file, Random random) {
    String content = new String(file, StandardCharsets.UTF_8);
    if (content.isEmpty()) {
      return file;
    }
    int at = random.nextInt(content.length());
    int start = at;
    int end = at;
    while (start > 0 && isOfWord(content.charAt(start - 1))) {
      start--;
    }
    while (end < content.length() && isOfWord(content.charAt(end))) {
      end++;
    }
    String word = WORDS.get(random.nextInt(WORDS.size()));
    String changed =
        switch (random.nextInt(4)) {
          case 0 -> content.substring(0, at) + word + content.substring(at);
          case 1 -> content.substring(0, start) + content.substring(end);
          case 2 -> content.substring(0, end) + content.substring(start);
          default -> content.substring(0, start) + word + content.substring(end);
        };
    return changed.getBytes(StandardCharsets.UTF_8);
  }

  private static boolean isOfWord(char c) {
    return Character.isLetterOrDigit(c) || c == '_' || c == '.' || c == '-';
  }

  private static byte[] joined(byte[] first, int from, int to, byte[] then, int start, int end) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    out.write(first, from, to - from);
    out.write(then, start, end - start);
    return out.toByteArray();
  }
}
