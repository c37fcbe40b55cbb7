package io.nightjar.linalg;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ArrayStreamsTest {

  /** Around the buffer's 16,384 floats and 8,192 doubles. */
  @ParameterizedTest
  @ValueSource(ints = {0, 1, 8191, 8192, 8193, 16383, 16384, 16385, 40000})
  void arraysComeBackBitForBit(int length) throws IOException {
    Random random = new Random(length);
    float[] floats = new float[length];
    double[] doubles = new double[length];
    for (int i = 0; i < length; i++) {
      floats[i] = Float.intBitsToFloat(random.nextInt() & 0x7f7fffff);
      doubles[i] = random.nextGaussian();
    }
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    DataOutputStream out = new DataOutputStream(bytes);

    ArrayStreams.write(floats, out);
    ArrayStreams.write(doubles, out);

    assertThat(bytes.size()).isEqualTo(2 * Integer.BYTES + 12 * length);
    DataInputStream in = new DataInputStream(new ByteArrayInputStream(bytes.toByteArray()));
    assertThat(ArrayStreams.readFloats(in)).isEqualTo(floats);
    assertThat(ArrayStreams.readDoubles(in)).isEqualTo(doubles);
  }

  @Test
  void theBytesDoNotDependOnTheMachine() throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();

    ArrayStreams.write(new float[] {1f}, new DataOutputStream(bytes));

    // A length in network order, then 0x3f800000 from its lowest byte up.
    assertThat(bytes.toByteArray()).containsExactly(0, 0, 0, 1, 0, 0, 0x80, 0x3f);
  }
}
