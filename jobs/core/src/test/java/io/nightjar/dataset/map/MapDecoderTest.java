package io.nightjar.dataset.map;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.nightjar.dataset.image.TestImages;
import io.nightjar.dataset.image.UnreadableFileException;
import io.nightjar.testing.MapFiles;
import io.nightjar.testing.TiffFiles;
import java.awt.color.ColorSpace;
import java.awt.image.BufferedImage;
import java.awt.image.DataBuffer;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;
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

  /**
   * 8 x 6 numbers, (x - 3) / 8 + y / 1000 rounded to float32, by libtiff 4.5.0: {@code tiffcp -c
   * zip:3}.
   */
  @Test
  void undoesTheFloatingPointPredictorAsLibtiff() throws UnreadableFileException {
    DecodedMap map =
        MapDecoder.decode(
            HexFormat.of()
                .parseHex(
                    "49492a00b6000000789cdbc7c0e064c7c0c0d878a08181a1c1c181010dec63f85fcbc2c0c0d8b0"
                        + "bfbeadaedec1a1a6f697fc975a867d6bdfdedeb9ed2d43f93e86ff75cc0c0c8cf5fbeb38fed73b"
                        + "d8fffcf545fbd72f86da88dbdb996edf66780b97df57ebbdbfcec1beacfcdd81f272066bd61393"
                        + "9a4f9e604885c9d7edabe969ac73b0fff4e5b90bdb17865f1bb6e74c53d9ce701b2ebfb77a5d52"
                        + "ad837d7ee14351f742861db14bdcabd72d6108020059724d0b0012000001030001000000080000"
                        + "000101030001000000060000000201030001000000200000000301030001000000080000000601"
                        + "030001000000010000000e01020012000000a40100001101040001000000080000001201030001"
                        + "000000010000001501030001000000010000001601030001000000060000001701040001000000"
                        + "ad0000001a01050001000000940100001b010500010000009c0100001c01030001000000010000"
                        + "00280103000100000001000000310102000c000000b60100003d01030001000000030000005301"
                        + "0300010000000300000000000000010000000100000001000000010000007b227368617065223a"
                        + "205b362c20385d7d007469666666696c652e707900"),
            "000.tif");

    for (int y = 0; y < 6; y++) {
      for (int x = 0; x < 8; x++) {
        assertThat(map.values()[8 * y + x]).isEqualTo((float) ((x - 3) / 8.0 + y / 1000.0));
      }
    }
  }

  /**
   * 8 x 6 numbers, (x - 3) / 3 + y / 10^9, of 64 bits under WhiteIsZero: {@code tiffcp -c lzw:3}.
   */
  @Test
  void readsDoublesUnderWhiteIsZeroAsLibtiff() throws UnreadableFileException {
    DecodedMap map =
        MapDecoder.decode(
            HexFormat.of()
                .parseHex(
                    "49492a0034010000802fc0000208fe060058bd5e02b6a84016050595400ab8945229138a9562f1"
                        + "b8d466311c8fc7a2902001fc0307583d9e03c624380a0a2b001b2278c2aa62b6254d62494373fe"
                        + "28212a9ddc8423b198acf52aa40c46047bccaa942aa81fe7f501f0ab24934a2544c5a4ba61329a"
                        + "4526c009c46152567fa54deff55155305576bdee140209543e43200807455ab1097a3d2112eaf0"
                        + "3acc0e52f02a2b2bd31382426b315e112cc557fa28f8fe9b034ac630f14cc8dd2aa2cacaf472d9"
                        + "5e822a994aae263ac5c41cc1c964f8695171498bb063ec9398a2a0acfe4b9c7305542155b41d3d"
                        + "36d2e566b1547e04010f9945626955063a5d20ddbb1c28030e60506e048dcdd0e58f1854155fa9"
                        + "33c3f952557d158a03a41944a655111559c9b16b38222b06c2a8464f1a81197a2aa02012000001"
                        + "030001000000080000000101030001000000060000000201030001000000400000000301030001"
                        + "000000050000000601030001000000000000000e01020012000000220200001101040001000000"
                        + "080000001201030001000000010000001501030001000000010000001601030001000000060000"
                        + "0017010400010000002c0100001a01050001000000120200001b010500010000001a0200001c01"
                        + "03000100000001000000280103000100000001000000310102000c000000340200003d01030001"
                        + "000000030000005301030001000000030000000000000001000000010000000100000001000000"
                        + "7b227368617065223a205b362c20385d7d007469666666696c652e707900"),
            "000.tif");

    assertThat(map.isWide()).isTrue();
    for (int y = 0; y < 6; y++) {
      for (int x = 0; x < 8; x++) {
        assertThat(map.wide()[8 * y + x]).isEqualTo((x - 3) / 3.0 + y * 1e-9);
        assertThat(map.values()[8 * y + x]).isEqualTo((float) ((x - 3) / 3.0 + y * 1e-9));
      }
    }
  }

  /** 0x3555 is 1365/4096 = 0.333252, 0xc000 is -2, 1 is the smallest, 2^-24. */
  @ParameterizedTest
  @ValueSource(strings = {"II", "MM"})
  void readsHalfFloats(String order) throws UnreadableFileException {
    ByteOrder bytes = order.equals("II") ? ByteOrder.LITTLE_ENDIAN : ByteOrder.BIG_ENDIAN;
    byte[] halves =
        ByteBuffer.allocate(8)
            .order(bytes)
            .putShort((short) 0x3555)
            .putShort((short) 0xc000)
            .putShort((short) 1)
            .putShort((short) 0x7bff)
            .array();
    String type = order.equals("II") ? "<f2" : ">f2";

    float[] expected = {1365 / 4096f, -2, 0x1p-24f, 65504};
    assertThat(
            MapDecoder.decode(MapFiles.npy(1, type, "False", "(2, 2)", halves), "0.npy").values())
        .containsExactly(expected);
    assertThat(
            MapDecoder.decode(
                    TiffFiles.of(2, 2, 16, 1).order(bytes).with(339, 3).write(halves), "0.tiff")
                .values())
        .containsExactly(expected);
  }

  @Test
  void keepsTheStoredValuesUnderWhiteIsZero() throws UnreadableFileException {
    byte[] rows = MapFiles.littleEndian(VALUES);

    assertSame(
        MapDecoder.decode(
            TiffFiles.of(WIDTH, HEIGHT, 32, 1).with(262, 0).with(339, 3).write(rows), "0.tiff"));
  }

  @Test
  void refusesSamplesThatAreNoScores() {
    byte[] rows = MapFiles.littleEndian(VALUES);

    assertRefused(
        TiffFiles.of(WIDTH, HEIGHT, 32, 1).with(339, 1).write(rows),
        "0.tiff",
        "1 channels of unsigned samples of 32 bits",
        "floating point");
    assertRefused(
        TiffFiles.of(WIDTH, HEIGHT, 32, 1).with(339, 2).write(rows), "0.tiff", "signed samples");
    assertRefused(
        TiffFiles.of(WIDTH, HEIGHT, 32, 1).compression(50000).with(339, 3).write(rows),
        "0.tiff",
        "Zstandard");
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

  @ParameterizedTest
  @ValueSource(strings = {"000.npy", "000.tiff", "000.png"})
  void namesWhatIsInPlaceOfAMap(String name) {
    byte[] page = "<!DOCTYPE html><html>".getBytes(StandardCharsets.UTF_8);

    assertRefused(page, name, "It is no map but an HTML page", "download the file again");
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
