package io.nightjar.dataset.layout;

import static io.nightjar.testing.Trees.link;
import static io.nightjar.testing.Trees.touch;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.nightjar.dataset.Catalogue;
import io.nightjar.dataset.Category;
import io.nightjar.dataset.ImageRef;
import io.nightjar.dataset.LeftOut;
import io.nightjar.dataset.Split;
import io.nightjar.dataset.ledger.Ledger;
import io.nightjar.dataset.ledger.PassedOver;
import io.nightjar.dataset.ledger.PassedOver.Kind;
import io.nightjar.error.InvalidInputException;
import java.io.IOException;
import java.nio.file.Files;
import java.util.List;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.Test;

/** Which files of a data set are used, left out and passed over. */
class DataSetsTest extends DataSetFixture {

  @Test
  void allOfAGoodDataSetIsUsed() {
    Catalogue catalogue = read(Purpose.EVALUATE);

    assertThat(catalogue.description()).isEqualTo("MVTec AD's layout");
    assertThat(catalogue.inputs()).isEqualTo(Ledger.ofUsed(4));
    assertThat(catalogue.categories().get(0).inputs()).isEqualTo(Ledger.ofUsed(4));
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
}
