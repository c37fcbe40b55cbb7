package io.nightjar.report.visualization;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.nightjar.dataset.image.RgbImage;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;

class LayersTest {
  private static final int WIDTH = 500;
  private static final int HEIGHT = 1260;

  @Test
  void keepTheShapeOfTheImage() throws IOException {
    Layers layers = layers();

    // Blocks of 4 pixels: 1260 / 320 and 500 / 4. Of the map blocks of 12: 1260 / 112.
    assertThat(layers.width()).isEqualTo(125);
    assertThat(layers.height()).isEqualTo(315);
    assertThat(image(layers.image()).getWidth()).isEqualTo(125);
    assertThat(image(layers.image()).getHeight()).isEqualTo(315);
    assertThat(image(layers.outline()).getHeight()).isEqualTo(315);
    assertThat(image(layers.map()).getWidth()).isEqualTo(42);
    assertThat(image(layers.map()).getHeight()).isEqualTo(105);
  }

  @Test
  void aLevelOfTheMapIsReachedByNoLowerScore() throws IOException {
    BufferedImage map = image(layers().map());
    float[] scores = scores();

    assertThat(map.getRaster().getNumBands()).isEqualTo(1);
    for (int y = 0; y < map.getHeight(); y++) {
      for (int x = 0; x < map.getWidth(); x++) {
        float largest = 0;
        for (int sy = 12 * y; sy < Math.min(HEIGHT, 12 * y + 12); sy++) {
          for (int sx = 12 * x; sx < Math.min(WIDTH, 12 * x + 12); sx++) {
            largest = Math.max(largest, scores[sy * WIDTH + sx]);
          }
        }
        // The range is 2 to 10: what lies above is at level 255.
        double position = Math.min(1, Math.max(0, (largest - 2.0) / 8));
        assertThat((double) map.getRaster().getSample(x, y, 0))
            .isLessThanOrEqualTo(255 * position + 1e-4)
            .isCloseTo(255 * position, within(1.001));
      }
    }
  }

  @Test
  void theOutlineIsTransparentAwayFromTheMasksEdge() throws IOException {
    BufferedImage outline = image(layers().outline());

    assertThat(outline.getRGB(0, 0) >>> 24).isZero();
    assertThat(outline.getRGB(62, 157) >>> 24).isZero(); // within the mask
    // The mask begins in column 100 and row 400, that is in block 25 and 100.
    assertThat(outline.getRGB(25, 120)).isEqualTo(0xffffffff);
    assertThat(outline.getRGB(23, 120)).isEqualTo(0xff000000);
  }

  @Test
  void anImageWithoutDefectsHasNoOutline() {
    Layers layers =
        Layers.of(
            new RgbImage(2, 2, new byte[12]),
            MaskView.empty(2, 2),
            new float[4],
            new ScoreRange(0, 1));

    assertThat(layers.outline()).isEmpty();
    assertThat(layers.width()).isEqualTo(2);
  }

  @Test
  void refusesAMapOfAnotherSize() {
    assertThatThrownBy(
            () ->
                Layers.of(
                    new RgbImage(2, 2, new byte[12]),
                    MaskView.empty(2, 2),
                    new float[5],
                    new ScoreRange(0, 1)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("5 values");
  }

  @Test
  void theFilterHasTheColoursOfTheVisualizations() {
    HeatFilter filter = HeatFilter.create();
    String[] red = filter.red().split(" ");
    String[] green = filter.green().split(" ");
    String[] blue = filter.blue().split(" ");

    assertThat(red).hasSameSizeAs(green).hasSameSizeAs(blue);
    for (int i = 0; i < red.length; i++) {
      int colour = HeatColours.rgb(i / (double) (red.length - 1));
      assertThat(Math.round(255 * Double.parseDouble(red[i]))).isEqualTo(colour >> 16 & 0xff);
      assertThat(Math.round(255 * Double.parseDouble(green[i]))).isEqualTo(colour >> 8 & 0xff);
      assertThat(Math.round(255 * Double.parseDouble(blue[i]))).isEqualTo(colour & 0xff);
    }
  }

  private static Layers layers() {
    return Layers.of(
        new RgbImage(WIDTH, HEIGHT, new byte[3 * WIDTH * HEIGHT]),
        new MaskView(WIDTH, HEIGHT, (x, y) -> x >= 100 && x < 400 && y >= 400 && y < 860),
        scores(),
        new ScoreRange(2, 10));
  }

  private static float[] scores() {
    float[] scores = new float[WIDTH * HEIGHT];
    for (int i = 0; i < scores.length; i++) {
      scores[i] = (float) (12.0 * (i % WIDTH) / WIDTH * Math.floorDiv(i, WIDTH) / HEIGHT);
    }
    return scores;
  }

  private static BufferedImage image(byte[] file) throws IOException {
    return ImageIO.read(new ByteArrayInputStream(file));
  }
}
