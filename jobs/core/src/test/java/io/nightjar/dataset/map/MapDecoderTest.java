package io.nightjar.dataset.map;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.nightjar.dataset.image.TestImages;
import io.nightjar.dataset.image.UnreadableFileException;
import io.nightjar.testing.MapFiles;
import java.awt.color.ColorSpace;
import java.awt.image.BufferedImage;
import java.awt.image.DataBuffer;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.Random;
import javax.imageio.IIOImage;
import javax.imageio.ImageIO;
import javax.imageio.ImageTypeSpecifier;
import javax.imageio.ImageWriteParam;
import javax.imageio.ImageWriter;
import javax.imageio.stream.MemoryCacheImageOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class MapDecoderTest {
  private static final int WIDTH = 7;
  private static final int HEIGHT = 5;
  private static final float[] VALUES = values();

  private static float[] values() {
    Random random = new Random(3);
    float[] values = new float[WIDTH * HEIGHT];
    for (int i = 0; i < values.length; i++) {
      values[i] = (float) random.nextGaussian() * 1e-3f;
    }
    return values;
  }

  @ParameterizedTest
  @CsvSource({"II,5,false", "II,1,false", "II,2,true", "MM,5,false", "MM,3,true"})
  void readsFloatTiffOfEitherByteOrderInStrips(String order, int rows, boolean deflated)
      throws UnreadableFileException {
    ByteOrder bytes = order.equals("II") ? ByteOrder.LITTLE_ENDIAN : ByteOrder.BIG_ENDIAN;

    assertSame(
        MapDecoder.decode(
            MapFiles.tiff(VALUES, WIDTH, HEIGHT, bytes, rows, deflated), "maps/000.TIFF"));
  }

  @Test
  void readsFloatTiffPackedByLzw() throws IOException, UnreadableFileException {
    assertSame(MapDecoder.decode(lzw(), "000.tif"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {"1;(5, 7)", "1;(1, 5, 7)", "2;(5, 7, 1)", "3;(1, 1, 5, 7, 1)"})
  void readsNpyOfEveryVersionWithDimensionsOfOne(int version, String shape)
      throws UnreadableFileException {
    byte[] file = MapFiles.npy(version, "<f4", "False", shape, MapFiles.littleEndian(VALUES));

    assertSame(MapDecoder.decode(file, "000.npy"));
  }

  @Test
  void roundsNpyOfDoublesToFloats() throws UnreadableFileException {
    ByteBuffer doubles = ByteBuffer.allocate(8 * VALUES.length).order(ByteOrder.BIG_ENDIAN);
    for (float value : VALUES) {
      doubles.putDouble(value + 1e-14);
    }

    assertSame(
        MapDecoder.decode(MapFiles.npy(1, ">f8", "False", "(5, 7)", doubles.array()), "000.npy"));
  }

  @Test
  void readsTheValuesOfGreyPngUnchanged() throws IOException, UnreadableFileException {
    for (BufferedImage image : new BufferedImage[] {TestImages.grey(), TestImages.grey16()}) {
      DecodedMap map = MapDecoder.decode(TestImages.encode(image, "png"), "000.png");

      float[] expected = new float[image.getWidth() * image.getHeight()];
      image.getRaster().getSamples(0, 0, image.getWidth(), image.getHeight(), 0, expected);
      assertThat(map.values()).containsExactly(expected);
      assertThat(map.width()).isEqualTo(image.getWidth());
    }
  }

  @Test
  void refusesColour() throws IOException {
    assertRefused(TestImages.encode(TestImages.rgb(), "png"), "000.png", "grey");
    assertRefused(TestImages.encode(TestImages.rgb(), "tiff"), "000.tiff", "floating point");
    assertRefused(TestImages.encode(TestImages.grey16(), "tiff"), "0.tiff", "floating point");
  }

  @ParameterizedTest
  @ValueSource(floats = {Float.NaN, Float.POSITIVE_INFINITY, Float.NEGATIVE_INFINITY})
  void refusesScoresThatAreNotFinite(float value) {
    float[] values = VALUES.clone();
    values[2 * WIDTH + 3] = value;

    String[] words = {Float.toString(value), "column 3", "row 2"};
    assertRefused(MapFiles.npy(values, WIDTH, HEIGHT), "000.npy", words);
    assertRefused(MapFiles.tiff(values, WIDTH, HEIGHT), "000.tiff", words);
  }

  @Test
  void refusesTruncatedFiles() throws IOException {
    byte[] npy = MapFiles.npy(VALUES, WIDTH, HEIGHT);
    byte[] tiff = MapFiles.tiff(VALUES, WIDTH, HEIGHT);
    byte[] png = TestImages.encode(TestImages.grey16(), "png");

    for (int length : new int[] {1, 9, 40, npy.length - 1}) {
      assertRefused(Arrays.copyOf(npy, length), "000.npy");
    }
    for (int length : new int[] {1, 9, 40, tiff.length - 1}) {
      assertRefused(Arrays.copyOf(tiff, length), "000.tiff");
    }
    for (int length : new int[] {1, 9, 40, png.length - 1}) {
      assertRefused(Arrays.copyOf(png, length), "000.png");
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "<f4; True; (5, 7); Fortran",
        "<i8; False; (5, 7); float32",
        "<f4; False; (35,); shape",
        "<f4; False; (5, 7, 3); shape",
        "<f4; False; (2, 5, 7); shape",
        "<f4; False; (); shape",
        "<f4; False; (0, 7); shape",
        "<f4; False; (5, 6); follow",
        "<f4; False; (5, 99999999999); shape",
        "<f4; False; (500000, 700000); at most",
      })
  void saysWhatIsWrongWithAnArray(String type, String fortran, String shape, String word) {
    assertRefused(
        MapFiles.npy(1, type, fortran, shape, MapFiles.littleEndian(VALUES)), "000.npy", word);
  }

  @Test
  void refusesContentThatItsNameDoesNotPromise() throws IOException {
    assertRefused(MapFiles.npy(VALUES, WIDTH, HEIGHT), "000.tiff", "TIFF");
    assertRefused(TestImages.encode(TestImages.grey(), "png"), "000.npy", ".npy");
    assertRefused(MapFiles.tiff(VALUES, WIDTH, HEIGHT), "000.png", "PNG");
  }

  private static void assertSame(DecodedMap map) {
    assertThat(map.width()).isEqualTo(WIDTH);
    assertThat(map.height()).isEqualTo(HEIGHT);
    assertThat(map.values()).containsExactly(VALUES);
  }

  private static void assertRefused(byte[] file, String name, String... words) {
    assertThatThrownBy(() -> MapDecoder.decode(file, "maps/" + name))
        .isInstanceOfSatisfying(
            UnreadableFileException.class,
            e -> {
              assertThat(e.uri()).isEqualTo("maps/" + name);
              assertThat(e.reason()).endsWith(".");
              for (String word : words) {
                assertThat(e.reason()).contains(word);
              }
            });
  }

  /** By another writer than the tests' own. */
  private static byte[] lzw() throws IOException {
    BufferedImage image =
        ImageTypeSpecifier.createBanded(
                ColorSpace.getInstance(ColorSpace.CS_GRAY),
                new int[] {0},
                new int[] {0},
                DataBuffer.TYPE_FLOAT,
                false,
                false)
            .createBufferedImage(WIDTH, HEIGHT);
    image.getRaster().setSamples(0, 0, WIDTH, HEIGHT, 0, VALUES);
    ImageWriter writer = ImageIO.getImageWritersByFormatName("tiff").next();
    ImageWriteParam param = writer.getDefaultWriteParam();
    param.setCompressionMode(ImageWriteParam.MODE_EXPLICIT);
    param.setCompressionType("LZW");
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (MemoryCacheImageOutputStream out = new MemoryCacheImageOutputStream(bytes)) {
      writer.setOutput(out);
      writer.write(null, new IIOImage(image, null, null), param);
    } finally {
      writer.dispose();
    }
    return bytes.toByteArray();
  }
}
