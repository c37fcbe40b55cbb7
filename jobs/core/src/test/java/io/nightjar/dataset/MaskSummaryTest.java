package io.nightjar.dataset;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.nightjar.dataset.image.TestImages;
import io.nightjar.dataset.image.UnreadableFileException;
import io.nightjar.testing.TiffFiles;
import java.awt.image.BufferedImage;
import java.awt.image.DataBuffer;
import java.awt.image.IndexColorModel;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.stream.IntStream;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Masks as different tools write them: the rule that auto chooses, and the pixels that it marks.
 */
class MaskSummaryTest {
  @Test
  void ofMasksOf0And255BothRulesSayTheSame() throws Exception {
    byte[] mask = grey(8, 0, 255, 255, 0);

    assertThat(summary(mask).isAmbiguous()).isFalse();
    assertThat(summary(mask).rule()).isEqualTo(MaskValues.ABOVE_127);
    assertMarks(mask, MaskValues.AUTO, 1, 2);
    assertMarks(mask, MaskValues.NONZERO, 1, 2);
  }

  @Test
  void ofMasksOf0And1EveryOneCounts() throws Exception {
    byte[] mask = grey(8, 0, 1, 0, 1);

    assertNonZero(mask, "1 (8 bits, grey)");
    assertMarks(mask, MaskValues.AUTO, 1, 3);
    assertMarks(mask, MaskValues.ABOVE_127);
  }

  @Test
  void classNumbersCountAll() throws Exception {
    assertNonZero(grey(8, 0, 1, 2, 14), "14 (8 bits, grey)");
    byte[] many = grey(8, 0, 1, 2, 130);
    assertNonZero(many, "130 (8 bits, grey)");
    assertMarks(many, MaskValues.AUTO, 1, 2, 3);
  }

  @Test
  void sixteenBitsOf0And255CountAll() throws Exception {
    byte[] mask = grey(16, 0, 255, 255, 0);

    assertNonZero(mask, "255 (16 bits, grey)");
    assertMarks(mask, MaskValues.AUTO, 1, 2);
  }

  /** labelme's palette: class 1 is (128, 0, 0), of luma 38; class 7 is (128, 128, 128). */
  @Test
  void coloursOfAPaletteCountAll() throws Exception {
    byte[] mask = palette(new int[] {0, 0x800000, 0x008000, 0x808080}, 0, 1, 2, 3);

    assertNonZero(mask, "128 (8 bits, palette)");
    assertMarks(mask, MaskValues.AUTO, 1, 2, 3);
    assertNonZero(
        palette(new int[] {0, 0x800000, 0, 0}, 0, 1, 0, 1), "(128, 0, 0) (8 bits, palette)");
  }

  @Test
  void aBlackPaletteCountsByItsIndices() throws Exception {
    byte[] mask = palette(new int[] {0, 0, 0, 0}, 0, 2, 0, 1);

    assertNonZero(mask, "2 (8 bits, palette)");
    assertMarks(mask, MaskValues.AUTO, 1, 3);
  }

  /** A black that is not the palette's first colour is still the background. */
  @Test
  void theOrderOfAPaletteDoesNotMatter() throws Exception {
    assertMarks(palette(new int[] {0x800000, 0, 0, 0}, 0, 1, 1, 0), MaskValues.AUTO, 0, 3);
  }

  @Test
  void smoothedEdgesCountFromTheMiddleOn() throws Exception {
    int[] ramp = IntStream.rangeClosed(0, 255).toArray();
    byte[] mask = grey(8, ramp);

    assertThat(summary(mask).rule()).isEqualTo(MaskValues.ABOVE_127);
    assertMarks(mask, MaskValues.AUTO, IntStream.rangeClosed(128, 255).toArray());
    // 4 x 4 samples of a pixel give levels of 255 / 16.
    byte[] levels = grey(8, IntStream.rangeClosed(0, 16).map(i -> (255 * i + 8) / 16).toArray());
    assertThat(summary(levels).rule()).isEqualTo(MaskValues.ABOVE_127);
  }

  /** JPEG surrounds what it compresses with values near 0 and near 255. */
  @Test
  void noiseNearBlackCountsAsNormal() throws Exception {
    int[] values = IntStream.range(0, 80).map(i -> i < 40 ? i / 2 : 216 + i / 2).toArray();

    assertThat(summary(grey(8, values)).rule()).isEqualTo(MaskValues.ABOVE_127);
  }

