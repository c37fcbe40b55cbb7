package io.nightjar.dataset.layout;

import static io.nightjar.testing.Trees.link;
import static io.nightjar.testing.Trees.touch;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import io.nightjar.dataset.Catalogue;
import io.nightjar.dataset.Category;
import io.nightjar.dataset.ImageRef;
import io.nightjar.dataset.LeftOut;
import io.nightjar.dataset.Split;
import io.nightjar.dataset.ledger.Ledger;
import io.nightjar.dataset.ledger.PassedOver;
import io.nightjar.dataset.ledger.PassedOver.Kind;
import io.nightjar.dataset.map.FoundMaps;
import io.nightjar.dataset.map.MapLayout;
import io.nightjar.dataset.map.MapRef;
import io.nightjar.error.InvalidInputException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Which files of a data set are used, left out and passed over. */
class DataSetsTest {
  @TempDir private Path root;

  @BeforeEach
  void aGoodDataSet() throws IOException {
    touch(
        root,
        "nut/train/good/000.png",
        "nut/test/good/000.png",
        "nut/test/bent/000.png",
        "nut/ground_truth/bent/000_mask.png");
  }

  @Test
  void allOfAGoodDataSetIsUsed() {
    Catalogue catalogue = read(Purpose.EVALUATE);

    assertThat(catalogue.description()).isEqualTo("MVTec AD's layout");
    assertThat(catalogue.inputs()).isEqualTo(Ledger.ofUsed(4));
    assertThat(catalogue.categories().get(0).inputs()).isEqualTo(Ledger.ofUsed(4));
  }

  @Test
  void linksThatLeadNowhereAreLeftOutByName() throws IOException {
    link(root, "nut/train/good/001.png", "/mnt/nas/gone/001.png");
    link(root, "nut/test/good/001.png", "/mnt/nas/gone/002.png");
    link(root, "nut/test/bent/001.png", "/mnt/nas/gone/003.png");
    touch(root, "nut/ground_truth/bent/001_mask.png");
    link(root, "nut/test/scratched", "/mnt/nas/gone/scratched");

    Category nut = read(Purpose.EVALUATE).categories().get(0);

    assertThat(nut.leftOut())
        .containsExactly(
            leftOut(Split.TEST, "test/bent/001.png", "a link to /mnt/nas/gone/003.png"),
            leftOut(Split.TEST, "test/good/001.png", "a link to /mnt/nas/gone/002.png"),
            leftOut(Split.TEST, "test/scratched", "a link to /mnt/nas/gone/scratched"),
            leftOut(Split.TRAIN, "train/good/001.png", "a link to /mnt/nas/gone/001.png"));
    assertThat(nut.train()).hasSize(1);
    assertThat(nut.test()).hasSize(2);
    assertThat(nut.inputs()).isEqualTo(new Ledger(9, 4, 5, List.of()));
  }

  private static LeftOut leftOut(Split split, String path, String link) {
    return new LeftOut(split, path, "It is " + link + ", which is absent.");
  }

  @Test
  void aMaskThatLeadsNowhereTakesItsImageWithIt() throws IOException {
    touch(root, "nut/test/bent/001.png");
    link(root, "nut/ground_truth/bent/001_mask.png", "/mnt/nas/gone/001_mask.png");

    Category nut = read(Purpose.TEST).categories().get(0);

    assertThat(nut.leftOut())
        .extracting(LeftOut::relativePath)
        .containsExactly("test/bent/001.png");
    assertThat(nut.leftOut().get(0).reason())
        .isEqualTo(
            "The mask ground_truth/bent/001_mask.png cannot be used. It is a link to"
                + " /mnt/nas/gone/001_mask.png, which is absent.");
    assertThat(nut.inputs().quarantined()).isEqualTo(2);
  }

  @Test
  void aCategoryOrAPartThatLeadsNowhereIsRefused() throws IOException {
    link(root, "bolt", "/mnt/nas/gone/bolt");
    assertThatThrownBy(() -> read(Purpose.EVALUATE))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("bolt may be a category, but cannot be used. It is a link to");

    Files.delete(root.resolve("bolt"));
    touch(root, "bolt/train/good/000.png");
    link(root, "bolt/test", "/mnt/nas/gone/test");
    assertThatThrownBy(() -> read(Purpose.EVALUATE))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("bolt/test cannot be used. It is a link to /mnt/nas/gone/test");
  }

