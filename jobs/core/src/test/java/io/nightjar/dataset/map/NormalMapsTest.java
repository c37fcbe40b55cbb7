package io.nightjar.dataset.map;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.nightjar.dataset.Category;
import io.nightjar.error.InvalidInputException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class NormalMapsTest {
  private static final Configuration CONFIGURATION = new Configuration(false);

  @TempDir private Path work;

  private void write(String... files) throws IOException {
    for (String file : files) {
      Path path = work.resolve(file);
      Files.createDirectories(path.getParent());
      Files.write(path, new byte[1]);
    }
  }

  private Map<String, List<List<String>>> find(String folder, String... categories) {
    return NormalMaps.find(
        List.of(work.resolve("a").toString(), work.resolve("b").toString()),
        List.of(categories).stream().map(name -> new Category(name, List.of(), List.of())).toList(),
        folder,
        CONFIGURATION);
  }

  private String uri(String file) {
    return work.resolve(file).toUri().toString().replace("file:///", "file:/");
  }

  @Test
  void theMapsOfAnImageAreTheFilesOfItsNameInAllFolders() throws IOException {
    write("a/bottle/train/good/1.npy", "a/bottle/train/good/deep/2.TIFF");
    write("b/bottle/train/good/1.png", "b/bottle/train/good/deep/2.npy");
    write("b/bottle/train/good/notes.txt", "b/bottle/train/good/.hidden.npy");

    assertThat(find("train/good", "bottle"))
        .isEqualTo(
            Map.of(
                "bottle",
                List.of(
                    List.of(uri("a/bottle/train/good/1.npy"), uri("b/bottle/train/good/1.png")),
                    List.of(
                        uri("a/bottle/train/good/deep/2.TIFF"),
                        uri("b/bottle/train/good/deep/2.npy")))));
  }

  @Test
  void theRootMayBeTheFolderOfTheOnlyCategory() throws IOException {
    write("a/normal/1.npy", "b/normal/1.npy");

    assertThat(find("normal", "bottle").get("bottle")).hasSize(1);
    assertThatThrownBy(() -> find("normal", "bottle", "carpet"))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("there are no anomaly maps in", "a/bottle/normal");
  }

  @Test
  void methodsWithMapsOfDifferentImagesAreRefused() throws IOException {
    write("a/bottle/normal/1.npy", "a/bottle/normal/2.npy", "b/bottle/normal/2.npy");

    assertThatThrownBy(() -> find("normal", "bottle"))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("that of 1 is absent in")
        .hasMessageEndingWith("b.");
  }

  @Test
  void aFolderWithoutMapsOrWithTwoOfAnImageIsRefused() throws IOException {
    write("a/bottle/normal/1.npy", "b/bottle/other/1.npy");

    assertThatThrownBy(() -> find("normal", "bottle"))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("--normal-maps normal: there are no anomaly maps in")
        .hasMessageContaining("b/bottle/normal");
    write("b/bottle/normal/1.npy", "b/bottle/normal/1.tiff");
    assertThatThrownBy(() -> find("normal", "bottle"))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("two anomaly maps");
  }
}
