package io.nightjar.dataset.map;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.nightjar.dataset.Category;
import io.nightjar.dataset.ImageRef;
import io.nightjar.dataset.Split;
import io.nightjar.dataset.layout.DataSets;
import io.nightjar.dataset.layout.Purpose;
import io.nightjar.dataset.ledger.Ledger;
import io.nightjar.dataset.ledger.PassedOver;
import io.nightjar.dataset.ledger.PassedOver.Kind;
import io.nightjar.dataset.listing.DataFolder;
import io.nightjar.dataset.listing.FolderListing;
import io.nightjar.error.InvalidInputException;
import io.nightjar.testing.Accounting;
import io.nightjar.testing.RandomTree;
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
  void accentsWrittenInEitherWayAreTheSameName() throws IOException {
    touch("nut/test/good/u\u0308.npy");

    assertThat(list("test/good/\u00fc.png")).allMatch(MapRef::isFound);
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

  @Test
  void mapsInSubFoldersBelongToImagesThere() throws IOException {
    touch("nut/test/bent/side_a/000.npy", "nut/test/bent/side_b/000.npy");

    assertThat(list("test/bent/side_a/000.png", "test/bent/side_b/000.png"))
        .extracting(map -> map.uri().substring(map.uri().indexOf("nut/")))
        .containsExactly("nut/test/bent/side_a/000.npy", "nut/test/bent/side_b/000.npy");
  }

  @Test
  void aMapThatWouldServeTwoImagesIsAmbiguous() throws IOException {
    touch("nut/test/good/000.npy");

    assertThat(list("test/good/000.bmp", "test/good/000.png"))
        .extracting(MapRef::fault)
        .allSatisfy(fault -> assertThat(fault).contains("would serve 2 images of one name"));
  }

  @Test
  void aDataSetOfOneCategoryMayHaveItsMapsWithoutAFolderOfItsName() throws IOException {
    touch("test/good/000.npy");

    assertThat(list("test/good/000.png")).allMatch(MapRef::isFound);
  }

  @Test
  void mapsThatBelongToNoImageAreCounted() throws IOException {
    touch("nut/test/good/000.npy", "nut/test/good/001.npy", "nut/test/torn/000.tiff", "bolt/a.npy");
    touch("nut/test/good/readme.txt");

    FoundMaps found =
        MapLayout.find(root.toString(), List.of(nut("test/good/000.png")), new Configuration());

    assertThat(found.inputs().get("nut").used()).isEqualTo(1);
    assertThat(found.inputs().get("nut").passedOver())
        .containsExactly(
            new PassedOver(Kind.COMPANION, 1, List.of("nut/test/good/readme.txt")),
            new PassedOver(
                Kind.ORPHANED_MAP, 2, List.of("nut/test/good/001.npy", "nut/test/torn/000.tiff")));
    assertThat(found.others().passedOver())
        .containsExactly(new PassedOver(Kind.ORPHANED_MAP, 1, List.of("bolt")));
  }

  @Test
  void ofRandomTreesEveryMapIsAccountedFor() throws IOException {
    for (int seed = 0; seed < 60; seed++) {
      Path tree = root.resolve("tree" + seed);
      new RandomTree(seed, true).write(tree);
      List<Category> categories =
          DataSets.list(tree.toString(), List.of(), Purpose.TEST, new Configuration()).categories();
      try (FolderListing listing =
          new FolderListing(DataFolder.open(tree.toString(), new Configuration()))) {
        FoundMaps found = MapLayout.find(tree.toString(), categories, listing);
        Ledger all = Ledger.sum(found.inputs().values()).plus(found.others());
        Accounting.assertComplete(listing.inventory(), all, tree, "maps of tree " + seed);
        assertThat(all.used())
            .isEqualTo(
                found.maps().values().stream()
                    .flatMap(List::stream)
                    .filter(MapRef::isFound)
                    .count());
      }
    }
  }

  private List<MapRef> list(String... images) {
    return MapLayout.list(root.toString(), List.of(nut(images)), new Configuration()).get("nut");
  }

  private static Category nut(String... images) {
    List<ImageRef> refs =
        Stream.of(images)
            .map(
                path ->
                    new ImageRef(
                        "nut", Split.TEST, Path.of(path).getName(1).toString(), path, path, ""))
            .toList();
    return new Category("nut", List.of(), refs);
  }

  private void touch(String... paths) throws IOException {
    for (String path : paths) {
      Path file = root.resolve(path);
      Files.createDirectories(file.getParent());
      Files.write(file, new byte[] {1});
    }
  }
}
