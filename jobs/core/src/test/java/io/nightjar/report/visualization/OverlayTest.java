package io.nightjar.report.visualization;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.nightjar.dataset.image.RgbImage;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.Arrays;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class OverlayTest {
  private static final int GREY = 100;
  private static final ScoreRange RANGE = new ScoreRange(0, 10);

  @ParameterizedTest
  @CsvSource({"40, 20, 40, 20", "900, 900, 450, 450", "1024, 700, 512, 350", "1025, 1, 342, 1"})
  void fitsThreePanelsSideBySide(int width, int height, int panelWidth, int panelHeight)
      throws IOException {
    BufferedImage drawn = draw(width, height, MaskView.empty(width, height), 0);

    assertThat(drawn.getWidth()).isEqualTo(3 * panelWidth + 12);
    assertThat(drawn.getHeight()).isEqualTo(panelHeight);
  }

  @Test
  void showsTheImageFirst() throws IOException {
    assertThat(draw(40, 20, MaskView.empty(40, 20), 5).getRGB(3, 3)).isEqualTo(0xff646464);
  }

  @Test
  void outlinesTheMaskInWhiteWithBlackEdges() throws IOException {
    // The mask's left border lies between columns 19 and 20 of the second panel.
    BufferedImage drawn = draw(40, 20, new MaskView(40, 20, (x, y) -> x >= 20), 0);
    int panel = 40 + 6;

    assertThat(row(drawn, panel + 16, 8))
        .containsExactly(
            0xff646464,
            0xff646464,
            0xff000000,
            0xffffffff,
            0xffffffff,
            0xff000000,
            0xff646464,
            0xff646464);
  }

  @Test
  void keepsTheSmallestDefectVisible() throws IOException {
    BufferedImage drawn =
        draw(1000, 1000, new MaskView(1000, 1000, (x, y) -> x == 501 && y == 501), 0);

    assertThat(drawn.getRGB(500 + 6 + 250, 250)).isEqualTo(0xffffffff);
  }

  @Test
  void reddensHighScoresAndBluesLowOnes() throws IOException {
    int[] high = rgb(draw(40, 20, MaskView.empty(40, 20), 10).getRGB(2 * 46 + 5, 5));
    int[] low = rgb(draw(40, 20, MaskView.empty(40, 20), 0).getRGB(2 * 46 + 5, 5));

    assertThat(high[0]).isGreaterThan(high[1] + 80).isGreaterThan(high[2] + 80);
    assertThat(low[2]).isGreaterThan(low[0] + 20).isGreaterThan(low[1] + 20);
    assertThat(distanceFromGrey(low)).isLessThan(distanceFromGrey(high));
  }

  @Test
  void clampsScoresToTheRange() throws IOException {
    assertThat(draw(8, 8, MaskView.empty(8, 8), 99).getRGB(30, 5))
        .isEqualTo(draw(8, 8, MaskView.empty(8, 8), 10).getRGB(30, 5));
  }

  @Test
  void drawsAConstantMapAsLow() {
    assertThat(new ScoreRange(3, 3).position(3)).isZero();
  }

  @Test
  void refusesARangeUpsideDown() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new ScoreRange(2, 1))
        .withMessageContaining("2.0 to 1.0");
    assertThatIllegalArgumentException().isThrownBy(() -> new ScoreRange(Float.NaN, 1));
  }

  @Test
  void refusesAMaskOrAMapOfAnotherSize() {
    RgbImage image = grey(4, 4);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Overlay.png(image, MaskView.empty(4, 5), new float[16], RANGE))
        .withMessageContaining("4 x 5");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Overlay.png(image, MaskView.empty(4, 4), new float[15], RANGE))
        .withMessageContaining("15");
  }

  private static BufferedImage draw(int width, int height, MaskView mask, float score)
      throws IOException {
    float[] map = new float[width * height];
    Arrays.fill(map, score);
    return ImageIO.read(
        new ByteArrayInputStream(Overlay.png(grey(width, height), mask, map, RANGE)));
  }

  private static RgbImage grey(int width, int height) {
    byte[] pixels = new byte[3 * width * height];
    Arrays.fill(pixels, (byte) GREY);
    return new RgbImage(width, height, pixels);
  }

  private static int[] row(BufferedImage drawn, int fromX, int count) {
    return drawn.getRGB(fromX, 10, count, 1, null, 0, count);
  }

  private static int[] rgb(int argb) {
    return new int[] {argb >> 16 & 0xff, argb >> 8 & 0xff, argb & 0xff};
  }

  private static int distanceFromGrey(int[] rgb) {
    return Arrays.stream(rgb).map(c -> Math.abs(c - GREY)).sum();
  }
}
