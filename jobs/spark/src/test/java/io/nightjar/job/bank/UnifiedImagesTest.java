package io.nightjar.job.bank;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.nightjar.bank.store.BankManifest;
import io.nightjar.dataset.Category;
import io.nightjar.dataset.ImageRef;
import io.nightjar.dataset.Split;
import io.nightjar.error.InvalidInputException;
import io.nightjar.job.run.CategoryFailedException;
import io.nightjar.job.run.FileOutcome;
import io.nightjar.job.run.Quarantine;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class UnifiedImagesTest {
  private static final Category ZIPPER = category("zipper", "b.png", "a.png");
  private static final Category BOTTLE = category("bottle", "c.png");

  private static Category category(String name, String... train) {
    return new Category(
        name,
        Stream.of(train).map(file -> image(name, Split.TRAIN, "train/good/" + file)).toList(),
        List.of(image(name, Split.TEST, "test/good/0.png")));
  }

  private static ImageRef image(String category, Split split, String path) {
    return new ImageRef(category, split, "good", path, "file:/data/" + category + "/" + path, "");
  }

  private static UnifiedImages unified(Category... categories) {
    return new UnifiedImages(List.of(categories), 0.5);
  }

  @Test
  void pathsNameTheCategoryAndFollowTheCatalogue() {
    UnifiedImages unified = unified(ZIPPER, BOTTLE);

    assertThat(unified.train())
        .extracting(ImageRef::relativePath)
        .containsExactly(
            "zipper/train/good/a.png", "zipper/train/good/b.png", "bottle/train/good/c.png");
    assertThat(unified.train())
        .extracting(ImageRef::uri)
        .first()
        .isEqualTo("file:/data/zipper/train/good/a.png");
    assertThat(unified.names()).containsExactly("zipper", "bottle");
  }

  @Test
  void asOneTheyAreACategoryWithoutTestImages() {
    Category one = UnifiedImages.asOne(List.of(ZIPPER, BOTTLE));

    assertThat(one.name()).isEqualTo("unified");
    assertThat(one.train()).hasSize(3);
    assertThat(one.test()).isEmpty();
  }

  @Test
  void sourcesAreTheFoldersOfTheCategories() {
    BankManifest.Source mvtec = new BankManifest.Source("s3a://data/mvtec//", "mvtec-ad");
    assertThat(unified(ZIPPER, BOTTLE).sources(mvtec))
        .containsExactly(
            new BankManifest.Source("s3a://data/mvtec/zipper", "mvtec-ad"),
            new BankManifest.Source("s3a://data/mvtec/bottle", "mvtec-ad"));
    BankManifest.Source images = BankManifest.Source.of("images/");
    assertThat(unified(BOTTLE).sources(images)).containsExactly(images);
    BankManifest.Source manifest = new BankManifest.Source("images.csv", "manifest");
    assertThat(unified(ZIPPER, BOTTLE).sources(manifest)).containsExactly(manifest);
  }

  @Test
  void aCategoryMayNotHaveTheNameOfTheBankOfAll() {
    assertThatThrownBy(() -> unified(BOTTLE, category("unified", "a.png")))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContainingAll("A category is called unified", "--scope category");
  }

  @Test
  void eachCategoryHasALimitOfItsOwnAndAllTogetherHaveNone() {
    UnifiedImages unified = unified(ZIPPER, BOTTLE);
    FileOutcome first = new FileOutcome("train/good/a.png", "", "It is empty.");
    FileOutcome second = new FileOutcome("train/good/b.png", "", "It is empty.");

    Quarantine own = unified.filesOf(ZIPPER);
    own.enter(List.of(first)); // 1 of 3 files, and half of them may be
    own.check();
    own.enter(List.of(second));
    assertThatThrownBy(own::check)
        .isInstanceOf(CategoryFailedException.class)
        .hasMessageContaining("2 of the 3 images of category zipper");

    Quarantine all = unified.quarantine();
    all.enter(
        unified.train().stream().map(i -> new FileOutcome(i.relativePath(), "", "x")).toList());
    all.check();
    assertThat(all.files()).hasSize(3);
  }
}
