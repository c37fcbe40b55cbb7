package io.nightjar.dataset;

import static org.assertj.core.api.Assertions.assertThat;

import io.nightjar.dataset.decode.Dimensions;
import io.nightjar.dataset.decode.ImageDecoderTest;
import io.nightjar.dataset.image.TestImages;
import io.nightjar.text.Text;
import java.io.ByteArrayInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FSDataInputStream;
import org.apache.hadoop.fs.PositionedReadable;
import org.apache.hadoop.fs.Seekable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class InspectionTest {
  @TempDir Path folder;

  @Test
  void aReadableImageWithItsMaskIsKept() throws Exception {
    assertKept(
        TestImages.encode(TestImages.rgb(), "png"),
        TestImages.encode(TestImages.bits(13, 9, 4), "png"));
  }

  @Test
  void aGoodImageNeedsNoMask() throws Exception {
    Path file =
        TestImages.write(folder.resolve("good/0.jpg"), TestImages.encode(TestImages.rgb(), "jpg"));
    ImageRef image = new ImageRef("c", Split.TEST, "good", "test/good/0.jpg", "file:" + file, "");
    assertThat(Inspection.reasonToQuarantine(image, new Configuration())).isEmpty();
  }

  @Test
  void aDefectiveImageWithoutMaskIsKeptAndItsMaskNamed() throws Exception {
    Path file =
        TestImages.write(folder.resolve("cut/0.png"), TestImages.encode(TestImages.rgb(), "png"));
    ImageRef image = new ImageRef("c", Split.TEST, "cut", "test/cut/0.png", "file:" + file, "");
    assertThat(Inspection.reasonToQuarantine(image, new Configuration())).isEmpty();
    assertThat(Inspection.absentMask(image)).isEqualTo("ground_truth/cut/0_mask.png is absent");
    ImageRef remarked =
        new ImageRef("c", Split.TEST, "cut", "test/cut/0.png", image.uri(), "", "found 0_gt.png");
    assertThat(Inspection.absentMask(remarked))
        .isEqualTo("ground_truth/cut/0_mask.png is absent; found 0_gt.png");
  }

  @Test
  void aMaskOfAnotherSizeIsReported() throws Exception {
    byte[] mask = TestImages.encode(TestImages.bits(13, 10, 4), "png");
    assertThat(inspect(TestImages.encode(TestImages.rgb(), "png"), mask))
        .isEqualTo(Text.format("The mask %s has 13 x 10 pixels, its image 13 x 9.", maskUri()));
  }

  @Test
  void anEmptyMaskFileIsReported() throws Exception {
    assertThat(inspect(TestImages.encode(TestImages.rgb(), "png"), new byte[0]))
        .isEqualTo(
            Text.format("The mask %s cannot be used. The file is empty (0 bytes).", maskUri()));
  }

  @Test
  void anEmptyFileIsReported() throws Exception {
    assertThat(inspect(new byte[0], new byte[0])).isEqualTo("The file is empty (0 bytes).");
  }

  @Test
  void textNamedAsAnImageIsReported() throws Exception {
    assertThat(inspect("not an image".getBytes(StandardCharsets.UTF_8), new byte[0]))
        .isEqualTo("It is not an image: its content is neither PNG, JPEG, BMP nor TIFF.");
  }

  @Test
  void anAbsentFileIsReported() {
    ImageRef image =
        new ImageRef("c", Split.TRAIN, "good", "train/good/0.png", "file:" + folder + "/0", "");
    assertThat(Inspection.reasonToQuarantine(image, new Configuration()))
        .contains("The file is absent.");
  }

  @Test
  void aGiganticImageIsReported() throws Exception {
    byte[] png = TestImages.png(50_000, 50_000, 8, 2, false, new byte[0], new byte[0]);
    assertThat(inspect(png, png))
        .isEqualTo("The image has 50,000 x 50,000 pixels; at most 100,000,000 in all are read.");
  }

  @Test
  void aTruncatedHeaderIsReported() throws Exception {
    byte[] png = TestImages.png(5, 5, 8, 2, false, new byte[0], new byte[0]);
    assertThat(inspect(Arrays.copyOf(png, 20), png))
        .isEqualTo("The image is truncated: its file ends early.");
  }

  @Test
  void onlyTheFirstPageOfAnOrdinaryFileIsRead() throws Exception {
    byte[] png = TestImages.png(700, 500, 8, 2, false, new byte[0], new byte[0]);
    CountingInput file = new CountingInput(Arrays.copyOf(png, 1_000_000));
    assertThat(size(file)).isEqualTo(new Dimensions(700, 500));
    assertThat(file.bytesRead).isEqualTo(65536);
  }

  @Test
  void theSizeOfAJpegIsFoundBehindLargeSegmentsReadingNoPageTwice() throws Exception {
    byte[] jpeg = TestImages.encode(TestImages.rgb(), "jpg");
    for (int i = 0; i < 10; i++) {
      jpeg = ImageDecoderTest.withSegment(jpeg, 0xe1, new byte[65533]);
    }
    CountingInput file = new CountingInput(jpeg);
    assertThat(size(file)).isEqualTo(new Dimensions(13, 9));
    assertThat(jpeg.length).isGreaterThan(655_350);
    assertThat(file.bytesRead).isLessThanOrEqualTo(jpeg.length);
  }

  @Test
  void aTiffDirectoryAtTheEndIsReadWithoutThePixels() throws Exception {
    CountingInput file = new CountingInput(tiffWithDirectoryAtTheEnd(1000, 1000));
    assertThat(size(file)).isEqualTo(new Dimensions(1000, 1000));
    assertThat(file.bytesRead).isLessThanOrEqualTo(2 * 65536);
  }

  /** Grey, 8 bits, unpacked, in one strip: header, pixels, directory of 8 entries. */
  private static byte[] tiffWithDirectoryAtTheEnd(int width, int height) {
    int pixels = width * height;
    ByteBuffer tiff = ByteBuffer.allocate(8 + pixels + 2 + 8 * 12 + 4);
    tiff.order(ByteOrder.LITTLE_ENDIAN).put((byte) 'I').put((byte) 'I');
    tiff.putShort((short) 42).putInt(8 + pixels).position(8 + pixels);
    tiff.putShort((short) 8);
    int[][] entries = {
      {256, width},
      {257, height},
      {258, 8},
      {259, 1},
      {262, 1},
      {273, 8},
      {278, height},
      {279, pixels}
    };
    for (int[] entry : entries) {
      tiff.putShort((short) entry[0]).putShort((short) 4).putInt(1).putInt(entry[1]);
    }
    return tiff.array();
  }

  private static Dimensions size(CountingInput file) throws Exception {
    try (FSDataInputStream in = new FSDataInputStream(file)) {
      return Inspection.header("x", in, file.length).size();
    }
  }

  private String maskUri() {
    return "file:" + folder.resolve("mask.png");
  }

  private void assertKept(byte[] image, byte[] mask) throws IOException {
    assertThat(reason(image, mask)).isEmpty();
  }

  private String inspect(byte[] image, byte[] mask) throws IOException {
    return reason(image, mask).orElseThrow();
  }

  private Optional<String> reason(byte[] image, byte[] mask) throws IOException {
    Path file = TestImages.write(folder.resolve("cut/0.png"), image);
    TestImages.write(folder.resolve("mask.png"), mask);
    return Inspection.reasonToQuarantine(
        new ImageRef("c", Split.TEST, "cut", "test/cut/0.png", "file:" + file, maskUri()),
        new Configuration());
  }

  /** A file in memory that counts what is read of it by position. */
  private static final class CountingInput extends ByteArrayInputStream
      implements Seekable, PositionedReadable {
    private final int length;
    private long bytesRead;

    CountingInput(byte[] content) {
      super(content);
      this.length = content.length;
    }

    @Override
    public int read(long position, byte[] buffer, int offset, int n) {
      int available = (int) Math.min(n, length - position);
      System.arraycopy(buf, (int) position, buffer, offset, available);
      bytesRead += available;
      return available;
    }

    @Override
    public void readFully(long position, byte[] buffer, int offset, int n) throws IOException {
      if (read(position, buffer, offset, n) < n) {
        throw new EOFException();
      }
    }

    @Override
    public void readFully(long position, byte[] buffer) throws IOException {
      readFully(position, buffer, 0, buffer.length);
    }

    @Override
    public void seek(long position) {
      pos = (int) position;
    }

    @Override
    public long getPos() {
      return pos;
    }

    @Override
    public boolean seekToNewSource(long target) {
      return false;
    }
  }
}
