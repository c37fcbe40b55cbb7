package io.nightjar.dataset.decode;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.nightjar.dataset.image.TestImages;
import io.nightjar.testing.TiffFiles;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class WhiteLevelTest {
  /** 2048 * 255 / 4095 = 127.53, 8 * 255 / 4095 = 0.498, 9 * 255 / 4095 = 0.56. */
  @ParameterizedTest
  @CsvSource({"0,0", "8,0", "9,1", "2048,128", "4095,255", "4096,255", "65535,255"})
  void samplesAreRoundedToTheNearestOf255(int sample, int expected) throws Exception {
    WhiteLevel level = new WhiteLevel(4095);
    assertThat(level.toEightBit(sample, 16)).isEqualTo(expected);

    byte[] rows = {0, (byte) (sample >> 8), (byte) sample};
    byte[] png = TestImages.png(1, 1, 16, 0, false, new byte[0], rows);
    assertThat(ImageDecoder.decode(png, "x", level).pixels()[0]).isEqualTo((byte) expected);
    byte[] stored =
        ByteBuffer.allocate(2).order(ByteOrder.LITTLE_ENDIAN).putShort((short) sample).array();
    assertThat(ImageDecoder.decode(TiffFiles.of(1, 1, 16, 1).write(stored), "x", level).pixels()[0])
        .isEqualTo((byte) expected);
  }

  @Test
  void eightBitsHaveTheirOwnWhite() {
    assertThat(new WhiteLevel(4095).toEightBit(200, 8)).isEqualTo(200);
    assertThat(new WhiteLevel(4095).toEightBit(1, 1)).isEqualTo(255);
  }

  @Test
  void samplesOf12BitsAreWhiteAt4095ByThemselves() {
    assertThat(WhiteLevel.FULL.toEightBit(4095, 12)).isEqualTo(255);
    assertThat(new WhiteLevel(1023).toEightBit(1023, 12)).isEqualTo(255);
  }

  @ParameterizedTest
  @CsvSource({
    "0,65535",
    "1,1023",
    "1023,1023",
    "1024,4095",
    "4095,4095",
    "4096,65535",
    "65535,65535"
  })
  void theDepthThatSufficesIsTaken(int largest, int level) {
    assertThat(WhiteLevel.fitting(largest)).isEqualTo(new WhiteLevel(level));
  }

  @Test
  void aLevelOfFewerThan8BitsIsRefused() {
    assertThatThrownBy(() -> new WhiteLevel(254)).isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> new WhiteLevel(65536)).isInstanceOf(IllegalArgumentException.class);
  }
}