  @Test
  void oneRuleHoldsForACategory() throws Exception {
    MaskSummary zeroAndOne = summary(grey(8, 0, 1));
    MaskSummary blackAndWhite = summary(grey(8, 0, 255));
    MaskSummary smooth = summary(grey(8, IntStream.rangeClosed(0, 255).toArray()));

    assertThat(blackAndWhite.plus(zeroAndOne).rule()).isEqualTo(MaskValues.NONZERO);
    assertThat(zeroAndOne.plus(blackAndWhite).rule()).isEqualTo(MaskValues.NONZERO);
    assertThat(smooth.plus(blackAndWhite).rule()).isEqualTo(MaskValues.ABOVE_127);
    assertThat(MaskSummary.NONE.plus(blackAndWhite).rule()).isEqualTo(MaskValues.ABOVE_127);
    assertThat(zeroAndOne.plus(blackAndWhite).brightest()).isEqualTo("255 (8 bits, grey)");
  }

  @Test
  void tiffMasksAreReadAsStored() throws Exception {
    byte[] mask = TiffFiles.of(4, 1, 8, 1).write(new byte[] {0, 1, 0, 1});
    byte[] whiteIsZero = TiffFiles.of(4, 1, 8, 1).with(262, 0).write(new byte[] {-1, -2, -1, -2});

    assertNonZero(mask, "1 (8 bits, grey)");
    assertNonZero(whiteIsZero, "1 (8 bits, grey)");
    assertMarks(whiteIsZero, MaskValues.AUTO, 1, 3);
  }

  @Test
  void anEmptyMaskSaysWhatItHolds(@TempDir Path folder) throws Exception {
    assertThatThrownBy(() -> truth(folder, grey(16, 0, 100, 0, 0), MaskValues.ABOVE_127))
        .isInstanceOf(UnreadableFileException.class)
        .hasMessageEndingWith(
            "is empty: its largest value is 100 (16 bits, grey), which is 0 of 255, and values above"
                + " 127 mark defects; use --mask-values nonzero, or save it with 0 and 255.");
    assertThatThrownBy(() -> truth(folder, grey(8, 0, 0, 0, 0), MaskValues.AUTO))
        .hasMessageEndingWith("is empty: its largest value is 0 (8 bits, grey).");
    assertThat(truth(folder, grey(16, 0, 100, 0, 0), MaskValues.AUTO).mask().positives())
        .isEqualTo(1);
  }

  private static GroundTruth truth(Path folder, byte[] mask, MaskValues values)
      throws IOException, UnreadableFileException {
    String file = TestImages.write(folder.resolve("000_mask.png"), mask).toUri().toString();
    ImageRef image = new ImageRef("c", Split.TEST, "cut", "test/cut/000.png", "file:/x", file);
    return GroundTruth.ofDefective(image, values, new Configuration());
  }

  private static void assertNonZero(byte[] mask, String brightest) throws Exception {
    MaskSummary summary = summary(mask);
    assertThat(summary.rule()).isEqualTo(MaskValues.NONZERO);
    assertThat(summary.isAmbiguous()).isTrue();
    assertThat(summary.brightest()).isEqualTo(brightest);
  }

  private static void assertMarks(byte[] file, MaskValues values, int... columns) throws Exception {
    Mask mask = Mask.decode(file, "x", values);
    assertThat(IntStream.range(0, mask.width()).filter(x -> mask.get(x, 0)))
        .containsExactly(Arrays.stream(columns).boxed().toArray(Integer[]::new));
  }

  private static MaskSummary summary(byte[] mask) throws UnreadableFileException {
    return MaskSummary.of(mask, "x");
  }

  private static byte[] grey(int bits, int... values) throws IOException {
    int type = bits == 8 ? BufferedImage.TYPE_BYTE_GRAY : BufferedImage.TYPE_USHORT_GRAY;
    BufferedImage image = new BufferedImage(values.length, 1, type);
    image.getRaster().setSamples(0, 0, values.length, 1, 0, values);
    return TestImages.encode(image, "png");
  }

  private static byte[] palette(int[] colours, int... indices) throws IOException {
    int[] padded = Arrays.copyOf(colours, 17); // so that ImageIO stores 8 bits
    IndexColorModel model = new IndexColorModel(8, 17, padded, 0, false, -1, DataBuffer.TYPE_BYTE);
    BufferedImage image =
        new BufferedImage(indices.length, 1, BufferedImage.TYPE_BYTE_INDEXED, model);
    image.getRaster().setSamples(0, 0, indices.length, 1, 0, indices);
    return TestImages.encode(image, "png");
  }
}
