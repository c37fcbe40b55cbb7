package io.nightjar.dataset.decode;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.nightjar.dataset.image.RgbImage;
import io.nightjar.dataset.image.TestImages;
import io.nightjar.dataset.image.UnreadableFileException;
import io.nightjar.testing.JpegFiles;
import java.awt.image.BufferedImage;
import java.awt.image.WritableRaster;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import javax.imageio.IIOImage;
import javax.imageio.ImageIO;
import javax.imageio.ImageWriteParam;
import javax.imageio.ImageWriter;
import javax.imageio.stream.MemoryCacheImageOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Rows have every bit of the image that is decoded as a whole. */
class DecodedRowsTest {
  private static final int[][] SIZES = {{1, 1}, {8, 8}, {13, 9}, {16, 17}, {33, 50}, {131, 70}};

  /** Luma's factors: 4:4:4, 4:2:2, 4:2:0, 4:1:1. */
  @ParameterizedTest
  @ValueSource(ints = {0x11, 0x21, 0x22, 0x41})
  void ofEverySamplingOfJpeg(int luma) throws Exception {
    for (int[] size : SIZES) {
      BufferedImage image = drawn(size[0], size[1], BufferedImage.TYPE_3BYTE_BGR);
      for (boolean progressive : new boolean[] {false, true}) {
        assertRowsAreThose(JpegFiles.of(image, luma, 0, progressive), size[0], size[1]);
      }
    }
  }

  @Test
  void ofGreyJpeg() throws Exception {
    for (int[] size : SIZES) {
      BufferedImage image = drawn(size[0], size[1], BufferedImage.TYPE_BYTE_GRAY);
      for (boolean progressive : new boolean[] {false, true}) {
        assertRowsAreThose(JpegFiles.of(image, 0x11, 0, progressive), size[0], size[1]);
      }
    }
  }

  /** Rows of blocks end between two markers, at one, and after several. */
  @ParameterizedTest
  @CsvSource({"1,0x11", "2,0x22", "5,0x22", "7,0x21"})
  void ofJpegWithRestarts(int interval, String luma) throws Exception {
    BufferedImage image = drawn(131, 70, BufferedImage.TYPE_3BYTE_BGR);
    for (boolean progressive : new boolean[] {false, true}) {
      byte[] jpeg = JpegFiles.of(image, Integer.decode(luma), interval, progressive);

      assertThat(hasRestart(jpeg)).isTrue();
      assertRowsAreThose(jpeg, 131, 70);
    }
  }

  /** Baseline, yet with the channels one after another, so that no row is whole before the last. */
  @Test
  void ofJpegWithAScanForEachChannel() throws Exception {
    List<BufferedImage> channels =
        List.of(
            drawn(33, 50, BufferedImage.TYPE_BYTE_GRAY),
            TestImages.filled(new BufferedImage(33, 50, BufferedImage.TYPE_BYTE_GRAY), 8),
            TestImages.filled(new BufferedImage(33, 50, BufferedImage.TYPE_BYTE_GRAY), 7));

    assertRowsAreThose(JpegFiles.inThreeScans(channels), 33, 50);
  }

  /** EXIF's orientation 6, a quarter turn, which is ignored. */
  @Test
  void ofJpegThatIsMarkedAsTurned() throws Exception {
    byte[] jpeg = JpegFiles.of(drawn(33, 50, BufferedImage.TYPE_3BYTE_BGR), 0x22, 0, false);
    ByteArrayOutputStream exif = new ByteArrayOutputStream();
    exif.writeBytes("Exif\0\0MM\0*".getBytes(StandardCharsets.ISO_8859_1));
    exif.writeBytes(new byte[] {0, 0, 0, 8, 0, 1, 1, 0x12, 0, 3, 0, 0, 0, 1, 0, 6, 0, 0});
    exif.writeBytes(new byte[4]);
    byte[] turned = ImageDecoderTest.withSegment(jpeg, 0xe1, exif.toByteArray());

    assertThat(rows(turned)).isEqualTo(rows(jpeg)).isEqualTo(pixels(jpeg));
  }

  @Test
  void ofJpegThatNamesNoColours() throws Exception {
    byte[] jpeg = JpegFiles.of(drawn(33, 50, BufferedImage.TYPE_3BYTE_BGR), 0x11, 0, false);
    int jfif = 2 + ((jpeg[4] & 0xff) << 8 | (jpeg[5] & 0xff));
    byte[] bare = Arrays.copyOfRange(jpeg, jfif, jpeg.length);
    bare[0] = (byte) 0xff;
    bare[1] = (byte) 0xd8;

    assertThat(rows(bare)).isEqualTo(pixels(jpeg));
  }

