package io.nightjar.dataset.layout;

import static io.nightjar.testing.Trees.link;
import static io.nightjar.testing.Trees.touch;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import io.nightjar.dataset.Category;
import io.nightjar.dataset.ImageRef;
import io.nightjar.dataset.LeftOut;
import io.nightjar.dataset.Split;
import io.nightjar.dataset.ledger.PassedOver;
import io.nightjar.dataset.ledger.PassedOver.Kind;
import io.nightjar.dataset.map.FoundMaps;
import io.nightjar.dataset.map.MapLayout;
import io.nightjar.dataset.map.MapRef;
import io.nightjar.error.InvalidInputException;
import java.io.IOException;
import java.nio.file.Files;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Which masks belong to which images, and what becomes of the others. */
class DataSetMasksTest extends DataSetFixture {

  @Test
  void imagesAndMasksInSubFoldersCount() throws IOException {
    touch(
        root,
        "nut/train/good/day2/001.png",
        "nut/test/bent/side_a/000.png",
        "nut/test/bent/side_b/deep/000.png",
        "nut/ground_truth/bent/side_a/000_mask.png",
        "nut/ground_truth/bent/side_b/deep/000.png",
        "nut/test/loose.png",
        "nut/train/bad/000.png");

    Category nut = read(Purpose.EVALUATE).categories().get(0);

    assertThat(nut.train())
        .extracting(ImageRef::relativePath)
        .containsExactly("train/good/000.png", "train/good/day2/001.png");
    assertThat(nut.test())
        .extracting(ImageRef::relativePath)
        .containsExactly(
            "test/bent/000.png",
            "test/bent/side_a/000.png",
            "test/bent/side_b/deep/000.png",
            "test/good/000.png");
    assertThat(nut.test()).filteredOn(ImageRef::isDefective).allMatch(ImageRef::hasMask);
    assertThat(nut.test().get(1).defect()).isEqualTo("bent");
    assertThat(nut.inputs().passedOver())
        .containsExactly(
            new PassedOver(Kind.OUTSIDE, 2, List.of("nut/test/loose.png", "nut/train/bad")));
  }

  /** As an archive made on macOS writes them, next to images of a camera. */
  @Test
  void accentsWrittenInEitherWayAreTheSameName() throws IOException {
    touch(
        root,
        "nut/test/L\u00fccke/gro\u00df \u00e9.png",
        "nut/ground_truth/Lu\u0308cke/gro\u00df e\u0301_mask.png",
        "nut/test/bent/a\u0308.png",
        "nut/ground_truth/bent/\u00e4.png");

    Category nut = read(Purpose.EVALUATE).categories().get(0);

    assertThat(nut.test()).filteredOn(ImageRef::isDefective).hasSize(3).allMatch(ImageRef::hasMask);
    assertThat(nut.inputs().passedOver()).isEmpty();
  }

  @Test
  void imagesWhoseNamesLookTheSameShareTheMask() throws IOException {
    touch(root, "nut/test/bent/a\u0308.png", "nut/test/bent/\u00e4.png");
    touch(root, "nut/ground_truth/bent/\u00e4_mask.png");

    assertThat(read(Purpose.EVALUATE).categories().get(0).leftOut())
        .hasSize(2)
        .allMatch(left -> left.reason().contains("would serve 2 images"));
  }

  @Test
  void twoMasksOfOneImageAreAmbiguous() throws IOException {
    touch(root, "nut/ground_truth/bent/000_mask.bmp");
    assertThat(onlyReason())
        .isEqualTo(
            "The image has 2 masks, ground_truth/bent/000_mask.bmp and"
                + " ground_truth/bent/000_mask.png; leave one of them.");

    Files.delete(root.resolve("nut/ground_truth/bent/000_mask.bmp"));
    touch(root, "nut/ground_truth/bent/000.png");
    assertThat(onlyReason()).startsWith("The image has 2 masks");
  }

  private String onlyReason() {
    Category nut = read(Purpose.TEST).categories().get(0);
    assertThat(nut.leftOut())
        .extracting(LeftOut::relativePath)
        .containsExactly("test/bent/000.png");
    assertThat(nut.inputs().quarantined()).isEqualTo(3);
    return nut.leftOut().get(0).reason();
  }

