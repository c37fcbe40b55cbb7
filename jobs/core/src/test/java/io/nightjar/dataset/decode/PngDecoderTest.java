package io.nightjar.dataset.decode;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.nightjar.dataset.image.RgbImage;
import io.nightjar.dataset.image.TestImages;
import io.nightjar.dataset.image.UnreadableFileException;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.Arrays;
import java.util.Random;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** ImageIO is the oracle: any bytes are an image once each row names one of the five filters. */
class PngDecoderTest {
  private static final int WIDTH = 21;
  private static final int HEIGHT = 23;

  private final Random random = new Random(3);

  @ParameterizedTest
  @CsvSource({
    "1,0", "2,0", "4,0", "8,0", "16,0", "8,2", "16,2", "1,3", "2,3", "4,3", "8,3", "8,4", "16,4",
    "8,6", "16,6"
  })
  void agreesWithImageIoOnEveryKindOfPixelAndFilter(int depth, int type) throws Exception {
    byte[] rows = new byte[0];
    for (int y = 0; y < HEIGHT; y++) {
      rows = append(rows, filteredRow(WIDTH, depth, type));
    }
    assertAgrees(TestImages.png(WIDTH, HEIGHT, depth, type, false, palette(type), rows));
  }

  @ParameterizedTest
  @CsvSource({"21,23", "1,1", "3,2", "4,5", "8,8", "9,1", "1,9"})
  void agreesWithImageIoOnInterlacedImages(int width, int height) throws Exception {
    for (int[] depthAndType : new int[][] {{1, 0}, {8, 2}, {4, 3}, {16, 6}}) {
      int depth = depthAndType[0];
      int type = depthAndType[1];
      byte[] rows = interlaced(width, height, depth, type);
      assertAgrees(TestImages.png(width, height, depth, type, true, palette(type), rows));
    }
  }

  @Test
  void theFirstRowsAboveAndTheFirstPixelsLeftAreZero() throws Exception {
    byte[] rows = {
      4, 10, 20, // Paeth: nothing above: 10, then 20 + left 10
      3, 10, 20, // average: 10 + 10/2, then 20 + (15 + 30)/2
    };
    byte[] png = TestImages.png(2, 2, 8, 0, false, new byte[0], rows);
    assertThat(ImageDecoder.decode(png, "x").pixels())
        .containsExactly(10, 10, 10, 30, 30, 30, 15, 15, 15, 42, 42, 42);
  }

  @Test
  void sixteenBitsAreRoundedToTheNearestOfEight() throws Exception {
    // 128 / 257 = 0.498 and 129 / 257 = 0.502; 65406 / 257 = 254.498 and 65407 / 257 = 254.502.
    byte[] row = {0, 0, (byte) 128, 0, (byte) 129, (byte) 255, 126, (byte) 255, 127};
    byte[] png = TestImages.png(4, 1, 16, 0, false, new byte[0], row);
    assertThat(ImageDecoder.decode(png, "x").pixels())
        .containsExactly(0, 0, 0, 1, 1, 1, 254, 254, 254, 255, 255, 255);
  }

  @Test
  void aFlippedBitIsDetectedByTheChecksum() throws Exception {
    byte[] png = TestImages.encode(TestImages.rgb(), "png");
    png[png.length / 2] ^= 1;
    assertUnreadable(png, "The PNG is damaged: a checksum does not match.");
  }

  @Test
  void aColourBeyondThePaletteIsReported() throws Exception {
    byte[] png = TestImages.png(1, 1, 8, 3, false, new byte[] {1, 2, 3}, new byte[] {0, 1});
    assertUnreadable(png, "The PNG is damaged: a pixel has a colour index that its palette lacks.");
  }

  @Test
  void anUnknownFilterIsReported() throws Exception {
    byte[] png = TestImages.png(1, 1, 8, 0, false, new byte[0], new byte[] {5, 1});
    assertUnreadable(png, "The PNG is damaged: a row has a filter type that does not exist.");
  }

  @Test
  void missingRowsAreReported() throws Exception {
    byte[] png = TestImages.png(1, 2, 8, 0, false, new byte[0], new byte[] {0, 1});
    assertUnreadable(
        png, "The PNG is damaged: it holds less data than its size in the header needs.");
  }

  @Test
  void aLargeSizeOverLittleDataClaimsNoMemory() throws Exception {
    byte[] png = TestImages.png(9000, 9000, 16, 6, false, new byte[0], new byte[] {0, 1});
    assertUnreadable(
        png, "The PNG is damaged: it holds less data than its size in the header needs.");
  }

  private static void assertAgrees(byte[] png) throws Exception {
    RgbImage expected = TestImages.samples(ImageIO.read(new ByteArrayInputStream(png)));
    assertThat(ImageDecoder.decode(png, "x")).usingRecursiveComparison().isEqualTo(expected);
  }

  private static void assertUnreadable(byte[] png, String reason) {
    assertThatThrownBy(() -> ImageDecoder.decode(png, "file:/x.png"))
        .isInstanceOf(UnreadableFileException.class)
        .hasMessage("file:/x.png: " + reason);
  }

  private byte[] interlaced(int width, int height, int depth, int type) throws IOException {
    int[][] passes = {
      {0, 0, 8, 8},
      {4, 0, 8, 8},
      {0, 4, 4, 8},
      {2, 0, 4, 4},
      {0, 2, 2, 4},
      {1, 0, 2, 2},
      {0, 1, 1, 2}
    };
    byte[] rows = new byte[0];
    for (int[] pass : passes) {
      int columns = (int) Math.ceil((width - pass[0]) / (double) pass[2]);
      for (int y = pass[1]; y < height && columns > 0; y += pass[3]) {
        rows = append(rows, filteredRow(columns, depth, type));
      }
    }
    return rows;
  }

  private byte[] filteredRow(int columns, int depth, int type) {
    int channels = new int[] {1, 0, 3, 1, 2, 0, 4}[type];
    byte[] row = new byte[1 + (columns * channels * depth + 7) / 8];
    random.nextBytes(row);
    row[0] = (byte) random.nextInt(5);
    return row;
  }

  private byte[] palette(int type) {
    byte[] palette = new byte[type == 3 ? 3 * 256 : 0];
    random.nextBytes(palette);
    return palette;
  }

  private static byte[] append(byte[] a, byte[] b) {
    byte[] both = Arrays.copyOf(a, a.length + b.length);
    System.arraycopy(b, 0, both, a.length, b.length);
    return both;
  }
}
