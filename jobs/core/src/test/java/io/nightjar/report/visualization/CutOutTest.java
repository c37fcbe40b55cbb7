package io.nightjar.report.visualization;

import static org.assertj.core.api.Assertions.assertThat;

import io.nightjar.dataset.image.RgbImage;
import io.nightjar.score.PatchBox;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.Arrays;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;

class CutOutTest {

  @Test
  void aPartIsEnlargedWithItsBox() throws IOException {
    byte[] pixels = new byte[3 * 20 * 20];
    Arrays.fill(pixels, (byte) 100);
    BufferedImage drawn =
        read(
            CutOut.jpeg(
                new RgbImage(20, 20, pixels),
                new PatchBox(2, 3, 11, 11),
                new PatchBox(6, 7, 4, 4)));

    // 16 pixels for one; the box begins at 4 of them and ends after 8.
    assertThat(drawn.getWidth()).isEqualTo(CutOut.LONGEST);
    assertThat(drawn.getHeight()).isEqualTo(CutOut.LONGEST);
    assertThat(grey(drawn, 64, 90)).isGreaterThan(160);
    assertThat(grey(drawn, 127, 90)).isGreaterThan(160);
    assertThat(grey(drawn, 90, 64)).isGreaterThan(160);
    assertThat(grey(drawn, 90, 90)).isBetween(90, 110);
    assertThat(grey(drawn, 20, 20)).isBetween(90, 110);
  }

  @Test
  void aLargePartIsShrunkToMeans() throws IOException {
    // Columns of 0 and 200 in turn, two of which make one pixel.
    byte[] pixels = new byte[3 * 352 * 352];
    for (int i = 0; i < 352 * 352; i++) {
      Arrays.fill(pixels, 3 * i, 3 * i + 3, (byte) (i % 2 == 0 ? 0 : 200));
    }
    BufferedImage drawn =
        read(
            CutOut.jpeg(
                new RgbImage(352, 352, pixels),
                new PatchBox(0, 0, 352, 352),
                new PatchBox(0, 0, 20, 20)));

    assertThat(drawn.getWidth()).isEqualTo(176);
    assertThat(grey(drawn, 100, 100)).isBetween(95, 105);
  }

  @Test
  void theShapeOfThePartIsKept() throws IOException {
    BufferedImage drawn =
        read(
            CutOut.jpeg(
                new RgbImage(40, 20, new byte[3 * 800]),
                new PatchBox(0, 0, 40, 10),
                new PatchBox(0, 0, 5, 5)));

    assertThat(drawn.getWidth()).isEqualTo(176);
    assertThat(drawn.getHeight()).isEqualTo(44);
  }

  private static BufferedImage read(byte[] jpeg) throws IOException {
    return ImageIO.read(new ByteArrayInputStream(jpeg));
  }

  private static int grey(BufferedImage image, int x, int y) {
    return (image.getRGB(x, y) >> 8) & 0xff;
  }
}
