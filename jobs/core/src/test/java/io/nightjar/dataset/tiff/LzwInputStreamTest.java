package io.nightjar.dataset.tiff;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.nightjar.dataset.image.UnreadableImageException;
import io.nightjar.testing.TiffFiles;
import java.io.ByteArrayInputStream;
import java.util.HexFormat;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LzwInputStreamTest {
  /** The example of TIFF 6.0, section 13: 7 7 7 8 8 7 7 6 6 as codes 256 7 258 8 8 258 6 6 257. */
  @Test
  void theExampleOfTheSpecificationIsRead() throws Exception {
    StringBuilder bits = new StringBuilder();
    for (int code : new int[] {256, 7, 258, 8, 8, 258, 6, 6, 257}) {
      bits.append(Integer.toBinaryString(code | 1 << 9).substring(1));
    }
    byte[] packed = new byte[(bits.length() + 7) / 8];
    for (int i = 0; i < bits.length(); i++) {
      packed[i / 8] |= (byte) ((bits.charAt(i) - '0') << (7 - i % 8));
    }
    assertThat(unpacked(packed)).containsExactly(7, 7, 7, 8, 8, 7, 7, 6, 6);
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 7, 16, 255, 256})
  void longTextsOfAnyVarietyAreRead(int variety) throws Exception {
    byte[] content = new byte[60_000];
    Random random = new Random(variety);
    for (int i = 0; i < content.length; i++) {
      content[i] = (byte) random.nextInt(variety);
    }
    assertThat(unpacked(TiffFiles.lzw(content))).isEqualTo(content);
  }

  @ParameterizedTest
  @ValueSource(strings = {"807fc0", "ffffff"})
  void codesThatDoNotExistAreDamage(String hex) {
    assertThatThrownBy(() -> unpacked(HexFormat.of().parseHex(hex)))
        .isInstanceOf(UnreadableImageException.class)
        .hasMessage("The TIFF is damaged: its LZW data cannot be decompressed.");
  }

  private static byte[] unpacked(byte[] packed) throws Exception {
    try (LzwInputStream in = new LzwInputStream(new ByteArrayInputStream(packed))) {
      return in.readAllBytes();
    }
  }
}
