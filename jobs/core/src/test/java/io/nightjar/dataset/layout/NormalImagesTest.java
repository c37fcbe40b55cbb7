package io.nightjar.dataset.layout;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.nightjar.dataset.Category;
import io.nightjar.dataset.ImageRef;
import io.nightjar.error.InvalidInputException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class NormalImagesTest {
  @TempDir private Path folder;

  private List<Category> list(Path location, String... names) {
    return NormalImages.list(location.toString(), List.of(names), new Configuration());
  }

  private void touch(String name) throws IOException {
    Path file = folder.resolve(name);
    Files.createDirectories(file.getParent());
    Files.writeString(file, "x");
  }

  @Test
  void aDataSetGivesItsTrainingImagesAlone() throws IOException {
    touch("bottle/train/good/1.png");
    touch("bottle/test/bent/1.png");

    Category category = list(folder).get(0);

    assertThat(category.name()).isEqualTo("bottle");
    assertThat(category.train())
        .extracting(ImageRef::relativePath)
        .containsExactly("train/good/1.png");
    assertThat(category.test()).isEmpty();
  }

  @Test
  void aFolderOfImagesIsOneCategory() throws IOException {
    touch("screws/b.jpg");
    touch("screws/a.png");
    touch("screws/notes.txt");

    Category category = list(folder.resolve("screws")).get(0);

    assertThat(category.name()).isEqualTo("screws");
    assertThat(category.train())
        .extracting(ImageRef::relativePath)
        .containsExactly("a.png", "b.jpg");
    assertThat(list(folder.resolve("screws"), "bolts").get(0).name()).isEqualTo("bolts");
  }

  @Test
  void aManifestNamesImagesByPaths() throws IOException {
    Path manifest = folder.resolve("monday.txt");
    Files.writeString(manifest, "# shift 1\nin/a.png\n\n/other/b.png\nhdfs://nn/c.png\n");

    Category category = list(manifest).get(0);

    assertThat(category.name()).isEqualTo("monday");
    assertThat(category.train())
        .extracting(ImageRef::uri)
        .containsExactlyInAnyOrder(
            "file:" + folder.resolve("in/a.png"), "file:/other/b.png", "hdfs://nn/c.png");
  }

  @Test
  void theFirstColumnOfACsvHasThePaths() throws IOException {
    Path manifest = folder.resolve("m.csv");
    Files.writeString(manifest, "path,shift\na.png,1\n\"b, \"\"2\"\".png\",1\n");

    assertThat(list(manifest).get(0).train())
        .extracting(ImageRef::relativePath)
        .containsExactly("a.png", "b, \"2\".png");
  }

  @Test
  void aCsvWithoutTheHeadingIsRefused() throws IOException {
    Path manifest = folder.resolve("m.csv");
    Files.writeString(manifest, "a.png,1\n");

    assertThatThrownBy(() -> list(manifest))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("has no column \"path\"");
  }

  @Test
  void anImageNamedTwiceIsRefused() throws IOException {
    Path manifest = folder.resolve("m.txt");
    Files.writeString(manifest, "a.png\nb.png\na.png\n");

    assertThatThrownBy(() -> list(manifest))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("names the image a.png twice");
  }

  @Test
  void anEmptyManifestIsRefused() throws IOException {
    Path manifest = folder.resolve("m.txt");
    Files.writeString(manifest, "\n# nothing\n");

    assertThatThrownBy(() -> list(manifest))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("names no image");
  }

  @Test
  void aFolderHasOneName() throws IOException {
    touch("a.png");

    assertThatThrownBy(() -> list(folder, "one", "two"))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("is one category, but 2 categories are named");
  }

  @Test
  void aMissingLocationIsRefused() {
    assertThatThrownBy(() -> list(folder.resolve("nowhere")))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("nowhere");
  }
}
