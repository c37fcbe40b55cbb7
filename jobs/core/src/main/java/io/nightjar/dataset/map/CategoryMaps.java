package io.nightjar.dataset.map;

import io.nightjar.dataset.Category;
import io.nightjar.dataset.ImageFiles;
import io.nightjar.dataset.ImageRef;
import io.nightjar.dataset.LeftOut;
import io.nightjar.dataset.Split;
import io.nightjar.dataset.ledger.PassedOver;
import io.nightjar.dataset.listing.Entry;
import io.nightjar.dataset.listing.Inventory;
import io.nightjar.io.FileNames;
import io.nightjar.io.HadoopPaths;
import io.nightjar.text.Text;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.apache.hadoop.fs.Path;

/** The anomaly maps of one category, by the paths of their images. */
final class CategoryMaps {
  /** What the names of maps end with, in lower case. */
  static final List<String> EXTENSIONS = List.of("tiff", "tif", "npy", "png");

  private final Path folder;
  private final Inventory inventory;
  private final Map<String, List<Entry>> byStem = new HashMap<>();

  /**
   * @param folder of the maps of the test images
   * @param entries all that is below it
   */
  CategoryMaps(Path folder, List<Entry> entries, Inventory inventory) {
    this.folder = folder;
    this.inventory = inventory;
    for (Entry entry : entries) {
      String name = entry.name();
      int dot = name.lastIndexOf('.');
      if (dot > 0 && EXTENSIONS.contains(name.substring(dot + 1).toLowerCase(Locale.ROOT))) {
        String stem = FileNames.composed(ImageFiles.stem(Inventory.relative(folder, entry.path())));
        byStem.computeIfAbsent(stem, first -> new ArrayList<>()).add(entry);
      }
    }
  }

  /** The map of each of the category's test images, in their order. */
  List<MapRef> of(Category category) {
    List<ImageRef> test = new ArrayList<>(category.test());
    if (!test.isEmpty() && test.stream().noneMatch(ImageRef::isAtHand)) {
      test.addAll(good(category.name()));
    }
    Map<String, Long> images =
        test.stream().collect(Collectors.groupingBy(CategoryMaps::stem, Collectors.counting()));
    List<MapRef> maps = test.stream().map(image -> ref(image, images.get(stem(image)))).toList();
    settle(maps, category);
    return maps;
  }

  /** Without images at hand, the good ones are known by their maps alone. */
  private List<ImageRef> good(String category) {
    return byStem.keySet().stream()
        .filter(stem -> stem.startsWith(ImageRef.GOOD + "/"))
        .sorted()
        .map(
            stem ->
                new ImageRef(
                    category,
                    Split.TEST,
                    ImageRef.GOOD,
                    "test/" + stem + ".png", // as MVTec AD names them
                    "",
                    ""))
        .toList();
  }

  private MapRef ref(ImageRef image, long sharing) {
    List<Entry> found = byStem.getOrDefault(stem(image), List.of());
    String fault = fault(stem(image), found, sharing);
    return new MapRef(image, fault.isEmpty() ? found.get(0).path().toString() : "", fault);
  }

  private String fault(String stem, List<Entry> found, long sharing) {
    if (found.isEmpty()) {
      return Text.format(
          "The image has no anomaly map: %s/%s.tiff, .tif, .npy or .png is absent.", folder, stem);
    }
    if (found.size() > 1) {
      return Text.format(
          "The image has %d anomaly maps, %s; leave one of them.",
          found.size(),
          found.stream().map(map -> map.path().toString()).collect(Collectors.joining(" and ")));
    }
    Entry map = found.get(0);
    if (sharing > 1) {
      return Text.format(
          "The anomaly map %s would serve %d images of one name; leave one of them.",
          map.path(), sharing);
    }
    return map.isFile()
        ? ""
        : Text.format("The anomaly map %s cannot be used. %s", map.path(), map.fault());
  }

  /** What becomes of the maps: one that is left out with its image is no orphan. */
  private void settle(List<MapRef> maps, Category category) {
    Set<String> read = stems(maps.stream().filter(MapRef::isFound).toList(), CategoryMaps::stem);
    Set<String> left = stems(maps, CategoryMaps::stem);
    left.addAll(stems(category.leftOut(Split.TEST), CategoryMaps::stem));
    byStem.forEach(
        (stem, found) -> {
          for (Entry map : found) {
            if (read.contains(stem)) {
              inventory.use(map.path());
            } else if (left.contains(stem)) {
              inventory.quarantine(map.path());
            } else {
              inventory.pass(map.path(), PassedOver.Kind.ORPHANED_MAP);
            }
          }
        });
  }

  private static <T> Set<String> stems(List<T> images, Function<T, String> stem) {
    return images.stream().map(stem).collect(Collectors.toCollection(HashSet::new));
  }

  private static String stem(MapRef map) {
    return stem(map.image());
  }

  private static String stem(LeftOut image) {
    return stem(image.relativePath());
  }

  /** The image's path below the test images, without extension. */
  private static String stem(ImageRef image) {
    return stem(image.relativePath());
  }

  private static String stem(String path) {
    String name =
        FileNames.composed(path.startsWith("test/") ? path.substring("test/".length()) : path);
    return HadoopPaths.name(name).indexOf('.') > 0 ? ImageFiles.stem(name) : name;
  }
}
