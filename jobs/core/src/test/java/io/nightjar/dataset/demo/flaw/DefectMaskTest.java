package io.nightjar.dataset.demo.flaw;

import static org.assertj.core.api.Assertions.assertThat;

import io.nightjar.dataset.demo.canvas.PaintedImage;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class DefectMaskTest {
  private static final int SIZE = 9;

  @Test
  void closesThePinholeBetweenChangedPixels() {
    DefectMask mask = DefectMask.between(image(), image(3, 4, 1, 5, 4, 1));

    assertThat(positions(mask)).containsExactly("3,4", "4,4", "5,4");
  }

  @Test
  void keepsPixelsFarApartSeparate() {
    DefectMask mask = DefectMask.between(image(), image(0, 0, 1, 8, 8, 1));

    assertThat(positions(mask)).containsExactly("0,0", "8,8");
  }

  @Test
  void isVisibleFromFourPixelsThatClearlyChanged() {
    assertThat(DefectMask.between(image(), image(1, 1, 24, 2, 1, 24, 3, 1, 24)).visible())
        .isFalse();
    assertThat(DefectMask.between(image(), image(1, 1, 24, 2, 1, 24, 3, 1, 24, 4, 1, 23)).visible())
        .isFalse();
    assertThat(DefectMask.between(image(), image(1, 1, 24, 2, 1, 24, 3, 1, 24, 4, 1, 24)).visible())
        .isTrue();
  }

  /** A grey image; of each (x, y, change) the green is brighter by the change. */
  private static PaintedImage image(int... changes) {
    byte[] pixels = new byte[SIZE * SIZE * 3];
    java.util.Arrays.fill(pixels, (byte) 120);
    for (int i = 0; i < changes.length; i += 3) {
      int at = (changes[i + 1] * SIZE + changes[i]) * 3 + 1;
      pixels[at] = (byte) (120 + changes[i + 2]);
    }
    return new PaintedImage(SIZE, pixels);
  }

  private static List<String> positions(DefectMask mask) {
    List<String> positions = new ArrayList<>();
    for (int y = 0; y < SIZE; y++) {
      for (int x = 0; x < SIZE; x++) {
        if (mask.at(x, y)) {
          positions.add(x + "," + y);
        }
      }
    }
    return positions;
  }
}
