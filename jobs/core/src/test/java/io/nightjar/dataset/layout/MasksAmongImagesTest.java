package io.nightjar.dataset.layout;

import static org.assertj.core.api.Assertions.assertThat;

import io.nightjar.dataset.Category;
import io.nightjar.dataset.ImageRef;
import io.nightjar.dataset.ledger.PassedOver.Kind;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import javax.imageio.ImageIO;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MasksAmongImagesTest {
  @TempDir private Path root;

  @Test
  void labelImagesByTheirNamesAreNoImages() throws IOException {
    for (int i = 0; i < 3; i++) {
      photo("kos01/Part" + i + ".jpg");
      mask("kos01/Part" + i + "_label.bmp");
    }
    photo("a.png");
    mask("a_mask.PNG");
    photo("b.png");
    mask("b.png_GT.png");
    mask("only_mask.png");

    Category nut = learn();

    assertThat(nut.train())
        .extracting(ImageRef::relativePath)
        .containsExactly(
            "a.png",
            "b.png",
            "kos01/Part0.jpg",
            "kos01/Part1.jpg",
            "kos01/Part2.jpg",
            "only_mask.png");
    assertThat(passedOver(nut)).isEqualTo(5);
  }

  @Test
  void theMaskOfAPairIsTheOneOfFewColours() throws IOException {
    for (int i = 0; i < 7; i++) {
      photo("exp" + i + ".jpg");
      mask("exp" + i + ".png");
    }

    Category nut = learn();

    assertThat(nut.train()).hasSize(7).allMatch(image -> image.uri().endsWith(".jpg"));
    assertThat(passedOver(nut)).isEqualTo(7);
  }

  @Test
  void twoPhotosOfOneStemAreTwoImages() throws IOException {
    photo("a.jpg");
    photo("a.png");
    mask("b.bmp");
    mask("b.png");

    Category nut = learn();

    assertThat(nut.train()).hasSize(4);
    assertThat(passedOver(nut)).isZero();
  }

  @Test
  void pairsThatDifferAmongOneAnotherAreImages() throws IOException {
    photo("a.jpg");
    mask("a.png");
    photo("b.jpg");
    photo("b.png");

    assertThat(learn().train()).hasSize(4);
  }

  private Category learn() {
    return NormalImages.list(root.toString(), List.of("nut"), new Configuration()).get(0);
  }

  private static long passedOver(Category category) {
    return category.inputs().passedOver().stream()
        .filter(kind -> kind.kind() == Kind.MASK_AMONG_IMAGES)
        .mapToLong(kind -> kind.count())
        .sum();
  }

  private void photo(String name) throws IOException {
    write(name, (x, y) -> 0x010101 * (x * 7 + y * 3) + 40 * x);
  }

  private void mask(String name) throws IOException {
    write(name, (x, y) -> x > 10 && y > 12 ? 0xffffff : 0);
  }

  private interface Colours {
    int at(int x, int y);
  }

  private void write(String name, Colours colours) throws IOException {
    BufferedImage image = new BufferedImage(20, 16, BufferedImage.TYPE_INT_RGB);
    for (int y = 0; y < 16; y++) {
      for (int x = 0; x < 20; x++) {
        image.setRGB(x, y, colours.at(x, y));
      }
    }
    Path file = root.resolve(name);
    Files.createDirectories(file.getParent());
    String format = name.substring(name.lastIndexOf('.') + 1).toLowerCase(java.util.Locale.ROOT);
    assertThat(ImageIO.write(image, format, file.toFile())).isTrue();
  }
}
