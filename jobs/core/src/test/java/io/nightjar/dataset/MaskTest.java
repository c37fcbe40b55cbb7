package io.nightjar.dataset;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.nightjar.dataset.image.FileBytes;
import io.nightjar.dataset.image.TestImages;
import io.nightjar.dataset.layout.MvtecAdLayout;
import io.nightjar.testing.SharedFiles;
import java.awt.image.BufferedImage;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MaskTest {
  @Test
  void eightBitsAreMarkedAbove127() throws Exception {
    assertThat(row(samples(BufferedImage.TYPE_BYTE_GRAY, 0, 127, 128, 255)))
        .containsExactly(false, false, true, true);
  }

  @Test
  void sixteenBitsAreMarkedFromTheMiddleOn() throws Exception {
    // 32767 / 257 = 127.498 rounds to 127, 32768 / 257 = 127.502 to 128.
    assertThat(row(samples(BufferedImage.TYPE_USHORT_GRAY, 0, 32767, 32768, 65535)))
        .containsExactly(false, false, true, true);
  }

  @Test
  void oneBitIsMarkedWhereWhite() throws Exception {
    assertThat(row(TestImages.bits(4, 1, 3))).containsExactly(false, false, false, true);
  }

  @Test
  void coloursCountByTheirLuma() throws Exception {
    // 0.587 * 216 = 126.8 and 0.587 * 218 = 128.0; red and blue alone stay below.
    BufferedImage image = new BufferedImage(4, 1, BufferedImage.TYPE_3BYTE_BGR);
    int[][] colours = {{255, 0, 0}, {0, 216, 0}, {0, 218, 0}, {128, 128, 128}};
    for (int x = 0; x < 4; x++) {
      image.getRaster().setPixel(x, 0, colours[x]);
    }
    assertThat(row(image)).containsExactly(false, false, true, true);
  }

  @Test
  void aPaletteCountsByItsColours() throws Exception {
    BufferedImage image = TestImages.palette();
    for (int x = 0; x < 4; x++) {
      image.getRaster().setSample(x, 0, 0, x);
    }
    // Lumas 0, 76, 84 and 185.
    assertThat(row(image)).startsWith(false, false, false, true);
  }

  @Test
  void positivesCountOverWordBoundaries() throws Exception {
    Mask mask = decode(TestImages.bits(130, 3, 60));
    assertThat(mask.positives()).isEqualTo(3 * 70);
    assertThat(mask.get(59, 2)).isFalse();
    assertThat(mask.get(64, 2)).isTrue();
    assertThat(mask.get(129, 0)).isTrue();
  }

  @Test
  void anEmptyMaskMarksNoPixel() {
    Mask mask = Mask.empty(70, 2);
    assertThat(mask.positives()).isZero();
    assertThat(mask.width()).isEqualTo(70);
    assertThat(mask.height()).isEqualTo(2);
  }

  @Test
  void nearestTakesThePixelUnderTheCentre() throws Exception {
    // Centres at (i + 0.5) * 5 / 3 = 0.83, 2.5, 4.17: columns 0, 2 and 4.
    BufferedImage image = samples(BufferedImage.TYPE_BYTE_GRAY, 255, 0, 0, 0, 255);
    assertThat(rows(decode(image).resizeNearest(3, 1), 0)).containsExactly(true, false, true);
  }

  @Test
  void nearestRepeatsPixelsWhereItEnlarges() throws Exception {
    BufferedImage image = samples(BufferedImage.TYPE_BYTE_GRAY, 0, 255);
    Mask mask = decode(image).resizeNearest(5, 2);
    // Centres at 0.2, 0.6, 1.0, 1.4, 1.8.
    assertThat(rows(mask, 1)).containsExactly(false, false, true, true, true);
  }

  @Test
  void aPixelOutsideIsRefused() {
    assertThatThrownBy(() -> Mask.empty(3, 2).get(3, 0))
        .hasMessage("There is no pixel (3, 0) in a mask of 3 x 2");
  }

  @Test
  void theReferenceSliceHasTheSamePositives() throws Exception {
    JsonNode slice =
        new ObjectMapper().readTree(Files.readAllBytes(SharedFiles.reference("bottle_slice.json")));
    Path root = SharedFiles.mvtecAd();
    Configuration conf = new Configuration();
    Set<String> names = new HashSet<>();
    slice.get("test").forEach(name -> names.add(name.asText()));
    assertThat(names).hasSize(20);
    Category bottle = MvtecAdLayout.list(root.toString(), List.of("bottle"), conf).get(0);
    long original = 0;
    long small = 0;
    for (ImageRef image : bottle.test()) {
      if (names.contains(image.relativePath()) && image.hasMask()) {
        Mask mask = Mask.decode(FileBytes.read(image.maskUri(), conf), image.maskUri());
        original += mask.positives();
        small += mask.resizeNearest(224, 224).positives();
      }
    }
    JsonNode metrics = slice.get("metrics");
    assertThat(original).isEqualTo(metrics.get("original").get("positives").asLong());
    assertThat(small).isEqualTo(metrics.get("224").get("positives").asLong());
  }

  private static Mask decode(BufferedImage image) throws Exception {
    return Mask.decode(TestImages.encode(image, "png"), "x");
  }

  private static boolean[] row(BufferedImage image) throws Exception {
    return rows(decode(image), 0);
  }

  private static boolean[] rows(Mask mask, int y) {
    boolean[] row = new boolean[mask.width()];
    mask.row(y, row);
    return row;
  }

  private static BufferedImage samples(int type, int... values) {
    BufferedImage image = new BufferedImage(values.length, 1, type);
    for (int x = 0; x < values.length; x++) {
      image.getRaster().setSample(x, 0, 0, values[x]);
    }
    return image;
  }

  @ParameterizedTest
  @CsvSource({"1,1,0", "64,3,10", "65,7,64", "200,90,199", "130,2,130"})
  void packingKeepsEveryBit(int width, int height, int firstWhite) throws Exception {
    Mask mask =
        Mask.decode(
            TestImages.encode(TestImages.bits(width, height, firstWhite), "png"), "mask.png");

    Mask unpacked = mask.pack().unpack();

    assertThat(unpacked.positives()).isEqualTo((long) (width - firstWhite) * height);
    for (int y = 0; y < height; y++) {
      for (int x = 0; x < width; x++) {
        assertThat(unpacked.get(x, y)).isEqualTo(x >= firstWhite);
      }
    }
  }
}
