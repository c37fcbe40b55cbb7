package io.nightjar.job.fit;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class BankBlockTest {
  private static final List<PatchBlock.Source> IMAGES = List.of(new PatchBlock.Source("a", "00"));

  private static BankBlock block(int chunk, int batch, float... values) {
    return new BankBlock(chunk, batch, IMAGES, 0, values);
  }

  @Test
  void theOrderOfBlocksIsThatOfTheirNumbers() {
    List<BankBlock> sorted =
        Stream.of(block(2, 0), block(0, 70_000), block(1, 1), block(0, 2), block(1, 0))
            .sorted()
            .toList();

    assertThat(sorted)
        .extracting(block -> block.chunk() + "." + block.batch())
        .containsExactly("0.2", "0.70000", "1.0", "1.1", "2.0");
    assertThat(sorted).extracting(BankBlock::order).isSorted().doesNotHaveDuplicates();
  }

  @Test
  void valuesKeepTheirBitsOnTheirWay() throws IOException, ClassNotFoundException {
    float[] values = {1.1f, -0.0f, Float.MIN_VALUE, Float.intBitsToFloat(0x7fc0_1234)};
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
      out.writeObject(block(3, 4, values));
    }

    BankBlock read;
    try (ObjectInputStream in =
        new ObjectInputStream(new ByteArrayInputStream(bytes.toByteArray()))) {
      read = (BankBlock) in.readObject();
    }

    assertThat(read.chunk()).isEqualTo(3);
    assertThat(read.batch()).isEqualTo(4);
    assertThat(read.images()).isEqualTo(IMAGES);
    assertThat(bits(read.values())).isEqualTo(bits(values));
  }

  private static int[] bits(float[] values) {
    int[] bits = new int[values.length];
    for (int i = 0; i < bits.length; i++) {
      bits[i] = Float.floatToRawIntBits(values[i]);
    }
    return bits;
  }
}
