package io.nightjar.dataset.decode;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.util.Arrays;
import java.util.Random;
import java.util.zip.Deflater;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class FastInflateTest {

  @BeforeEach
  void needsTheLibrary() {
    assumeTrue(
        FastInflate.available(), "Skipped: ISA-L's native library does not load on this platform");
  }

  /** By Java's own names of systems and processors. */
  @ParameterizedTest
  @CsvSource({
    "Linux, amd64, true",
    "Mac OS X, x86_64, true",
    "Linux, aarch64, false",
    "Mac OS X, aarch64, false",
    "Windows 11, amd64, false"
  })
  void isForProcessorsOfX86Alone(String system, String architecture, boolean expected) {
    assertThat(FastInflate.isFor(system, architecture)).isEqualTo(expected);
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 100, 70_000, 3_000_000})
  void decompressesWhatDeflaterCompressed(int length) {
    for (int level : new int[] {0, 1, 6, 9}) {
      byte[] data = data(length);
      byte[] unpacked = new byte[length + 7];

      assertThat(FastInflate.unpack(packed(data, level), unpacked, 5, length)).isTrue();
      assertThat(Arrays.copyOfRange(unpacked, 5, 5 + length)).isEqualTo(data);
      assertThat(new byte[] {unpacked[4], unpacked[5 + length]}).containsOnly(0);
    }
  }

  @Test
  void declinesEveryTruncation() {
    byte[] data = data(500);
    byte[] stream = packed(data, 6);
    for (int length = 0; length < stream.length; length++) {
      assertThat(FastInflate.unpack(Arrays.copyOf(stream, length), new byte[500], 0, 500))
          .isFalse();
    }
  }

  @Test
  void declinesEveryFlippedBitOrUnpacksTheSame() {
    byte[] data = data(300);
    byte[] stream = packed(data, 6);
    for (int bit = 0; bit < 8 * stream.length; bit++) {
      byte[] damaged = stream.clone();
      damaged[bit / 8] ^= (byte) (1 << bit % 8);
      byte[] unpacked = new byte[300];
      if (FastInflate.unpack(damaged, unpacked, 0, 300)) {
        assertThat(unpacked).as("bit %d", bit).isEqualTo(data);
      }
    }
  }

  @Test
  void declinesAnotherLengthThanAnnounced() {
    byte[] stream = packed(data(1000), 6);

    assertThat(FastInflate.unpack(stream, new byte[2000], 0, 999)).isFalse();
    assertThat(FastInflate.unpack(stream, new byte[2000], 0, 1001)).isFalse();
  }

  private static byte[] data(int length) {
    Random random = new Random(length);
    byte[] data = new byte[length];
    for (int i = 0; i < length; i++) {
      data[i] = (byte) (random.nextGaussian() * 4);
    }
    return data;
  }

  private static byte[] packed(byte[] data, int level) {
    Deflater deflater = new Deflater(level);
    deflater.setInput(data);
    deflater.finish();
    byte[] packed = new byte[data.length * 2 + 100];
    int length = deflater.deflate(packed);
    deflater.end();
    return Arrays.copyOf(packed, length);
  }
}
