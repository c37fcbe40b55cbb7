package io.nightjar.dataset.decode;

import static org.assertj.core.api.Assertions.assertThat;

import io.nightjar.testing.JpegFiles;
import io.nightjar.testing.TiffFiles;
import java.awt.image.BufferedImage;
import java.awt.image.DataBufferByte;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.zip.CRC32;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The rows of an image need no memory for the image: 48 MB of pixels in a heap of 24 MiB. */
@Tag("slow")
class DecodedRowsMemoryTest {
  private static final int SIDE = 4_000;
  private static final int HEAP = 24;

  @TempDir Path folder;

  @Test
  void imagesLargerThanTheHeapAreReadByRows() throws Exception {
    BufferedImage image = drawn();
    byte[] pixels = ((DataBufferByte) image.getRaster().getDataBuffer()).getData();
    byte[] jpeg = JpegFiles.of(image, 0x11, 0, false);
    TiffFiles strips = TiffFiles.of(SIDE, SIDE, 8, 1).compression(TiffFiles.DEFLATE);

    List<String> lines =
        RowsProcess.run(
            HEAP,
            file("baseline.jpg", jpeg),
            file("progressive.jpg", JpegFiles.of(image, 0x11, 0, true)),
            file("strips.tiff", strips.rowsPerStrip(64).write(pixels)),
            file("strip.tiff", strips.rowsPerStrip(SIDE).write(pixels)));

    assertThat(lines).hasSize(4);
    assertThat(lines.get(0)).isEqualTo(line(ImageDecoder.decode(jpeg, "x").pixels()));
    assertThat(lines.get(1))
        .matches(
            "It is a progressive JPEG of 4000 x 4000 pixels, .* of which 32 MB are held until its"
                + " last scan, more than the heap of 2[0-9] MB; save it as baseline JPEG .*");
    assertThat(lines.subList(2, 4)).containsOnly(line(repeated(pixels)));
  }

  private Path file(String name, byte[] content) throws IOException {
    return Files.write(folder.resolve(name), content);
  }

  private static String line(byte[] rgb) {
    CRC32 checksum = new CRC32();
    checksum.update(rgb);
    return RowsProcess.line(SIDE, checksum);
  }

  private static byte[] repeated(byte[] grey) {
    byte[] rgb = new byte[3 * grey.length];
    for (int i = 0; i < rgb.length; i++) {
      rgb[i] = grey[i / 3];
    }
    return rgb;
  }

  /** Waves of both directions. */
  private static BufferedImage drawn() {
    byte[] wave = new byte[2 * SIDE];
    for (int i = 0; i < wave.length; i++) {
      wave[i] = (byte) Math.round(128 + 100 * Math.sin(i / 200.0));
    }
    BufferedImage image = new BufferedImage(SIDE, SIDE, BufferedImage.TYPE_BYTE_GRAY);
    byte[] pixels = ((DataBufferByte) image.getRaster().getDataBuffer()).getData();
    for (int y = 0; y < SIDE; y++) {
      System.arraycopy(wave, y, pixels, y * SIDE, SIDE);
    }
    return image;
  }
}
