package io.nightjar.dataset.layout;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.nightjar.dataset.Category;
import io.nightjar.dataset.ImageRef;
import io.nightjar.dataset.Split;
import io.nightjar.error.InvalidInputException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class UnlabelledImagesTest {
  @TempDir private Path root;

  @Test
  void aFolderOfImagesIsOneCategoryWithAllBelowIt() throws IOException {
    touch("today/b.png");
    touch("today/line-3/a.JPG");
    touch("today/notes.txt");
    touch("today/_thumbnails/c.png");

    List<Category> categories = list("today");

    assertThat(categories).extracting(Category::name).containsExactly("today");
    assertThat(paths(categories.get(0))).containsExactly("b.png", "line-3/a.JPG");
    assertThat(categories.get(0).train()).isEmpty();
    assertThat(categories.get(0).test())
        .allSatisfy(
            image -> {
              assertThat(image.category()).isEqualTo("today");
              assertThat(image.split()).isEqualTo(Split.TEST);
              assertThat(image.hasMask()).isFalse();
              assertThat(image.isDefective()).isFalse();
              assertThat(image.uri()).endsWith("today/" + image.relativePath());
            });
    assertThat(list("today", "bottle")).extracting(Category::name).containsExactly("bottle");
    assertThatThrownBy(() -> list("today", "bottle", "screw"))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("is one category, but 2 categories are named");
  }

  @Test
  void subFoldersAreCategories() throws IOException {
    touch("all/screw/a.png");
    touch("all/bottle/line-1/b.png");
    touch("all/logs/today.txt");

    assertThat(list("all")).extracting(Category::name).containsExactly("bottle", "screw");
    assertThat(paths(list("all", "bottle").get(0))).containsExactly("line-1/b.png");
    assertThatThrownBy(() -> list("all", "bottel"))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("Did you mean 'bottle'?");
    assertThatThrownBy(() -> list("all", "logs"))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("no image of logs");
  }

  @Test
  void allFoldersOfOneKnownCategoryBelongToIt() throws IOException {
    touch("shift/line-1/a.png");
    touch("shift/line-2/b.png");
    touch("all/bottle/c.png");
    touch("all/screw/d.png");
    touch("mvtec/screw/train/good/000.png");
    touch("mvtec/screw/test/good/000.png");

    Category all = listOne("shift", "bottle");
    Category named = listOne("all", "bottle");

    assertThat(all.name()).isEqualTo("bottle");
    assertThat(paths(all)).containsExactly("line-1/a.png", "line-2/b.png");
    assertThat(paths(named)).containsExactly("c.png");
    for (String other : List.of("mvtec", "mvtec/screw")) {
      assertThatThrownBy(() -> listOne(other, "bottle"))
          .isInstanceOf(InvalidInputException.class)
          .hasMessageContaining("There is no category 'bottle'");
    }
  }

  @Test
  void ofADataSetTheTestImagesCountWithoutTheirLabels() throws IOException {
    touch("mvtec/bottle/train/good/000.png");
    touch("mvtec/bottle/test/good/000.png");
    touch("mvtec/bottle/test/crack/000.png");
    touch("mvtec/bottle/ground_truth/crack/000_mask.png");

    Category bottle = list("mvtec").get(0);

    assertThat(paths(bottle)).containsExactly("test/crack/000.png", "test/good/000.png");
    assertThat(bottle.test()).noneMatch(ImageRef::isDefective).noneMatch(ImageRef::hasMask);
  }

  @Test
  void aManifestNamesImages() throws IOException {
    Files.writeString(root.resolve("list.txt"), "x/b.png\nx/a.png\n");

    Category category = list("list.txt", "bottle").get(0);

    assertThat(category.name()).isEqualTo("bottle");
    assertThat(category.train()).isEmpty();
    assertThat(paths(category)).containsExactly("x/a.png", "x/b.png");
  }

  @Test
  void aLocationWithoutImagesIsRefused() throws IOException {
    Files.createDirectories(root.resolve("empty"));
    touch("texts/logs/today.txt");
    touch("untested/bottle/train/good/000.png");

    assertRefused("empty", "There is no image in");
    assertRefused("nowhere", "There is no directory");
    assertRefused("texts", "no image of logs to score");
    assertRefused("untested", "no image of bottle to score");
  }

  private void assertRefused(String folder, String message) {
    assertThatThrownBy(() -> list(folder))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining(message)
        .hasMessageContaining(folder);
  }

  private List<Category> list(String location, String... names) {
    return UnlabelledImages.list(
        root.resolve(location).toString(), List.of(names), new Configuration());
  }

  private Category listOne(String location, String category) {
    return UnlabelledImages.findOne(
            root.resolve(location).toString(), category, new Configuration())
        .categories()
        .get(0);
  }

  private static List<String> paths(Category category) {
    return category.test().stream().map(ImageRef::relativePath).toList();
  }

  private void touch(String path) throws IOException {
    Path file = root.resolve(path);
    Files.createDirectories(file.getParent());
    Files.createFile(file);
  }
}