  @Test
  void whereNoTrainingImageCanBeUsedTheFirstIsNamed() throws IOException {
    Files.delete(root.resolve("nut/train/good/000.png"));
    link(root, "nut/train/good/000.png", "/mnt/nas/gone/000.png");

    assertThatThrownBy(() -> read(Purpose.EVALUATE))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("the only one in")
        .hasMessageContaining("train/good/000.png: It is a link to /mnt/nas/gone/000.png");
  }

  @Test
  void aLinkToAnotherCategoryIsNoCategoryUnlessItIsNamed() throws IOException {
    link(root, "latest", "nut");

    assertThat(read(Purpose.TEST).categories()).extracting(Category::name).containsExactly("nut");
    assertThat(read(Purpose.TEST).others().passedOver())
        .containsExactly(new PassedOver(Kind.REACHED_TWICE, 1, List.of("latest")));
    assertThat(DataSets.list(root.toString(), List.of("latest"), Purpose.TEST, conf()).categories())
        .extracting(Category::name)
        .containsExactly("latest");
  }

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

  @Test
  void forScoringImagesNextToTheKindsOfDefectsCountToo() throws IOException {
    touch(root, "nut/test/loose.png");

    Category nut = UnlabelledImages.list(root.toString(), List.of(), new Configuration()).get(0);

    assertThat(nut.test())
        .extracting(ImageRef::relativePath)
        .containsExactly("test/bent/000.png", "test/good/000.png", "test/loose.png");
    assertThat(nut.inputs().passedOver())
        .containsExactly(
            new PassedOver(Kind.NOT_NEEDED, 2, List.of("nut/ground_truth", "nut/train")));
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
  void categoriesWithoutTestImagesAreRefusedByName() throws IOException {
    touch(
        root,
        "bolt/train/good/000.png",
        "bolt/test/good/readme.txt",
        "nut/train/good/000.png",
        "nut/test/good/000.png",
        "washer/train/good/000.png");

    for (Purpose purpose : List.of(Purpose.EVALUATE, Purpose.TEST, Purpose.MAPS)) {
      assertThatThrownBy(() -> read(purpose).requireTestImages("X"))
          .isInstanceOf(InvalidInputException.class)
          .hasMessage(
              "The categories 'bolt', 'washer' have no test images in X, which was read as MVTec"
                  + " AD's layout. Add test images, or name the other categories with"
                  + " --category.");
    }
    Catalogue named = DataSets.list(root.toString(), List.of("nut"), Purpose.EVALUATE, conf());
    assertThat(named.requireTestImages("X")).isSameAs(named);
  }

  @Test
  void aCategoryWhoseTestImagesAreAllLeftOutIsNotEmpty() throws IOException {
    touch(root, "more/washer/train/good/000.png");
    link(root, "more/washer/test/good/000.png", "/mnt/nas/gone/000.png");
    String more = root.resolve("more").toString();

    Catalogue found =
        DataSets.list(more, List.of(), Purpose.EVALUATE, conf()).requireTestImages(more);

    assertThat(found.categories().get(0).test()).isEmpty();
    assertThat(found.categories().get(0).leftOut(Split.TEST)).hasSize(1);
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
  void imagesOfOtherTypesAreLeftOutAndNamed() throws IOException {
    touch(root, "nut/train/good/001.webp", "nut/train/good/000.gif", "nut/test/bent/001.HEIC");
    Files.write(root.resolve("nut/test/good/IM0001"), dicom());

    Category nut = read(Purpose.EVALUATE).categories().get(0);

    assertThat(nut.leftOut())
        .containsExactly(
            unread(Split.TEST, "test/bent/001.HEIC", "HEIC"),
            unread(Split.TEST, "test/good/IM0001", "DICOM"),
            unread(Split.TRAIN, "train/good/001.webp", "WebP"));
    // A preview of an image that is read is no image of its own.
    assertThat(nut.inputs().passedOver())
        .containsExactly(new PassedOver(Kind.IMAGE_TYPE, 1, List.of("nut/train/good/000.gif")));
  }

  private static LeftOut unread(Split split, String path, String type) {
    return new LeftOut(
        split,
        path,
        "It is an image of the type " + type + ", which is not read; convert it to PNG.");
  }

  private static byte[] dicom() {
    byte[] content = new byte[200];
    content[128] = 'D';
    content[129] = 'I';
    content[130] = 'C';
    content[131] = 'M';
    return content;
  }

  @Test
  void everythingElseIsPassedOverByItsKind() throws IOException {
    touch(
        root,
        "license.txt",
        "docs/a.png",
        "bolt/train/good/000.png",
        "nut/readme.md",
        "nut/preview.png",
        "nut/train/good/Thumbs.db",
        "nut/train/good/._000.png",
        "nut/train/good/notes.bin",
        "nut/train/good/@eaDir/000.png/SYNOPHOTO_THUMB_M.jpg");

    Catalogue catalogue = DataSets.list(root.toString(), List.of("nut"), Purpose.EVALUATE, conf());

    assertThat(catalogue.inputs().found()).isEqualTo(4 + 9);
    assertThat(catalogue.inputs().passedOver())
        .containsExactly(
            new PassedOver(Kind.HIDDEN, 1, List.of("nut/train/good/._000.png")),
            new PassedOver(
                Kind.DESKTOP, 2, List.of("nut/train/good/@eaDir", "nut/train/good/Thumbs.db")),
            new PassedOver(Kind.COMPANION, 2, List.of("nut/readme.md", "license.txt")),
            new PassedOver(Kind.OUTSIDE, 1, List.of("nut/preview.png")),
            new PassedOver(Kind.NO_CATEGORY, 1, List.of("docs")),
            new PassedOver(Kind.NOT_SELECTED, 1, List.of("bolt")),
            new PassedOver(Kind.OTHER, 1, List.of("nut/train/good/notes.bin")));
  }

  @Test
  void aCategorysOwnFolderNeedsNoTrainingImages() throws IOException {
    touch(root, "part/bolt/test/good/0.png", "part/bolt/test/bent/0.png");
    String own = root.resolve("part/bolt").toString();

    for (Purpose purpose : List.of(Purpose.TEST, Purpose.SCORE)) {
      Catalogue catalogue = DataSets.list(own, List.of(), purpose, conf());
      assertThat(catalogue.categories()).extracting(Category::name).containsExactly("bolt");
      assertThat(catalogue.categories().get(0).test()).hasSize(2);
    }
    assertThatThrownBy(() -> DataSets.list(own, List.of(), Purpose.EVALUATE, conf()))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("'bolt' has no training images");
    assertThat(UnlabelledImages.list(own, List.of(), conf()))
        .extracting(Category::name)
        .containsExactly("bolt");
    assertThat(UnlabelledImages.findOne(own, "bolt", conf()).categories().get(0).test()).hasSize(2);
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

  @Test
  void aPlainFolderIsReadWithAllBelowItForEveryCommand() throws IOException {
    touch(root, "mixed/000.png", "mixed/more/000.png", "days/05-01/000.png", "days/05-02/000.png");
    String mixed = root.resolve("mixed").toString();
    String days = root.resolve("days").toString();

    assertThat(NormalImages.list(mixed, List.of("nut"), conf()).get(0).train())
        .extracting(ImageRef::relativePath)
        .containsExactly("000.png", "more/000.png");
    assertThat(NormalImages.list(days, List.of("nut"), conf()).get(0).train())
        .extracting(ImageRef::relativePath)
        .containsExactly("05-01/000.png", "05-02/000.png");
    assertThat(UnlabelledImages.findOne(days, "nut", conf()).categories().get(0).test()).hasSize(2);
    assertThatThrownBy(() -> NormalImages.list(days, List.of(), conf()))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("name it with --category");
  }

  private Catalogue read(Purpose purpose) {
    return DataSets.list(root.toString(), List.of(), purpose, conf());
  }

  private static Configuration conf() {
    return new Configuration();
  }
}
