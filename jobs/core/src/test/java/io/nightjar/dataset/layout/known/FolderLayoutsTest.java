package io.nightjar.dataset.layout.known;

import static io.nightjar.testing.Drawn.marked;
import static io.nightjar.testing.Drawn.photo;
import static org.assertj.core.api.Assertions.assertThat;

import io.nightjar.dataset.Catalogue;
import io.nightjar.dataset.ImageRef;
import io.nightjar.dataset.LeftOut;
import io.nightjar.dataset.layout.Purpose;
import io.nightjar.dataset.ledger.PassedOver.Kind;
import java.io.IOException;
import java.nio.file.Files;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Folders of normal and of defective images, and their masks. */
class FolderLayoutsTest extends KnownLayoutFixture {

  @Test
  void btad() throws IOException {
    photo(root, "01/train/ok/0000.bmp", "01/train/ok/0001.bmp", "01/test/ok/0021.bmp");
    photo(root, "01/test/ko/0000.bmp", "01/test/ko/0001.bmp");
    marked(root, "01/ground_truth/ko/0000.png", "01/ground_truth/ko/0001.png");
    photo(root, "02/train/ok/0000.png", "02/test/ko/0000.png");
    marked(root, "02/ground_truth/ko/0000.png");

    Catalogue found = everyPurpose("btad");

    assertThat(found.description()).isEqualTo("BTAD: 2 categories");
    assertThat(lines(found))
        .containsExactly(
            "01 train good train/ok/0000.bmp",
            "01 train good train/ok/0001.bmp",
            "01 test ko test/ko/0000.bmp = 01/ground_truth/ko/0000.png",
            "01 test ko test/ko/0001.bmp = 01/ground_truth/ko/0001.png",
            "01 test good test/ok/0021.bmp",
            "02 train good train/ok/0000.png",
            "02 test ko test/ko/0000.png = 02/ground_truth/ko/0000.png");
  }

  @Test
  void masksNamedAsThoseOfMvtecAdAreFoundInFoldersNamedOk() throws IOException {
    photo(root, "w/train/ok/0.png", "w/test/ok/1.png", "w/test/bent/2.png");
    marked(root, "w/ground_truth/bent/2_mask.png");

    assertThat(lines(read("auto", Purpose.EVALUATE)))
        .containsExactly(
            "w train good train/ok/0.png",
            "w test bent test/bent/2.png = w/ground_truth/bent/2_mask.png",
            "w test good test/ok/1.png");
  }

  @Test
  void foldersOfNormalAndDefectiveImages() throws IOException {
    photo(root, "normal/a.png", "normal_test/b.png", "crack/a.png", "Bent/a.png");
    marked(root, "masks/crack/a.png", "masks/Bent/a_mask.png");

    assertThat(lines(read("auto", Purpose.EVALUATE)))
        .containsExactly(
            name() + " train good normal/a.png",
            name() + " test Bent Bent/a.png = masks/Bent/a_mask.png",
            name() + " test crack crack/a.png = masks/crack/a.png",
            name() + " test good normal_test/b.png");
    assertThat(lines(read("folder", Purpose.LEARN)))
        .containsExactly(name() + " train good normal/a.png");
  }

  @Test
  void masksOfTheOnlyKindNeedNoFolder() throws IOException {
    photo(root, "good/0.png", "good/1.png", "good/2.png", "good/3.png", "good/4.png", "bad/7.png");
    marked(root, "mask/7.png");

    assertThat(lines(read("folder", Purpose.EVALUATE)))
        .containsExactly(
            name() + " train good good/0.png",
            name() + " train good good/1.png",
            name() + " train good good/2.png",
            name() + " train good good/3.png",
            name() + " test bad bad/7.png = mask/7.png",
            name() + " test good good/4.png");
  }

  @Test
  void anImageWithTwoMasksAndTwoImagesWithOneAreLeftOut() throws IOException {
    photo(root, "01/train/ok/0.png", "01/test/ok/0.png", "01/test/ko/1.png");
    photo(root, "01/test/ko/2.png", "01/test/ko/2.bmp", "01/test/ko/3.png");
    marked(root, "01/ground_truth/ko/1.png", "01/ground_truth/ko/1.bmp");
    marked(root, "01/ground_truth/ko/2.png");

    Catalogue found = everyPurpose("btad");

    assertThat(found.categories().get(0).leftOut())
        .extracting(LeftOut::reason)
        .containsExactly(
            "The image has 2 masks, ground_truth/ko/1.bmp and ground_truth/ko/1.png; leave one of"
                + " them.",
            "The mask ground_truth/ko/2.png would serve 2 images, test/ko/2.bmp and test/ko/2.png;"
                + " leave one of them.",
            "The mask ground_truth/ko/2.png would serve 2 images, test/ko/2.bmp and test/ko/2.png;"
                + " leave one of them.");
    ImageRef withoutMask =
        found.categories().get(0).test().stream()
            .filter(image -> image.relativePath().equals("test/ko/3.png"))
            .findFirst()
            .orElseThrow();
    assertThat(withoutMask.maskRemark()).isEqualTo("expected ground_truth/ko/3.png");
  }

  @Test
  void theMaskOfAnImageThatIsLeftOutGoesWithIt() throws IOException {
    photo(root, "01/train/ok/0.png", "01/test/ko/1.png");
    marked(root, "01/ground_truth/ko/1.png", "01/ground_truth/ko/2.png");
    Files.write(root.resolve("01/test/ko/2.webp"), new byte[] {1});
    Files.createSymbolicLink(root.resolve("02"), root.resolve("01"));

    Catalogue found = everyPurpose("btad");

    assertThat(found.categories()).hasSize(1);
    assertThat(found.inputs().quarantined()).isEqualTo(2);
    assertThat(passed(found)).isEqualTo(Map.of(Kind.REACHED_TWICE, 1L));
  }
}
