package io.nightjar.io.artifact;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;

class ArtifactFileTest {
  private static final ArtifactKey KEY = ArtifactKey.of("test", 1).build();
  private static final ArtifactFile FILE =
      new ArtifactFile(
          "{\"name\":\"\u0645\"}",
          new float[] {0f, -0f, Float.MIN_VALUE, Float.POSITIVE_INFINITY, 1.1f, Float.NaN},
          // The low half of the last one is a signalling NaN where it is read as a float.
          new double[] {
            -0.0, 1 / 3.0, Double.MAX_VALUE, Double.longBitsToDouble(0x3ff000007fa00001L)
          },
          new byte[] {0, -1, 7});

  @Test
  void keepsTheDocumentTheBitsOfTheValuesAndTheBytes() throws Exception {
    ArtifactFile read = ArtifactFile.decode(FILE.encode(KEY), "figures/x", KEY);

    assertThat(read.document()).isEqualTo(FILE.document());
    assertThat(bits(read.values())).containsExactly(bits(FILE.values()));
    assertThat(Arrays.stream(read.doubles()).mapToLong(Double::doubleToRawLongBits).toArray())
        .containsExactly(
            Arrays.stream(FILE.doubles()).mapToLong(Double::doubleToRawLongBits).toArray());
    assertThat(read.bytes()).containsExactly(FILE.bytes());
  }

  @Test
  void everyChangedBitIsFound() {
    byte[] bytes = FILE.encode(KEY);
    for (int at = 0; at < bytes.length; at++) {
      byte[] changed = bytes.clone();
      changed[at] ^= (byte) (1 << at % 8);
      assertThatThrownBy(() -> ArtifactFile.decode(changed, "figures/x", KEY))
          .isInstanceOf(DamagedArtifactException.class)
          .hasMessage("The stored figures/x cannot be used: it was altered or cut short.");
    }
  }

  @Test
  void everyLengthBelowItsOwnIsFound() {
    byte[] bytes = FILE.encode(KEY);
    for (int length = 0; length < bytes.length; length++) {
      byte[] cut = Arrays.copyOf(bytes, length);
      assertThatThrownBy(() -> ArtifactFile.decode(cut, "figures/x", KEY))
          .isInstanceOf(DamagedArtifactException.class);
    }
  }

  @Test
  void aFileOfAnotherKeyIsForeign() {
    byte[] bytes = FILE.encode(ArtifactKey.of("test", 2).build());

    assertThatThrownBy(() -> ArtifactFile.decode(bytes, "figures/x", KEY))
        .isInstanceOf(DamagedArtifactException.class)
        .hasMessage("The stored figures/x cannot be used: it belongs to other inputs.");
  }

  @Test
  void noiseIsNeverRead() {
    Random random = new Random(5);
    for (int i = 0; i < 1000; i++) {
      byte[] noise = new byte[random.nextInt(300)];
      random.nextBytes(noise);
      assertThatThrownBy(() -> ArtifactFile.decode(noise, "figures/x", KEY))
          .isInstanceOf(DamagedArtifactException.class);
    }
  }

  @Test
  void anEmptyFileIsOne() {
    assertThatCode(
            () -> ArtifactFile.decode(new ArtifactFile("", new float[0]).encode(KEY), "x", KEY))
        .doesNotThrowAnyException();
  }

  private static int[] bits(float[] values) {
    int[] bits = new int[values.length];
    Arrays.setAll(bits, i -> Float.floatToRawIntBits(values[i]));
    return bits;
  }
}
