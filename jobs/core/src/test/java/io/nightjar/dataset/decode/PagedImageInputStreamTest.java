package io.nightjar.dataset.decode;

import static org.assertj.core.api.Assertions.assertThat;

import io.nightjar.dataset.image.RgbImage;
import io.nightjar.dataset.image.TestImages;
import io.nightjar.testing.TiffFiles;
import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Random;
import java.util.zip.CRC32;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Fields that lie on both sides of a page's end, in the stream and in every format. */
class PagedImageInputStreamTest {
  private static final int PAGE = PagedImageInputStream.PAGE_BYTES;

  @Test
  void numbersAreReadAcrossPages() throws Exception {
    byte[] content = new byte[2 * PAGE + 100];
    new Random(2).nextBytes(content);
    ByteBuffer expected = ByteBuffer.wrap(content).order(ByteOrder.BIG_ENDIAN);
    try (PagedImageInputStream in = PagedImageInputStream.of(content)) {
      for (int page : new int[] {PAGE, 2 * PAGE}) {
        for (int at = page - 9; at <= page; at++) {
          in.seek(at);
          assertThat(in.readShort()).isEqualTo(expected.getShort(at));
          in.seek(at);
          assertThat(in.readInt()).isEqualTo(expected.getInt(at));
          in.seek(at);
          assertThat(in.readLong()).isEqualTo(expected.getLong(at));
          in.seek(at);
          assertThat(in.readDouble()).isEqualTo(expected.getDouble(at));
        }
      }
    }
  }

  @Test
  void aReadStopsAtTheEndOfTheFileAlone() throws Exception {
    byte[] content = new byte[2 * PAGE + 7];
    new Random(3).nextBytes(content);
    try (PagedImageInputStream in = PagedImageInputStream.of(content)) {
      byte[] all = new byte[content.length + 10];
      assertThat(in.read(all)).isEqualTo(content.length);
      assertThat(Arrays.copyOf(all, content.length)).isEqualTo(content);
      assertThat(in.read(all)).isEqualTo(-1);
    }
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void everyFieldOfATiffIsReadAcrossPages(boolean big) throws Exception {
    byte[] rows = new byte[16];
    for (int i = 0; i < rows.length; i++) {
      rows[i] = (byte) (15 * i);
    }
    for (int before = 0; before <= 300; before++) {
      byte[] tiff =
          TiffFiles.of(4, 4, 8, 1).big(big).gap(PAGE - 16 - before).rowsPerStrip(1).write(rows);
      RgbImage image = ImageDecoder.decode(tiff, "x");
      for (int i = 0; i < rows.length; i++) {
        assertThat(image.pixels()[3 * i]).as("%d bytes before", before).isEqualTo(rows[i]);
      }
    }
  }

  @Test
  void everyFieldOfAJpegIsReadAcrossPages() throws Exception {
    byte[] jpeg = TestImages.encode(TestImages.rgb(), "jpg");
    RgbImage expected = ImageDecoder.decode(jpeg, "x");
    byte[] filled = ImageDecoderTest.withSegment(jpeg, 0xfe, new byte[32_000]);
    // From the file's first marker to its first scan, every byte lies first on the second page
    // once.
    for (int rest = PAGE - 32_000 - jpeg.length; rest < PAGE - 32_000; rest++) {
      byte[] shifted = ImageDecoderTest.withSegment(filled, 0xe1, new byte[rest - 8]);
      assertThat(ImageDecoder.decode(shifted, "x"))
          .as("%d bytes", rest)
          .usingRecursiveComparison()
          .isEqualTo(expected);
    }
  }

  @Test
  void everyFieldOfAPngIsReadAcrossPages() throws Exception {
    byte[] png = TestImages.encode(TestImages.rgb(), "png");
    RgbImage expected = ImageDecoder.decode(png, "x");
    int header = 8 + 25;
    for (int rest = PAGE - png.length; rest < PAGE - header; rest++) {
      ByteArrayOutputStream shifted = new ByteArrayOutputStream();
      shifted.write(png, 0, header);
      byte[] text = new byte[rest];
      DataOutputStream chunk = new DataOutputStream(shifted);
      chunk.writeInt(text.length);
      byte[] type = "teXt".getBytes(StandardCharsets.US_ASCII);
      chunk.write(type);
      chunk.write(text);
      CRC32 crc = new CRC32();
      crc.update(type);
      crc.update(text);
      chunk.writeInt((int) crc.getValue());
      shifted.write(png, header, png.length - header);
      assertThat(ImageDecoder.decode(shifted.toByteArray(), "x"))
          .usingRecursiveComparison()
          .isEqualTo(expected);
    }
  }

  @Test
  void thePixelsOfABmpAreReadAcrossPages() throws Exception {
    byte[] bmp = TestImages.encode(TestImages.rgb(), "bmp");
    RgbImage expected = ImageDecoder.decode(bmp, "x");
    int start = ByteBuffer.wrap(bmp).order(ByteOrder.LITTLE_ENDIAN).getInt(10);
    for (int gap = PAGE - bmp.length; gap < PAGE; gap++) {
      ByteBuffer shifted =
          ByteBuffer.allocate(bmp.length + gap).order(ByteOrder.LITTLE_ENDIAN).put(bmp, 0, start);
      shifted.position(start + gap).put(bmp, start, bmp.length - start);
      shifted.putInt(10, start + gap);
      assertThat(ImageDecoder.decode(shifted.array(), "x"))
          .usingRecursiveComparison()
          .isEqualTo(expected);
    }
  }
}
