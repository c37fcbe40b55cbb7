package io.nightjar.dataset.layout.known;

import static io.nightjar.testing.Drawn.black;
import static io.nightjar.testing.Drawn.marked;
import static io.nightjar.testing.Drawn.photo;
import static org.assertj.core.api.Assertions.assertThat;

import io.nightjar.dataset.Catalogue;
import io.nightjar.dataset.Category;
import io.nightjar.dataset.ledger.PassedOver.Kind;
import java.io.IOException;
import java.nio.file.Files;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Data sets of which a mask or a folder says which images show a defect, in no parts or two. */
class LabelsByMasksTest extends KnownLayoutFixture {

  @Test
  void ksddWhoseLabelImagesGiveTheLabels() throws IOException {
    for (int item = 1; item <= 5; item++) {
      photo(root, "kos0" + item + "/Part0.jpg", "kos0" + item + "/Part1.jpg");
      black(root, "kos0" + item + "/Part0_label.bmp");
    }
    black(root, "kos01/Part1_label.bmp", "kos04/Part1_label.bmp", "kos05/Part1_label.bmp");
    marked(root, "kos02/Part1_label.bmp");
    Files.write(root.resolve("kos03/Part1_label.bmp"), new byte[] {0});

    Catalogue found = everyPurpose("ksdd");

    assertThat(found.description())
        .isEqualTo(
            "KolektorSDD: 5 folders, of which every fifth with images without a defect has these"
                + " for test");
    String name = root.getFileName().toString();
    assertThat(lines(found))
        .containsExactly(
            name + " train good kos01/Part0.jpg",
            name + " train good kos01/Part1.jpg",
            name + " train good kos02/Part0.jpg",
            name + " train good kos03/Part0.jpg",
            name + " train good kos04/Part0.jpg",
            name + " train good kos04/Part1.jpg",
            name + " test defect kos02/Part1.jpg = kos02/Part1_label.bmp",
            name + " test good kos05/Part0.jpg",
            name + " test good kos05/Part1.jpg");
    Category category = found.categories().get(0);
    assertThat(category.leftOut())
        .singleElement()
        .satisfies(
            image -> {
              assertThat(image.relativePath()).isEqualTo("kos03/Part1.jpg");
              assertThat(image.reason()).contains("kos03/Part1_label.bmp cannot be used");
            });
    assertThat(category.inputs().quarantined()).isEqualTo(2);
    assertThat(passed(found)).isEqualTo(Map.of(Kind.MASK_OF_GOOD, 8L));
  }

  @Test
  void ksdd2LearnsOnlyFromImagesWithoutADefect() throws IOException {
    photo(root, "train/10000.png", "train/10001.png", "test/20000.png", "test/20001.png");
    black(root, "train/10000_GT.png", "test/20000_GT.png");
    marked(root, "train/10001_GT.png", "test/20001_GT.png");

    Catalogue found = everyPurpose("ksdd2");

    String name = root.getFileName().toString();
    assertThat(lines(found))
        .containsExactly(
            name + " train good train/10000.png",
            name + " test good test/20000.png",
            name + " test defect test/20001.png = test/20001_GT.png");
    assertThat(passed(found))
        .isEqualTo(Map.of(Kind.DEFECTIVE_TRAINING, 1L, Kind.NOT_NEEDED, 1L, Kind.MASK_OF_GOOD, 2L));
  }

  @Test
  void magneticTileDividesItsImagesWithoutADefect() throws IOException {
    for (int i = 0; i < 6; i++) {
      photo(root, "MT_Free/Imgs/exp1_num_" + i + ".jpg");
      black(root, "MT_Free/Imgs/exp1_num_" + i + ".png");
    }
    photo(root, "MT_Crack/Imgs/exp1_num_7.jpg");
    marked(root, "MT_Crack/Imgs/exp1_num_7.png");

    Catalogue found = everyPurpose("magnetic-tile");

    assertThat(found.description()).startsWith("the magnetic-tile data set: 2 folders, ");
    String name = root.getFileName().toString();
    assertThat(lines(found))
        .containsExactly(
            name + " train good MT_Free/Imgs/exp1_num_0.jpg",
            name + " train good MT_Free/Imgs/exp1_num_1.jpg",
            name + " train good MT_Free/Imgs/exp1_num_2.jpg",
            name + " train good MT_Free/Imgs/exp1_num_3.jpg",
            name + " train good MT_Free/Imgs/exp1_num_5.jpg",
            name + " test MT_Crack MT_Crack/Imgs/exp1_num_7.jpg = MT_Crack/Imgs/exp1_num_7.png",
            name + " test good MT_Free/Imgs/exp1_num_4.jpg");
  }
}
