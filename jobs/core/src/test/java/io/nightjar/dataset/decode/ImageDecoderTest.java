package io.nightjar.dataset.decode;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.nightjar.dataset.image.TestImages;
import io.nightjar.dataset.image.UnreadableFileException;
import java.awt.color.ColorSpace;
import java.awt.color.ICC_Profile;
import java.awt.image.BufferedImage;
import java.awt.image.Raster;
import java.awt.image.WritableRaster;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import javax.imageio.IIOImage;
import javax.imageio.ImageIO;
import javax.imageio.ImageWriter;
import javax.imageio.stream.MemoryCacheImageOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

public class ImageDecoderTest {
  @ParameterizedTest
  @ValueSource(strings = {"png", "bmp", "tiff"})
  void rgbIsKeptExactly(String format) throws Exception {
    assertKept(TestImages.rgb(), format);
  }

  @ParameterizedTest
  @ValueSource(strings = {"png", "bmp", "tiff"})
  void greyIsRepeatedWithoutGamma(String format) throws Exception {
    assertKept(TestImages.grey(), format);
  }

  @ParameterizedTest
  @ValueSource(strings = {"png", "bmp", "tiff"})
  void aPaletteIsLookedUp(String format) throws Exception {
    assertKept(TestImages.palette(), format);
  }

  @ParameterizedTest
  @ValueSource(strings = {"png", "bmp", "tiff"})
  void oneBitIsBlackAndWhite(String format) throws Exception {
    assertKept(TestImages.bits(13, 9, 4), format);
  }

  @ParameterizedTest
  @ValueSource(strings = {"png", "tiff"})
  void sixteenBitGreyIsConvertedToEight(String format) throws Exception {
    assertKept(TestImages.grey16(), format);
  }

  @ParameterizedTest
  @ValueSource(strings = {"png", "tiff"})
  void alphaIsDroppedAndNotBlended(String format) throws Exception {
    BufferedImage image = new BufferedImage(13, 9, BufferedImage.TYPE_4BYTE_ABGR);
    assertKept(TestImages.filled(image, 8), format);
  }

  /** Whether a decoder hands out rows as it reads them, or the whole image after it. */
  @Test
  void rowsAreThoseOfTheWholeImage() throws Exception {
    for (byte[] encoded :
        List.of(
            TestImages.encode(TestImages.rgb(), "png"),
            TestImages.encode(TestImages.grey16(), "png"),
            TestImages.encode(TestImages.palette(), "png"),
            TestImages.interlacedPng(TestImages.rgb()),
            TestImages.encode(TestImages.rgb(), "bmp"),
            TestImages.encode(TestImages.rgb(), "tiff"))) {
      assertThat(DecodedRowsTest.rows(encoded))
          .isEqualTo(ImageDecoder.decode(encoded, "x").pixels());
      assertThat(ImageDecoder.largestSample(encoded, "x"))
          .isEqualTo(ImageDecoder.stored(encoded, "x").largest());
    }
  }

  @Test
  void interlacedPngIsRead() throws Exception {
    BufferedImage image = TestImages.rgb();
    assertThat(ImageDecoder.decode(TestImages.interlacedPng(image), "x"))
        .usingRecursiveComparison()
        .isEqualTo(TestImages.samples(image));
  }

  @Test
  void fiveAndSixBitsOfBmpAreWidened() throws Exception {
    BufferedImage image = new BufferedImage(3, 1, BufferedImage.TYPE_USHORT_565_RGB);
    int[][] stored = {{31, 63, 31}, {1, 1, 1}, {16, 32, 0}};
    for (int x = 0; x < 3; x++) {
      image.getRaster().setPixel(x, 0, stored[x]);
    }
    assertThat(ImageDecoder.decode(TestImages.encode(image, "bmp"), "x").pixels())
        .containsExactly(255, 255, 255, 8, 4, 8, 131, 129, 0);
  }

  @Test
  void greyJpegIsRepeatedWithoutGamma() throws Exception {
    byte[] jpeg = TestImages.encode(TestImages.grey(), "jpg");
    assertThat(ImageDecoder.decode(jpeg, "x"))
        .usingRecursiveComparison()
        .isEqualTo(TestImages.samples(ImageIO.read(new ByteArrayInputStream(jpeg))));
  }