  @Test
  void aTruncatedJpegIsRefusedWhereverItEnds() throws Exception {
    for (boolean progressive : new boolean[] {false, true}) {
      byte[] jpeg = JpegFiles.of(TestImages.rgb(), 0x22, 0, progressive);
      for (int length = 1; length < jpeg.length; length++) {
        byte[] truncated = Arrays.copyOf(jpeg, length);
        assertThatThrownBy(() -> rows(truncated))
            .as("%d bytes of %d", length, jpeg.length)
            .isInstanceOf(UnreadableFileException.class);
      }
    }
  }

  /** By blocks of 8 x 8: 33 x 50 pixels of 4:2:0 have 3 x 4 groups of 6 blocks. */
  @Test
  void aJpegOfSeveralScansIsRefusedWhereItsCoefficientsDoNotFit() throws Exception {
    BufferedImage image = drawn(33, 50, BufferedImage.TYPE_3BYTE_BGR);
    JpegHeader progressive = header(JpegFiles.of(image, 0x22, 0, true));
    long bytes = 3 * 4 * 6 * 64 * 2;

    assertThat(progressive.coefficientBytes()).isEqualTo(bytes);
    progressive.requireMemory(bytes);
    assertThatThrownBy(() -> progressive.requireMemory(bytes - 1))
        .hasMessage(
            "It is a progressive JPEG of 33 x 50 pixels, or one of several scans, of which less"
                + " than 0.1 MB are held until its last scan, more than the heap of less than 0.1"
                + " MB; save it as baseline JPEG or as PNG, or give the process a larger heap.");
    assertThat(header(JpegFiles.of(image, 0x22, 0, false)).coefficientBytes()).isZero();
  }

  /** What ImageIO decodes of TIFF, in strips and in tiles. */
  @ParameterizedTest
  @CsvSource({"JPEG,false", "JPEG,true", "CCITT T.6,false", "CCITT T.6,true", "CCITT RLE,false"})
  void ofTiffThatImageIoDecodes(String compression, boolean tiled) throws Exception {
    BufferedImage image =
        compression.equals("JPEG")
            ? drawn(150, 211, BufferedImage.TYPE_3BYTE_BGR)
            : TestImages.bits(150, 211, 41);

    assertRowsAreThose(tiff(image, compression, tiled), 150, 211);
  }

  private static byte[] tiff(BufferedImage image, String compression, boolean tiled)
      throws IOException {
    ImageWriter writer = ImageIO.getImageWritersByFormatName("tiff").next();
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (MemoryCacheImageOutputStream stream = new MemoryCacheImageOutputStream(out)) {
      ImageWriteParam parameters = writer.getDefaultWriteParam();
      parameters.setCompressionMode(ImageWriteParam.MODE_EXPLICIT);
      parameters.setCompressionType(compression);
      if (tiled) {
        parameters.setTilingMode(ImageWriteParam.MODE_EXPLICIT);
        parameters.setTiling(48, 32, 0, 0);
      }
      writer.setOutput(stream);
      writer.write(null, new IIOImage(image, null, null), parameters);
    } finally {
      writer.dispose();
    }
    return out.toByteArray();
  }

  /** A slope with noise on it. */
  private static BufferedImage drawn(int width, int height, int type) {
    BufferedImage image = new BufferedImage(width, height, type);
    WritableRaster raster = image.getRaster();
    Random random = new Random(width);
    for (int y = 0; y < height; y++) {
      for (int x = 0; x < width; x++) {
        for (int band = 0; band < raster.getNumBands(); band++) {
          int slope = 100 + 60 * band + (x * (3 - band) + y * band) / 4 % 90;
          raster.setSample(x, y, band, Math.min(255, slope + random.nextInt(20)));
        }
      }
    }
    return image;
  }

  private static boolean hasRestart(byte[] jpeg) {
    for (int i = 0; i + 1 < jpeg.length; i++) {
      if ((jpeg[i] & 0xff) == 0xff && (jpeg[i + 1] & 0xf8) == 0xd0) {
        return true;
      }
    }
    return false;
  }

  private static JpegHeader header(byte[] jpeg) throws IOException {
    return JpegHeader.read(PagedImageInputStream.of(jpeg));
  }

  private static void assertRowsAreThose(byte[] encoded, int width, int height) throws Exception {
    RgbImage whole = ImageDecoder.decode(encoded, "x");
    assertThat(whole.width()).isEqualTo(width);
    assertThat(whole.height()).isEqualTo(height);
    assertThat(rows(encoded)).isEqualTo(whole.pixels());
  }

  private static byte[] pixels(byte[] encoded) throws Exception {
    return ImageDecoder.decode(encoded, "x").pixels();
  }

  /** The rows, each of which comes once, in order. */
  static byte[] rows(byte[] encoded) throws UnreadableFileException {
    ByteArrayOutputStream rows = new ByteArrayOutputStream();
    int[] next = {0};
    ImageDecoder.rows(
        encoded,
        "x",
        WhiteLevel.FULL,
        (y, row) -> {
          assertThat(y).isEqualTo(next[0]++);
          rows.writeBytes(row);
        });
    return rows.toByteArray();
  }
}
