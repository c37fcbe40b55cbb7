package io.nightjar.bank.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Random;
import org.apache.parquet.bytes.HeapByteBufferAllocator;
import org.apache.parquet.column.values.rle.RunLengthBitPackingHybridEncoder;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LevelBitsTest {

  /** Parquet's own encoder is the reference; runs of all lengths give both kinds of its groups. */
  @ParameterizedTest
  @ValueSource(ints = {1, 7, 8, 9, 63, 64, 65, 127, 128, 129, 504, 505, 1000, 70_001})
  void levelsAreThoseThatParquetEncoded(int count) throws IOException {
    for (int seed = 0; seed < 40; seed++) {
      int[] levels = levels(count, new Random(seed));

      LevelBits read = LevelBits.read(ByteBuffer.wrap(encoded(levels)), count);

      assertThat(read.count()).isEqualTo(count);
      Random random = new Random(seed);
      for (int i = 0; i < 50; i++) {
        int from = random.nextInt(count + 1);
        int to = from + random.nextInt(count - from + 1);
        assertThat(read.ones(from, to)).isEqualTo(ones(levels, from, to));
        assertThat(read.zero(from)).isEqualTo(zero(levels, from));
      }
      assertThat(read.ones(0, count)).isEqualTo(ones(levels, 0, count));
    }
  }

  private static int[] levels(int count, Random random) {
    int[] levels = new int[count];
    for (int at = 0; at < count; ) {
      int length = 1 + random.nextInt(random.nextBoolean() ? 3 : 200);
      int level = random.nextInt(2);
      for (int end = Math.min(count, at + length); at < end; at++) {
        levels[at] = level;
      }
    }
    return levels;
  }

  private static byte[] encoded(int[] levels) throws IOException {
    RunLengthBitPackingHybridEncoder encoder =
        new RunLengthBitPackingHybridEncoder(1, 64, 1 << 20, new HeapByteBufferAllocator());
    for (int level : levels) {
      encoder.writeInt(level);
    }
    ByteArrayOutputStream encoded = new ByteArrayOutputStream();
    encoder.toBytes().writeAllTo(encoded);
    return encoded.toByteArray();
  }

  private static int ones(int[] levels, int from, int to) {
    int ones = 0;
    for (int i = from; i < to; i++) {
      ones += levels[i];
    }
    return ones;
  }

  private static int zero(int[] levels, int from) {
    int at = from;
    while (at < levels.length && levels[at] == 1) {
      at++;
    }
    return at;
  }

  @Test
  void levelsThatEndTooEarlyAreRefused() throws IOException {
    byte[] whole = encoded(levels(1000, new Random(1)));

    for (int length = 0; length < whole.length; length++) {
      ByteBuffer cut = ByteBuffer.wrap(whole, 0, length);
      assertThatThrownBy(() -> LevelBits.read(cut, 1000))
          .isInstanceOf(IOException.class)
          .hasMessageContaining("end too early");
    }
  }

  @Test
  void aRunWithoutALengthIsRefused() {
    ByteBuffer endless = ByteBuffer.wrap(new byte[] {-1, -1, -1, -1, -1, -1, 1});

    assertThatThrownBy(() -> LevelBits.read(endless, 9))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("run of levels");
  }
}
