package io.nightjar.dataset.layout;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.nightjar.dataset.Category;
import io.nightjar.dataset.ImageRef;
import io.nightjar.dataset.Split;
import io.nightjar.error.InvalidInputException;
import io.nightjar.testing.SharedFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.apache.hadoop.conf.Configuration;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MvtecAdLayoutTest {
  @TempDir Path root;

  @Test
  void listsCategoriesSplitsAndMasks() throws IOException {
    files(
        "bottle/train/good/001.png",
        "bottle/train/good/000.png",
        "bottle/test/good/000.png",
        "bottle/test/crack/000.png",
        "bottle/ground_truth/crack/000_mask.png",
        "anvil/train/good/a.bmp");

    List<Category> categories = list();

    assertThat(categories).extracting(Category::name).containsExactly("anvil", "bottle");
    Category bottle = categories.get(1);
    assertThat(bottle.train())
        .extracting(ImageRef::relativePath)
        .containsExactly("train/good/000.png", "train/good/001.png");
    String base = "file:" + root.toRealPath() + "/bottle/";
    assertThat(bottle.test())
        .containsExactly(
            new ImageRef(
                "bottle",
                Split.TEST,
                "crack",
                "test/crack/000.png",
                base + "test/crack/000.png",
                base + "ground_truth/crack/000_mask.png"),
            new ImageRef(
                "bottle", Split.TEST, "good", "test/good/000.png", base + "test/good/000.png", ""));
  }

  @Test
  void everyImageExtensionCountsInAnyCase() throws IOException {
    files(
        "c/train/good/a.png",
        "c/train/good/b.JPG",
        "c/train/good/c.jpeg",
        "c/train/good/d.Bmp",
        "c/train/good/e.TIF",
        "c/train/good/f.tiff",
        "c/train/good/readme.txt",
        "c/train/good/png");
    assertThat(list().get(0).train())
        .extracting(image -> image.relativePath().substring("train/good/".length()))
        .containsExactly("a.png", "b.JPG", "c.jpeg", "d.Bmp", "e.TIF", "f.tiff");
  }

  @Test
  void hiddenFilesAndFoldersAreSkipped() throws IOException {
    files(
        "c/train/good/a.png",
        "c/train/good/._a.png",
        "c/train/good/_b.png",
        "c/test/.cache/a.png",
        "_old/train/good/a.png");
    List<Category> categories = list();
    assertThat(categories).hasSize(1);
    assertThat(categories.get(0).train()).hasSize(1);
    assertThat(categories.get(0).test()).isEmpty();
  }

  @Test
  void aMaskMayHaveAnotherExtensionOrLackItsSuffix() throws IOException {
    files(
        "c/train/good/a.png",
        "c/test/cut/0.png",
        "c/test/cut/1.jpg",
        "c/test/cut/2.png",
        "c/ground_truth/cut/0_mask.TIFF",
        "c/ground_truth/cut/1.png",
        "c/ground_truth/cut/2_MASK.PNG");
    assertThat(list().get(0).test())
        .extracting(image -> image.maskUri().replaceAll(".*/", ""))
        .containsExactly("0_mask.TIFF", "1.png", "2_MASK.PNG");
  }

  @Test
  void aDefectiveImageWithoutMaskStays() throws IOException {
    files("c/train/good/a.png", "c/test/cut/0.png");
    ImageRef image = list().get(0).test().get(0);
    assertThat(image.isDefective()).isTrue();
    assertThat(image.hasMask()).isFalse();
  }

  @Test
  void theMaskOfAGoodImageIsFoundSoThatItCanBeReported() throws IOException {
    files("c/train/good/a.png", "c/test/good/0.png", "c/ground_truth/good/0_mask.png");
    ImageRef image = list().get(0).test().get(0);
    assertThat(image.maskUri()).endsWith("c/ground_truth/good/0_mask.png");
    assertThat(image.isDefective()).isFalse();
  }

  @Test
  void testImagesAloneSufficeWithoutTraining() throws IOException {
    files("c/test/good/0.png");
    List<Category> categories =
        MvtecAdLayout.listForTest(root.toString(), List.of(), new Configuration());
    assertThat(categories.get(0).train()).isEmpty();
    assertThat(categories.get(0).test()).hasSize(1);
  }

  @Test
  void aCategoryFolderItselfIsADataSetOfOne() throws IOException {
    files("mug/train/good/a.png", "mug/test/good/b.png");
    List<Category> categories =
        MvtecAdLayout.list(root.resolve("mug").toUri().toString(), List.of(), new Configuration());
    assertThat(categories).extracting(Category::name).containsExactly("mug");
    assertThat(categories.get(0).train().get(0).category()).isEqualTo("mug");
  }

  @Test
  void foldersWithNeitherTrainNorTestAreSkipped() throws IOException {
    files("c/train/good/a.png", "docs/images/b.png", "license.txt");
    assertThat(list()).extracting(Category::name).containsExactly("c");
  }

  @Test
  void someCategoriesCanBePicked() throws IOException {
    files("a/train/good/0.png", "b/train/good/0.png", "c/train/good/0.png", "d/test/good/0.png");
    assertThat(list("c", "a", "c")).extracting(Category::name).containsExactly("a", "c");
  }

  @Test
  void namesWithSpacesAndPercentSignsAreKept() throws IOException {
    files("glass jar/train/good/50% grey.png");
    ImageRef image = list().get(0).train().get(0);
    assertThat(image.relativePath()).isEqualTo("train/good/50% grey.png");
    assertThat(new org.apache.hadoop.fs.Path(image.uri()).toUri().getPath())
        .isEqualTo(root.toRealPath().resolve("glass jar/train/good/50% grey.png").toString());
  }

  @Test
  void anUnknownCategoryIsReportedWithTheNearestAndAllKnown() throws IOException {
    files("bottle/train/good/0.png", "cable/train/good/0.png");
    assertInvalid(
        () -> list("botle"),
        "There is no category 'botle'. Did you mean 'bottle'? Known are: bottle, cable.");
  }

  @Test
  void anAbsentDirectoryIsReported() {
    String absent = root.resolve("absent").toString();
    assertInvalid(
        () -> MvtecAdLayout.list(absent, List.of(), new Configuration()),
        "There is no directory " + absent + "; check the data directory's name.");
  }

  @Test
  void aFileInPlaceOfTheDirectoryIsReported() throws IOException {
    files("a.png");
    String file = root.resolve("a.png").toString();
    assertInvalid(
        () -> MvtecAdLayout.list(file, List.of(), new Configuration()),
        file + " is a file; name the data set's directory instead.");
  }

  @Test
  void aDirectoryWithoutCategoryIsReportedWithItsContent() throws IOException {
    files("images/0.png", "labels/0.txt");
    assertInvalid(
        this::list,
        "There is no category in "
            + root
            + ": expected DIR/<category>/train/good and DIR/<category>/test/<defect>,"
            + " found the folders images, labels.");
  }

  @Test
  void anEmptyDirectoryIsReported() {
    assertThatThrownBy(this::list)
        .isInstanceOf(InvalidInputException.class)
        .hasMessageEndingWith("found an empty directory.");
  }

  @Test
  void aCategoryWithoutTrainingImagesIsReported() throws IOException {
    files("a/train/good/0.png", "b/train/good/notes.txt", "b/test/good/0.png");
    assertInvalid(
        this::list,
        "Category 'b' has no training images: file:"
            + root.toRealPath()
            + "/b/train/good holds no file that ends in png, jpg, jpeg, jpe, jfif, bmp, tif, tiff.");
  }

  @Test
  void anotherNameOfTheFolderOfNormalImagesIsShown() throws IOException {
    files("b/train/normal/0.png", "b/train/other/0.png", "b/test/good/0.png");
    assertInvalid(
        this::list,
        "Category 'b' has no training images: there is no folder file:"
            + root.toRealPath()
            + "/b/train/good. Found train/normal, train/other; rename the folder of normal images to"
            + " good.");
  }

  @Test
  void categoriesThatLieDeeperAreNamed() throws IOException {
    files("set/v1/b/train/good/0.png", "set/v1/b/test/good/0.png");
    assertThatThrownBy(this::list)
        .hasMessageEndingWith(
            "found the folders set. set/v1/b looks like a category; name the folder that it is in,"
                + " file:"
                + root.toRealPath()
                + "/set/v1.");
  }

  @Test
  void foldersThatDifferInCaseAreNamed() throws IOException {
    files("b/Train/Good/0.png", "b/Test/Good/0.png");
    assertThatThrownBy(this::list)
        .hasMessageEndingWith(
            " b/Train and b/Test differ from what is expected in upper and lower case; rename them,"
                + " and the folders below them likewise.");
  }

  @Test
  void aCategoryWithoutTrainFolderIsReportedOnlyWhenRequested() throws IOException {
    files("a/train/good/0.png", "b/test/good/0.png");
    assertThat(list("a")).hasSize(1);
    assertThatThrownBy(() -> list("b"))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageStartingWith("Category 'b' has no training images");
  }

  @Test
  void anUnknownFileSystemIsReported() {
    assertInvalid(
        () -> MvtecAdLayout.list("ftps://host/data", List.of(), new Configuration()),
        "The file system 'ftps:' of ftps://host/data is not known; use a plain path, file:,"
            + " hdfs: or s3a:, or add the file system's jar to Spark.");
  }

  @Test
  void theOldNameOfS3IsReportedWithTheNewOne() {
    assertInvalid(
        () -> MvtecAdLayout.list("s3://bucket/data", List.of(), new Configuration()),
        "The file system 's3:' of s3://bucket/data is not known; write s3a: for Amazon S3.");
  }

  @Test
  void listingThreadsEnd() throws IOException {
    files("a/train/good/0.png");
    list();
    assertThat(Thread.getAllStackTraces().keySet())
        .filteredOn(thread -> thread.getName().equals("nightjar-listing") && thread.isAlive())
        .allSatisfy(thread -> thread.join(5000))
        .noneMatch(Thread::isAlive);
  }

  @Test
  void theRealBottleAgreesWithTheCensus() {
    Category bottle =
        MvtecAdLayout.list(SharedFiles.mvtecAd().toString(), List.of("bottle"), new Configuration())
            .get(0);
    assertThat(Census.difference(bottle)).isEmpty();
    assertThat(bottle.test()).filteredOn(ImageRef::isDefective).allMatch(ImageRef::hasMask);
  }

  private List<Category> list(String... only) {
    return MvtecAdLayout.list(root.toString(), List.of(only), new Configuration());
  }

  private void files(String... paths) throws IOException {
    for (String path : paths) {
      Path file = root.resolve(path);
      Files.createDirectories(file.getParent());
      Files.createFile(file);
    }
  }

  private static void assertInvalid(ThrowingCallable call, String message) {
    assertThatThrownBy(call).isInstanceOf(InvalidInputException.class).hasMessage(message);
  }
}