  @Test
  void aMaskThatWouldServeTwoImagesIsAmbiguous() throws IOException {
    touch(root, "nut/test/bent/000.jpg", "nut/test/good/000.bmp");

    Category nut = read(Purpose.TEST).categories().get(0);

    assertThat(nut.leftOut())
        .extracting(LeftOut::relativePath)
        .containsExactly("test/bent/000.jpg", "test/bent/000.png");
    assertThat(nut.leftOut())
        .extracting(LeftOut::reason)
        .containsOnly(
            "The mask ground_truth/bent/000_mask.png would serve 2 images, test/bent/000.jpg and"
                + " test/bent/000.png; leave one of them.");
    // Without a mask there is nothing to mistake.
    assertThat(nut.test())
        .extracting(ImageRef::relativePath)
        .containsExactly("test/good/000.bmp", "test/good/000.png");
  }

  @Test
  void whatLiesInAMasksPlaceIsNamed() throws IOException {
    touch(
        root,
        "nut/test/bent/001.png",
        "nut/test/bent/002.png",
        "nut/test/bent/003.png",
        "nut/test/bent/side/004.png",
        "nut/test/torn/000.png",
        "nut/ground_truth/bent/001_gt.png",
        "nut/ground_truth/bent/002.png_mask.png",
        "nut/ground_truth/bent/003/000.png",
        "nut/ground_truth/bent/004_mask.png");
    link(root, "nut/ground_truth/torn", "/mnt/nas/gone/torn");

    List<ImageRef> test = read(Purpose.TEST).categories().get(0).test();

    assertThat(test)
        .filteredOn(image -> image.isDefective() && !image.hasMask())
        .extracting(ImageRef::maskRemark)
        .satisfiesExactly(
            remark ->
                assertThat(remark)
                    .isEqualTo("found 001_gt.png; masks must be named 001_mask.png or 001.png"),
            remark -> assertThat(remark).startsWith("found 002.png_mask.png; masks must be named"),
            remark ->
                assertThat(remark)
                    .startsWith("found a folder 003 with 1 image, as in the layout of MVTec LOCO"),
            remark -> assertThat(remark).contains("004_mask.png, which belongs to no image"),
            remark -> assertThat(remark).contains("torn", "is a link to /mnt/nas/gone/torn"));
  }

  @Test
  void masksThatBelongToNoImageAreCounted() throws IOException {
    touch(
        root,
        "nut/ground_truth/bent/007_mask.png",
        "nut/ground_truth/torn/000_mask.png",
        "nut/ground_truth/good/000_mask.png");

    assertThat(read(Purpose.EVALUATE).inputs().passedOver())
        .containsExactly(
            new PassedOver(
                Kind.ORPHANED_MASK,
                2,
                List.of(
                    "nut/ground_truth/bent/007_mask.png", "nut/ground_truth/torn/000_mask.png")),
            new PassedOver(Kind.MASK_OF_GOOD, 1, List.of("nut/ground_truth/good/000_mask.png")));
  }

  @Test
  void forMapsMasksAloneMakeADataSet() throws IOException {
    touch(
        root,
        "masks/bolt/ground_truth/bent/000_mask.png",
        "masks/bolt/ground_truth/bent/side/001.png",
        "masks/bolt/ground_truth/bent/002.png",
        "masks/bolt/ground_truth/bent/002_mask.png",
        "maps/bolt/test/bent/000.npy",
        "maps/bolt/test/bent/side/001.npy",
        "maps/bolt/test/bent/002.npy",
        "maps/bolt/test/good/007.npy");
    String masks = root.resolve("masks").toString();

    Category bolt = DataSets.list(masks, List.of(), Purpose.MAPS, conf()).categories().get(0);
    FoundMaps maps = MapLayout.find(root.resolve("maps").toString(), List.of(bolt), conf());

    assertThat(maps.maps().get("bolt"))
        .extracting(map -> map.image().relativePath(), map -> map.image().isDefective())
        .containsExactly(
            tuple("test/bent/000.png", true),
            tuple("test/bent/side/001.png", true),
            tuple("test/good/007.png", false));
    assertThat(maps.maps().get("bolt")).allMatch(MapRef::isFound);
    assertThat(bolt.leftOut())
        .containsExactly(
            new LeftOut(
                Split.TEST,
                "test/bent/002.png",
                "The image has 2 masks, 002.png and 002_mask.png; leave one of them."));
    assertThatThrownBy(() -> DataSets.list(masks, List.of(), Purpose.TEST, conf()))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("There is no category");
  }
}