  @Test
  void aColourProfileOfJpegChangesNothing() throws Exception {
    byte[] jpeg = TestImages.encode(TestImages.rgb(), "jpg");
    byte[] profile = ICC_Profile.getInstance(ColorSpace.CS_LINEAR_RGB).getData();
    ByteArrayOutputStream content = new ByteArrayOutputStream();
    content.writeBytes("ICC_PROFILE\0\1\1".getBytes(StandardCharsets.ISO_8859_1));
    content.writeBytes(profile);
    assertThat(ImageDecoder.decode(withSegment(jpeg, 0xe2, content.toByteArray()), "x"))
        .usingRecursiveComparison()
        .isEqualTo(TestImages.samples(ImageIO.read(new ByteArrayInputStream(jpeg))));
  }

  @Test
  void aJpegThatNamesNoColoursIsTakenForYCbCr() throws Exception {
    byte[] jpeg = TestImages.encode(TestImages.rgb(), "jpg");
    int jfifBytes = 2 + ((jpeg[4] & 0xff) << 8 | (jpeg[5] & 0xff));
    byte[] bare = Arrays.copyOfRange(jpeg, jfifBytes, jpeg.length);
    bare[0] = (byte) 0xff;
    bare[1] = (byte) 0xd8;
    assertThat(ImageDecoder.decode(bare, "x"))
        .usingRecursiveComparison()
        .isEqualTo(ImageDecoder.decode(jpeg, "x"));
  }

  @Test
  void cmykJpegIsRefusedWithARemedy() throws Exception {
    WritableRaster raster = Raster.createInterleavedRaster(0, 8, 8, 4, null);
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    ImageWriter writer = ImageIO.getImageWritersByFormatName("jpeg").next();
    try (MemoryCacheImageOutputStream stream = new MemoryCacheImageOutputStream(out)) {
      writer.setOutput(stream);
      writer.write(null, new IIOImage(raster, null, null), null);
    } finally {
      writer.dispose();
    }
    assertUnreadable(
        out.toByteArray(),
        "It is a JPEG with 4 channels (CMYK or YCCK, for printing); save it as RGB.");
  }

  /** The sampling factors of luma: 0x22 is 4:2:0, 0x21 4:2:2, 0x11 4:4:4, 0x41 4:1:1. */
  @ParameterizedTest
  @ValueSource(ints = {0x22, 0x21, 0x11, 0x41})
  void samplingsThatAllLibrariesDecodeAlikeAreRead(int luma) throws Exception {
    assertThat(ImageDecoder.dimensions(jpegOfSampling(luma, 0x11), "x"))
        .isEqualTo(new Dimensions(13, 9));
  }

  /** Half of the rows: 4:4:0, and the same written with other factors. */
  @ParameterizedTest
  @CsvSource({"0x12,0x11", "0x14,0x12", "0x22,0x21"})
  void samplingsThatLibrariesDecodeDifferentlyAreRefused(String luma, String chroma)
      throws Exception {
    assertUnreadable(
        jpegOfSampling(Integer.decode(luma), Integer.decode(chroma)),
        "It is a JPEG with 4:4:0 chroma, which JPEG libraries decode to different colours;"
            + " save it again with 4:4:4 or 4:2:0 chroma or as PNG.");
  }

  @Test
  void aJpegOfTooManyScansIsRefused() throws Exception {
    byte[] jpeg = TestImages.encode(TestImages.rgb(), "jpg");
    byte[] scans = Arrays.copyOf(jpeg, jpeg.length + 200);
    for (int i = jpeg.length; i < scans.length; i += 2) {
      scans[i] = (byte) 0xff;
      scans[i + 1] = (byte) 0xda;
    }

    assertUnreadable(
        scans, "It is a JPEG of 13 x 9 pixels in 101 scans, which is not read; save it again.");
  }

