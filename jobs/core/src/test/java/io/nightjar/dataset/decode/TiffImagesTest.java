package io.nightjar.dataset.decode;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import io.nightjar.dataset.image.UnreadableFileException;
import io.nightjar.testing.TiffFiles;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class TiffImagesTest {
  private static final int WIDTH = 21;
  private static final int HEIGHT = 11;

  /**
   * 8 x 6 samples of 16 bits, 1000 x + 37 y + 60 x y, by libtiff 4.5.0: {@code tiffcp -c lzw:2}, as
   * OpenCV's imwrite stores 16 bits.
   */
  private static final String LIBTIFF_LZW_DIFFERENCES =
      "49492a00480000008000000e801c120d05844104a00120121b0f874461a4a0018009168c45e351"
          + "63780138048fc8641238fa5000d8024a25529964a172000a0166333994d6630100110000010300"
          + "010000000800000001010300010000000600000002010300010000001000000003010300010000"
          + "00050000000601030001000000010000000e010200120000002a01000011010400010000000800"
          + "000012010300010000000100000015010300010000000100000016010300010000000600000017"
          + "010400010000003f0000001a010500010000001a0100001b01050001000000220100001c010300"
          + "0100000001000000280103000100000001000000310102000c0000003c0100003d010300010000"
          + "000200000000000000010000000100000001000000010000007b227368617065223a205b362c20"
          + "385d7d007469666666696c652e707900";

  @Test
  void differencesOf16BitsAreAddedUpAsByLibtiff() throws Exception {
    byte[] tiff = HexFormat.of().parseHex(LIBTIFF_LZW_DIFFERENCES);

    StoredImage image = ImageDecoder.stored(tiff, "x");

    for (int y = 0; y < 6; y++) {
      for (int x = 0; x < 8; x++) {
        assertThat((int) image.samples()[8 * y + x]).isEqualTo(1000 * x + 37 * y + 60 * x * y);
      }
    }
    // 1000 * 7 + 37 * 5 + 60 * 35 = 9285, of which 257ths are 36.13
    assertThat(ImageDecoder.decode(tiff, "x").pixels()[3 * 47]).isEqualTo((byte) 36);
  }

  static Stream<Arguments> layouts() {
    List<Arguments> layouts = new ArrayList<>();
    for (int bits : new int[] {1, 2, 4, 8, 12, 16}) {
      for (int channels : new int[] {1, 3}) {
        for (int compression :
            new int[] {TiffFiles.NONE, TiffFiles.LZW, TiffFiles.DEFLATE, TiffFiles.PACK_BITS}) {
          layouts.add(arguments(bits, channels, compression));
        }
      }
    }
    return layouts.stream();
  }

  @ParameterizedTest
  @MethodSource("layouts")
  void samplesOfEveryDepthAreKept(int bits, int channels, int compression) throws Exception {
    int[] samples = samples(bits, channels);
    for (ByteOrder order : new ByteOrder[] {ByteOrder.BIG_ENDIAN, ByteOrder.LITTLE_ENDIAN}) {
      for (boolean big : new boolean[] {false, true}) {
        byte[] tiff =
            TiffFiles.of(WIDTH, HEIGHT, bits, channels)
                .order(order)
                .big(big)
                .compression(compression)
                .rowsPerStrip(4)
                .write(packed(samples, bits, channels, order));

        char[] stored = ImageDecoder.stored(tiff, "x").samples();
        assertThat(IntStream.range(0, samples.length).map(i -> stored[i]).toArray())
            .isEqualTo(samples);
        assertPixels(tiff, samples, bits, channels);
      }
    }
  }

  @ParameterizedTest
  @CsvSource({"8,1", "8,3", "16,1", "16,3", "16,4"})
  void differencesAreAddedUp(int bits, int channels) throws Exception {
    int[] samples = samples(bits, channels);
    int[] differences = samples.clone();
    int mask = (1 << bits) - 1;
    for (int y = 0; y < HEIGHT; y++) {
      for (int i = WIDTH * channels - 1; i >= channels; i--) {
        int at = y * WIDTH * channels + i;
        differences[at] = (samples[at] - samples[at - channels]) & mask;
      }
    }
    for (ByteOrder order : new ByteOrder[] {ByteOrder.BIG_ENDIAN, ByteOrder.LITTLE_ENDIAN}) {
      for (int compression : new int[] {TiffFiles.LZW, TiffFiles.DEFLATE}) {
        byte[] tiff =
            TiffFiles.of(WIDTH, HEIGHT, bits, channels)
                .order(order)
                .compression(compression)
                .with(317, 2)
                .write(packed(differences, bits, channels, order));

        assertPixels(tiff, samples, bits, channels);
      }
    }
  }

  @Test
  void aPredictorOfUncompressedSamplesHasNoMeaning() throws Exception {
    int[] samples = samples(8, 1);
    byte[] tiff =
        TiffFiles.of(WIDTH, HEIGHT, 8, 1)
            .with(317, 2)
            .write(packed(samples, 8, 1, ByteOrder.LITTLE_ENDIAN));

    assertPixels(tiff, samples, 8, 1);
  }

  @Test
  void tilesAreLaidOut() throws Exception {
    int[] samples = samples(8, 1);
    List<byte[]> tiles = new ArrayList<>();
    for (int top = 0; top < HEIGHT; top += 8) {
      for (int left = 0; left < WIDTH; left += 16) {
        byte[] tile = new byte[16 * 8];
        for (int y = top; y < Math.min(top + 8, HEIGHT); y++) {
          for (int x = left; x < Math.min(left + 16, WIDTH); x++) {
            tile[(y - top) * 16 + x - left] = (byte) samples[y * WIDTH + x];
          }
        }
        tiles.add(tile);
      }
    }
    byte[] tiff = TiffFiles.of(WIDTH, HEIGHT, 8, 1).with(322, 16).with(323, 8).write(tiles);

    assertPixels(tiff, samples, 8, 1);
  }

  @Test
  void planesAreJoined() throws Exception {
    int[] samples = samples(16, 3);
    List<byte[]> planes = new ArrayList<>();
    for (int channel = 0; channel < 3; channel++) {
      int first = channel;
      int[] plane = IntStream.range(0, WIDTH * HEIGHT).map(i -> samples[3 * i + first]).toArray();
      planes.add(packed(plane, 16, 1, ByteOrder.BIG_ENDIAN));
    }
    byte[] tiff =
        TiffFiles.of(WIDTH, HEIGHT, 16, 3).order(ByteOrder.BIG_ENDIAN).with(284, 2).write(planes);

    assertPixels(tiff, samples, 16, 3);
  }

  /** Of each plane, strips of 4 rows or tiles of 16 x 8 pixels. */
  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void planesHaveStripsOrTilesOfTheirOwn(boolean tiled) throws Exception {
    int[] samples = samples(8, 3);
    int wide = tiled ? 16 : WIDTH;
    int high = tiled ? 8 : 4;
    List<byte[]> segments = new ArrayList<>();
    for (int channel = 0; channel < 3; channel++) {
      for (int top = 0; top < HEIGHT; top += high) {
        for (int left = 0; left < WIDTH; left += wide) {
          byte[] segment = new byte[wide * (tiled ? high : Math.min(high, HEIGHT - top))];
          for (int i = 0; i < segment.length; i++) {
            int x = left + i % wide;
            int y = top + i / wide;
            segment[i] =
                x < WIDTH && y < HEIGHT ? (byte) samples[3 * (y * WIDTH + x) + channel] : 77;
          }
          segments.add(segment);
        }
      }
    }
    TiffFiles file = TiffFiles.of(WIDTH, HEIGHT, 8, 3).with(284, 2).rowsPerStrip(high);
    byte[] tiff = (tiled ? file.with(322, wide).with(323, high) : file).write(segments);

    assertPixels(tiff, samples, 8, 3);
  }

  @Test
  void ofWhiteIsZeroTheLargestSampleIsBlack() throws Exception {
    for (int bits : new int[] {1, 4, 8, 16}) {
      int most = (1 << bits) - 1;
      int[] samples = samples(bits, 1);
      byte[] tiff =
          TiffFiles.of(WIDTH, HEIGHT, bits, 1)
              .with(262, 0)
              .write(packed(samples, bits, 1, ByteOrder.LITTLE_ENDIAN));

      int[] inverted = IntStream.of(samples).map(sample -> most - sample).toArray();
      assertPixels(tiff, inverted, bits, 1);
    }
  }

  @Test
  void bitsThatAreStoredFromRightToLeftAreTurned() throws Exception {
    int[] samples = samples(8, 1);
    byte[] rows = packed(samples, 8, 1, ByteOrder.LITTLE_ENDIAN);
    for (int i = 0; i < rows.length; i++) {
      rows[i] = (byte) (Integer.reverse(rows[i]) >>> 24);
    }
    assertPixels(TiffFiles.of(WIDTH, HEIGHT, 8, 1).with(266, 2).write(rows), samples, 8, 1);
  }

  /** A colour of 60 at an alpha of 100 was 60 * 255 / 100 = 153 before it was multiplied. */
  @ParameterizedTest
  @CsvSource({"8,60,100,153", "8,200,255,200", "8,7,0,7", "16,15420,25700,153"})
  void coloursAreDividedByTheirAlpha(int bits, int colour, int alpha, int expected)
      throws Exception {
    int[] samples = {colour, colour, colour, alpha};
    byte[] tiff =
        TiffFiles.of(1, 1, bits, 4)
            .with(338, 1)
            .write(packedRow(samples, bits, ByteOrder.LITTLE_ENDIAN));

    assertThat(ImageDecoder.decode(tiff, "x").pixels())
        .containsExactly((byte) expected, (byte) expected, (byte) expected);
  }

  @ParameterizedTest
  @CsvSource({
    "3,16,floating-point samples of 16 bits",
    "3,32,floating-point samples of 32 bits",
    "2,8,signed samples of 8 bits",
    "2,16,signed samples of 16 bits",
    "6,64,complex samples of 64 bits",
    "5,32,complex samples of 32 bits",
    "1,32,unsigned samples of 32 bits"
  })
  void samplesThatAreNoImageAreRefusedByTheirFormat(int format, int bits, String words) {
    byte[] tiff =
        TiffFiles.of(WIDTH, HEIGHT, bits, 1)
            .with(339, format)
            .write(new byte[WIDTH * HEIGHT * bits / 8]);

    for (Refusal refusal :
        List.<Refusal>of(
            () -> ImageDecoder.decode(tiff, "x"), () -> ImageDecoder.dimensions(tiff, "x"))) {
      assertThatThrownBy(refusal::run)
          .isInstanceOf(UnreadableFileException.class)
          .hasMessage(
              "x: It is a TIFF of "
                  + words
                  + ", which is no image; save it with 8 or 16 bits, unsigned.");
    }
  }

  @ParameterizedTest
  @CsvSource({
    "34925,LZMA",
    "50000,Zstandard",
    "50001,WebP",
    "34712,JPEG 2000",
    "60000,method 60000"
  })
  void otherCompressionsAreRefusedByName(int compression, String name) {
    byte[] tiff =
        TiffFiles.of(WIDTH, HEIGHT, 8, 1).compression(compression).write(new byte[WIDTH * HEIGHT]);

    assertThatThrownBy(() -> ImageDecoder.dimensions(tiff, "x"))
        .hasMessage(
            "x: It is a TIFF compressed by "
                + name
                + ", which is not read; save it as grey or RGB with LZW or Deflate, or as PNG.");
  }

  @Test
  void jpegOfHalfRowsIsRefusedInATiffToo() {
    byte[] tiff =
        TiffFiles.of(WIDTH, HEIGHT, 8, 3)
            .compression(7)
            .with(262, 6)
            .with(530, 1, 2)
            .write(new byte[3 * WIDTH * HEIGHT]);

    assertThatThrownBy(() -> ImageDecoder.dimensions(tiff, "x")).hasMessageContaining("4:4:0");
  }

  @ParameterizedTest
  @ValueSource(ints = {TiffFiles.LZW, TiffFiles.DEFLATE, TiffFiles.PACK_BITS})
  void damagedStripsEndInASentence(int compression) {
    byte[] tiff =
        TiffFiles.of(WIDTH, HEIGHT, 8, 1)
            .compression(compression)
            .rowsPerStrip(3)
            .write(packed(samples(8, 1), 8, 1, ByteOrder.LITTLE_ENDIAN));
    for (int at = 0; at < tiff.length; at++) {
      for (int bit : new int[] {1, 0x80, 0xff}) {
        byte[] damaged = tiff.clone();
        damaged[at] ^= (byte) bit;
        try {
          ImageDecoder.decode(damaged, "x");
        } catch (UnreadableFileException e) {
          assertThat(e.reason()).endsWith(".");
        }
      }
    }
    for (int length = 1; length < tiff.length; length++) {
      byte[] truncated = Arrays.copyOf(tiff, length);
      assertThatThrownBy(() -> ImageDecoder.decode(truncated, "x"))
          .as("%d bytes", length)
          .isInstanceOf(UnreadableFileException.class);
    }
  }

  @Test
  void aHeaderThatClaimsHugeTilesIsGivenNoMemory() {
    byte[] tiff =
        TiffFiles.of(4, 4, 8, 1).with(322, 1 << 29).with(323, 16).write(List.of(new byte[16]));

    assertThatThrownBy(() -> ImageDecoder.decode(tiff, "x"))
        .hasMessage(
            "x: The TIFF has strips or tiles of 536870912 pixels in a row, which is not read.");
  }

  /** LZW of equal samples takes less than a thousandth of them, which Deflate does not reach. */
  @Test
  void anEvenImageCompressesAsStronglyAsLzwCan() throws Exception {
    byte[] even = new byte[2700 * 2700];
    byte[] tiff = TiffFiles.of(2700, 2700, 8, 1).compression(TiffFiles.LZW).write(even);

    assertThat(ImageDecoder.decode(tiff, "x").pixels()).isEqualTo(new byte[3 * even.length]);
  }

  private interface Refusal {
    void run() throws UnreadableFileException;
  }

  private static int[] samples(int bits, int channels) {
    return new Random(bits).ints((long) WIDTH * HEIGHT * channels, 0, 1 << bits).toArray();
  }

  /** Rows of samples, highest bit first; 16 bits in the file's order. */
  private static byte[] packed(int[] samples, int bits, int channels, ByteOrder order) {
    int perRow = WIDTH * channels;
    int rowBytes = (perRow * bits + 7) / 8;
    byte[] rows = new byte[rowBytes * HEIGHT];
    for (int y = 0; y < HEIGHT; y++) {
      byte[] row =
          packedRow(Arrays.copyOfRange(samples, y * perRow, (y + 1) * perRow), bits, order);
      System.arraycopy(row, 0, rows, y * rowBytes, rowBytes);
    }
    return rows;
  }

  private static byte[] packedRow(int[] samples, int bits, ByteOrder order) {
    if (bits == 16) {
      ByteBuffer row = ByteBuffer.allocate(2 * samples.length).order(order);
      IntStream.of(samples).forEach(sample -> row.putShort((short) sample));
      return row.array();
    }
    byte[] row = new byte[(samples.length * bits + 7) / 8];
    for (int i = 0; i < samples.length * bits; i++) {
      int bit = samples[i / bits] >> (bits - 1 - i % bits) & 1;
      row[i / 8] |= (byte) (bit << (7 - i % 8));
    }
    return row;
  }

  /** Of the whole image and of its rows, and the largest sample. */
  private static void assertPixels(byte[] tiff, int[] samples, int bits, int channels)
      throws UnreadableFileException {
    int most = (1 << bits) - 1;
    byte[] expected = new byte[3 * WIDTH * HEIGHT];
    for (int i = 0; i < expected.length; i++) {
      double value = samples[i / 3 * channels + (channels < 3 ? 0 : i % 3)] * 255.0 / most;
      expected[i] = (byte) (bits < 8 ? Math.floor(value + 1e-9) : Math.round(value));
    }
    assertThat(ImageDecoder.decode(tiff, "x").pixels()).isEqualTo(expected);
    assertThat(DecodedRowsTest.rows(tiff)).isEqualTo(expected);
    assertThat(ImageDecoder.largestSample(tiff, "x"))
        .isEqualTo(ImageDecoder.stored(tiff, "x").largest());
  }
}
