package io.nightjar.dataset;

import static org.assertj.core.api.Assertions.assertThat;

import io.nightjar.dataset.decode.Dimensions;
import io.nightjar.dataset.image.TestImages;
import java.awt.image.BufferedImage;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Random;
import java.util.function.IntBinaryOperator;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LabelImagesTest {
  private static final int SIDE = 400;

  @TempDir private Path folder;

  @ParameterizedTest
  @CsvSource({
    "png, 10",
    "png, 5",
    "png, 12",
    "bmp, 10",
    "bmp, 5",
    "bmp, 12",
    "tiff, 10",
    "tiff, 5"
  })
  void masksAreRecognisedByWhatTheyHold(String format, int type) throws Exception {
    assertThat(isLabelImage(drawn(type, (x, y) -> square(x, y) ? 0xffffff : 0), format)).isTrue();
    assertThat(isLabelImage(drawn(type, (x, y) -> 0), format)).as("black").isTrue();
  }

  /** JPEG keeps an even area, and no edge. */
  @Test
  void anEvenJpegIsOne() throws Exception {
    assertThat(isLabelImage(drawn(BufferedImage.TYPE_BYTE_GRAY, (x, y) -> 0), "jpg")).isTrue();
  }

  @ParameterizedTest
  @CsvSource({"png, 5", "bmp, 5", "bmp, 10", "jpg, 5", "tiff, 5", "tiff, 10"})
  void photographsAreRecognisedWithoutBeingDecoded(String format, int type) throws Exception {
    Random noise = new Random(1);
    BufferedImage photo =
        drawn(type, (x, y) -> 0x010101 * (x / 2 + 20 + noise.nextInt(12)) + noise.nextInt(8));
    byte[] file = TestImages.encode(photo, format);

    assertThat(LabelImages.mayBe(new Dimensions(SIDE, SIDE), file.length, start(file))).isFalse();
    assertThat(isLabelImage(photo, format)).isFalse();
  }

  /** Its file is as small as that of a mask. */
  @Test
  void aSmoothImageIsDecodedAndHasMoreColours() throws Exception {
    BufferedImage smooth = drawn(BufferedImage.TYPE_INT_RGB, (x, y) -> 0x010101 * x);
    byte[] file = TestImages.encode(smooth, "png");

    assertThat(LabelImages.mayBe(new Dimensions(SIDE, SIDE), file.length, start(file))).isTrue();
    assertThat(isLabelImage(smooth, "png")).isFalse();
  }

  @ParameterizedTest
  @CsvSource({"16, true", "17, false"})
  void sixteenColoursAreTheMost(int colours, boolean label) throws Exception {
    BufferedImage stripes =
        drawn(BufferedImage.TYPE_BYTE_GRAY, (x, y) -> 0x010101 * (x % colours) * 15);

    assertThat(isLabelImage(stripes, "png")).isEqualTo(label);
  }

  @Test
  void onlyTrainingImagesAreAsked() throws Exception {
    byte[] mask = TestImages.encode(drawn(BufferedImage.TYPE_BYTE_GRAY, (x, y) -> 0), "png");
    Path file = TestImages.write(folder.resolve("0.png"), mask);
    ImageRef test = new ImageRef("c", Split.TEST, "good", "test/good/0.png", "file:" + file, "");

    assertThat(Inspection.of(test, false, false, new Configuration()).labelImage()).isFalse();
  }

  private boolean isLabelImage(BufferedImage image, String format) throws Exception {
    Path file =
        TestImages.write(folder.resolve("image." + format), TestImages.encode(image, format));
    ImageRef train = new ImageRef("c", Split.TRAIN, "good", "image", "file:" + file, "");
    Inspection.Found found = Inspection.of(train, false, false, new Configuration());
    assertThat(found.reason()).isEmpty();
    return found.labelImage();
  }

  private static boolean square(int x, int y) {
    return x >= 120 && x < 150 && y >= 90 && y < 130;
  }

  private static BufferedImage drawn(int type, IntBinaryOperator colour) {
    BufferedImage image = new BufferedImage(SIDE, SIDE, type);
    for (int y = 0; y < SIDE; y++) {
      for (int x = 0; x < SIDE; x++) {
        image.setRGB(x, y, 0xff000000 | colour.applyAsInt(x, y));
      }
    }
    return image;
  }

  private static byte[] start(byte[] file) {
    return Arrays.copyOf(file, Math.min(file.length, 65_536));
  }
}
