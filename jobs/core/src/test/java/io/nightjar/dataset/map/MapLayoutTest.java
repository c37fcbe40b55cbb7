package io.nightjar.dataset.map;

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
import java.util.stream.Stream;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MapLayoutTest {
  @TempDir private Path root;

  @Test
  void findsTheMapOfEveryImageByItsStem() throws IOException {
    touch("nut/test/good/000.npy", "nut/test/good/001.PNG");
    touch("nut/test/bent/000.tiff", "nut/test/bent/001.tif", "nut/test/bent/notes.txt");

    List<MapRef> maps = list("test/bent/000.png", "test/bent/001.jpg", "test/good/000.png");

    assertThat(maps).allMatch(MapRef::isFound);
    assertThat(maps)
        .extracting(map -> map.uri().substring(map.uri().indexOf("nut/")))
        .containsExactly(
            "nut/test/bent/000.tiff", "nut/test/bent/001.tif", "nut/test/good/000.npy");
  }

  @Test
  void anImageWithoutAMapIsReported() throws IOException {
    touch("nut/test/good/000.npy");

    List<MapRef> maps = list("test/bent/000.png", "test/good/000.png", "test/good/001.png");

    assertThat(maps).extracting(MapRef::isFound).containsExactly(false, true, false);
    assertThat(maps.get(0).fault()).contains("no anomaly map", "nut/test/bent/000");
    assertThat(maps.get(2).fault()).contains("nut/test/good/001");
  }

  @Test
  void severalMapsOfOneImageAreAmbiguous() throws IOException {
    touch("nut/test/good/000.npy", "nut/test/good/000.tiff");

    MapRef map = list("test/good/000.png").get(0);

    assertThat(map.isFound()).isFalse();
    assertThat(map.fault()).contains("2 anomaly maps", "000.npy", "000.tiff");
  }

  @Test
  void aFolderWithoutAnyOfTheCategoriesIsRefused() throws IOException {
    touch("bolt/test/good/000.npy");

    assertThatThrownBy(() -> list("test/good/000.png"))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContainingAll(root.toString(), "nut");
  }

  private List<MapRef> list(String... images) {
    List<ImageRef> refs =
        Stream.of(images)
            .map(
                path ->
                    new ImageRef(
                        "nut", Split.TEST, Path.of(path).getName(1).toString(), path, path, ""))
            .toList();
    Category nut = new Category("nut", List.of(), refs);
    return MapLayout.list(root.toString(), List.of(nut), new Configuration()).get("nut");
  }

  private void touch(String... paths) throws IOException {
    for (String path : paths) {
      Path file = root.resolve(path);
      Files.createDirectories(file.getParent());
      Files.write(file, new byte[] {1});
    }
  }
}