  /** ImageIO's JPEG with other factors in its frame header, whose pixels no longer fit. */
  private static byte[] jpegOfSampling(int luma, int chroma) throws IOException {
    byte[] jpeg = TestImages.encode(TestImages.rgb(), "jpg");
    int at = 2;
    while ((jpeg[at + 1] & 0xff) != 0xc0) {
      at += 2 + ((jpeg[at + 2] & 0xff) << 8 | (jpeg[at + 3] & 0xff));
    }
    jpeg[at + 11] = (byte) luma;
    jpeg[at + 14] = (byte) chroma;
    jpeg[at + 17] = (byte) chroma;
    return jpeg;
  }

  @ParameterizedTest
  @ValueSource(strings = {"png", "jpg", "bmp", "tiff"})
  void aTruncatedFileIsUnreadableWhereverItEnds(String format) throws Exception {
    byte[] file = TestImages.encode(TestImages.rgb(), format);
    for (int length = 1; length < file.length; length++) {
      byte[] truncated = Arrays.copyOf(file, length);
      assertThatThrownBy(() -> ImageDecoder.decode(truncated, "x"))
          .as("%d bytes of %d", length, file.length)
          .isInstanceOf(UnreadableFileException.class);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"png", "jpg", "bmp", "tiff"})
  void damageIsNeverAnotherException(String format) throws Exception {
    byte[] file = TestImages.encode(TestImages.rgb(), format);
    for (int at = 0; at < file.length; at++) {
      byte[] damaged = file.clone();
      damaged[at] ^= (byte) 0xff;
      try {
        ImageDecoder.decode(damaged, "x");
      } catch (UnreadableFileException e) {
        assertThat(e.reason()).endsWith(".");
      }
    }
  }

  @Test
  void emptyContentIsReported() {
    assertUnreadable(new byte[0], "The file is empty (0 bytes).");
  }

  @Test
  void textIsNotAnImage() {
    assertUnreadable(
        "hello, world".getBytes(StandardCharsets.UTF_8),
        "It is not an image: its content is neither PNG, JPEG, BMP nor TIFF.");
  }

  @Test
  void whatIsInPlaceOfAnImageIsNamed() {
    assertUnreadable(
        "/mnt/nas/gone/000.png".getBytes(StandardCharsets.UTF_8),
        "It is no image but the path \"/mnt/nas/gone/000.png\" as text, as a link becomes that was"
            + " copied as a file; copy what it leads to.");
  }

  @Test
  void imagesOfOtherFormatsAreNamedWithTheRemedy() {
    byte[] webp = Arrays.copyOf("RIFF\32\0\0\0WEBPVP8 ".getBytes(StandardCharsets.US_ASCII), 200);
    assertUnreadable(
        webp, "It is an image of the type WebP, which is not read; convert it to PNG.");
  }

  @Test
  void anImageTooLargeIsRefusedByItsHeader() throws Exception {
    byte[] png = TestImages.png(50_000, 50_000, 8, 2, false, new byte[0], new byte[0]);
    assertUnreadable(
        png, "The image has 50,000 x 50,000 pixels; at most 100,000,000 in all are read.");
  }

  @ParameterizedTest
  @CsvSource({"png,13,9", "jpg,13,9", "bmp,13,9", "tiff,13,9"})
  void dimensionsComeFromTheHeader(String format, int width, int height) throws Exception {
    byte[] file = TestImages.encode(TestImages.rgb(), format);
    assertThat(ImageDecoder.dimensions(file, "x")).isEqualTo(new Dimensions(width, height));
  }

  private static void assertKept(BufferedImage image, String format) throws Exception {
    assertThat(ImageDecoder.decode(TestImages.encode(image, format), "x"))
        .usingRecursiveComparison()
        .isEqualTo(TestImages.samples(image));
  }

  public static byte[] withSegment(byte[] jpeg, int marker, byte[] content) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    out.write(jpeg, 0, 2);
    int length = content.length + 2;
    out.writeBytes(new byte[] {(byte) 0xff, (byte) marker, (byte) (length >> 8), (byte) length});
    out.writeBytes(content);
    out.write(jpeg, 2, jpeg.length - 2);
    return out.toByteArray();
  }

  private static void assertUnreadable(byte[] content, String reason) {
    assertThatThrownBy(() -> ImageDecoder.decode(content, "file:/x"))
        .isInstanceOf(UnreadableFileException.class)
        .hasMessage("file:/x: " + reason);
  }
}
