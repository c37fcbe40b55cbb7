package io.nightjar.dataset.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.nightjar.dataset.decode.ImageDecoder;
import io.nightjar.testing.SharedFiles;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.nio.file.Files;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BilinearResizeTest {
  private static final double[] IMAGENET_MEAN = {0.485, 0.456, 0.406};
  private static final double[] IMAGENET_STD = {0.229, 0.224, 0.225};

  @Test
  void halvingWeighsByATriangleOfTwoPixelsReach() {
    // Weights 3/7, 3/7, 1/7: (3 * 0 + 3 * 70 + 140) / 7 and (70 + 3 * 140 + 3 * 210) / 7.
    assertThat(BilinearResize.resize(grey(4, 1, 0, 70, 140, 210), 2, 1))
        .usingRecursiveComparison()
        .isEqualTo(grey(2, 1, 50, 160));
  }

  @Test
  void doublingTakesAQuarterOfTheNeighbour() {
    assertThat(BilinearResize.resize(grey(1, 2, 0, 100), 1, 4))
        .usingRecursiveComparison()
        .isEqualTo(grey(1, 4, 0, 25, 75, 100));
  }

  @Test
  void thePassesRoundBetweenThem() {
    // Rows first: (0 + 1) / 2 rounds to 1 and (0 + 0) / 2 to 0; then (1 + 0) / 2 rounds to 1.
    assertThat(BilinearResize.resize(grey(2, 2, 0, 1, 0, 0), 1, 1))
        .usingRecursiveComparison()
        .isEqualTo(grey(1, 1, 1));
  }

  @Test
  void theSameSizeGivesTheSamePixelsInANewArray() {
    RgbImage image = random(5, 3);
    RgbImage same = BilinearResize.resize(image, 5, 3);
    assertThat(same.pixels()).isEqualTo(image.pixels()).isNotSameAs(image.pixels());
  }

  @ParameterizedTest
  @CsvSource({"31,17,8,5", "31,17,1,1", "8,5,31,17", "31,5,8,17", "100,3,33,3", "1,1,4,6"})
  void agreesWithAverageInDoublePrecision(int width, int height, int newWidth, int newHeight) {
    RgbImage image = random(width, height);
    RgbImage resized = BilinearResize.resize(image, newWidth, newHeight);
    double[] columns = average(widen(image.pixels()), height, width, newWidth, 3);
    double[] exact = average(columns, 1, height, newHeight, 3 * newWidth);
    for (int i = 0; i < exact.length; i++) {
      // Two roundings to whole grey values: at most a half each.
      assertThat((double) (resized.pixels()[i] & 0xff)).isBetween(exact[i] - 1, exact[i] + 1);
    }
  }

  @Test
  void aSizeWithoutPixelsIsRefused() {
    assertThatThrownBy(() -> BilinearResize.resize(random(2, 2), 0, 2))
        .hasMessage("An image cannot be resized to 0 x 2 pixels");
  }

  /**
   * The reference names its tensor {@code input_chw} and its shape 3 x 224 x 224, but its values
   * lie row, column, channel: so read, the largest of each channel is the normalised 255 of that
   * channel and every value is a whole grey value; as labelled, neither holds.
   */
  @Test
  void equalsTheReferencePixelForPixel() throws Exception {
    FloatBuffer reference =
        tensor("bottle_broken_large_000.safetensors", "input_chw", 3 * 224 * 224);
    byte[] file =
        Files.readAllBytes(SharedFiles.mvtecAd().resolve("bottle/test/broken_large/000.png"));
    RgbImage image = BilinearResize.resize(ImageDecoder.decode(file, "000.png"), 224, 224);
    for (int i = 0; i < 3 * 224 * 224; i++) {
      double grey = 255 * (reference.get(i) * IMAGENET_STD[i % 3] + IMAGENET_MEAN[i % 3]);
      assertThat(grey).isCloseTo(image.pixels()[i] & 0xff, within(1e-4));
    }
  }

  /** One tensor of a safetensors file: length of the header, header in JSON, values. */
  private static FloatBuffer tensor(String file, String name, int count) throws Exception {
    ByteBuffer content = ByteBuffer.wrap(Files.readAllBytes(SharedFiles.reference(file)));
    content.order(ByteOrder.LITTLE_ENDIAN);
    int headerBytes = (int) content.getLong();
    byte[] header = new byte[headerBytes];
    content.get(header);
    JsonNode tensor = new ObjectMapper().readTree(header).get(name);
    assertThat(tensor.get("dtype").asText()).isEqualTo("F32");
    int start = 8 + headerBytes + tensor.get("data_offsets").get(0).asInt();
    return content.slice(start, 4 * count).order(ByteOrder.LITTLE_ENDIAN).asFloatBuffer();
  }

  /**
   * The weighted averages along the middle axis of [outer][size][inner], straight from the text.
   */
  private static double[] average(double[] in, int outer, int size, int newSize, int inner) {
    double[] out = new double[outer * newSize * inner];
    double scale = (double) size / newSize;
    double reach = Math.max(1, scale);
    for (int a = 0; a < outer; a++) {
      for (int i = 0; i < newSize; i++) {
        for (int b = 0; b < inner; b++) {
          double sum = 0;
          double weights = 0;
          for (int j = 0; j < size; j++) {
            double weight = Math.max(0, 1 - Math.abs((i + 0.5) * scale - (j + 0.5)) / reach);
            weights += weight;
            sum += weight * in[(a * size + j) * inner + b];
          }
          out[(a * newSize + i) * inner + b] = sum / weights;
        }
      }
    }
    return out;
  }

  private static double[] widen(byte[] pixels) {
    double[] values = new double[pixels.length];
    for (int i = 0; i < pixels.length; i++) {
      values[i] = pixels[i] & 0xff;
    }
    return values;
  }

  private static RgbImage random(int width, int height) {
    byte[] pixels = new byte[3 * width * height];
    new Random(5).nextBytes(pixels);
    return new RgbImage(width, height, pixels);
  }

  private static RgbImage grey(int width, int height, int... values) {
    byte[] pixels = new byte[3 * values.length];
    for (int i = 0; i < pixels.length; i++) {
      pixels[i] = (byte) values[i / 3];
    }
    return new RgbImage(width, height, pixels);
  }
}
