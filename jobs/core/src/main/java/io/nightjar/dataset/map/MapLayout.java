package io.nightjar.dataset.map;

import io.nightjar.dataset.Category;
import io.nightjar.dataset.ledger.Ledger;
import io.nightjar.dataset.ledger.PassedOver;
import io.nightjar.dataset.listing.DataFolder;
import io.nightjar.dataset.listing.Entry;
import io.nightjar.dataset.listing.FolderListing;
import io.nightjar.dataset.listing.Walk;
import io.nightjar.error.InvalidInputException;
import io.nightjar.io.HadoopPaths;
import io.nightjar.text.Text;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;

/**
 * Finds the anomaly maps of a data set's test images, on any file system that Hadoop knows:
 *
 * <pre>
 * ROOT/CATEGORY/test/DEFECT/STEM.tiff    (or .tif, .npy, .png)
 * </pre>
 *
 * This is how MVTec's evaluation code has them. Below {@code test}, a map is where its image is in
 * the data set, in sub-folders as well. Extensions may be in upper or lower case. For a data set of
 * one category, ROOT may be that category's own folder of maps.
 */
public final class MapLayout {
  private static final String TEST = "test";

  private MapLayout() {}

  /**
   * The map of every test image, by category, in the order of the images. An image without a map,
   * or with several, has a sentence that says so instead.
   *
   * @param root the directory, as any Hadoop path; without a scheme, on the default file system
   * @throws InvalidInputException where there is no such directory or file system, or it has no
   *     folder of any of the categories
   */
  public static Map<String, List<MapRef>> list(
      String root, List<Category> categories, Configuration conf) {
    return find(root, categories, conf).maps();
  }

  /** The same with what became of every entry in the folders of maps. */
  public static FoundMaps find(String root, List<Category> categories, Configuration conf) {
    try (FolderListing listing = new FolderListing(DataFolder.open(root, conf))) {
      return find(root, categories, listing);
    }
  }

  static FoundMaps find(String root, List<Category> categories, FolderListing listing) {
    Map<String, Path> folders = folders(root, categories, listing);
    Map<String, Path> tests = tests(folders, listing);
    Map<Path, List<Entry>> files =
        Walk.below(tests.values().stream().map(List::of).toList(), listing);
    Map<String, List<MapRef>> maps = new LinkedHashMap<>();
    Map<String, Ledger> inputs = new LinkedHashMap<>();
    for (Category category : categories) {
      String name = category.name();
      Path expected = folders.getOrDefault(name, HadoopPaths.child(listing.root(), name));
      Path test = tests.getOrDefault(name, HadoopPaths.child(expected, TEST));
      CategoryMaps found =
          new CategoryMaps(test, files.getOrDefault(test, List.of()), listing.inventory());
      maps.put(name, found.of(category));
      Optional.ofNullable(folders.get(name))
          .ifPresent(folder -> inputs.put(name, listing.inventory().ledger(folder, List.of())));
    }
    return new FoundMaps(
        maps, inputs, listing.inventory().ledger(listing.root(), folders.values()));
  }

  /** The folder of each category that has one. */
  private static Map<String, Path> folders(
      String root, List<Category> categories, FolderListing listing) {
    List<Entry> entries = listing.list(listing.root());
    Map<String, Path> folders = new LinkedHashMap<>();
    for (Category category : categories) {
      FolderListing.folderNamed(category.name(), entries)
          .forEach(folder -> folders.put(category.name(), folder));
    }
    if (folders.isEmpty()
        && categories.size() == 1
        && !FolderListing.folderNamed(TEST, entries).isEmpty()) {
      folders.put(categories.get(0).name(), listing.root());
      return folders;
    }
    if (folders.isEmpty()) {
      throw new InvalidInputException(
          Text.format(
                  "There are no anomaly maps in %s: expected DIR/<category>/test/<defect>, found no"
                      + " folder",
                  root)
              + Text.format(
                  " named %s.",
                  categories.stream().map(Category::name).collect(Collectors.joining(" or "))));
    }
    FolderListing.folders(entries).stream()
        .filter(folder -> !folders.containsValue(folder))
        .forEach(folder -> listing.inventory().pass(folder, PassedOver.Kind.ORPHANED_MAP));
    return folders;
  }

  private static Map<String, Path> tests(Map<String, Path> folders, FolderListing listing) {
    Map<Path, List<Entry>> content = listing.list(new ArrayList<>(folders.values()));
    Map<String, Path> tests = new LinkedHashMap<>();
    folders.forEach(
        (name, folder) ->
            FolderListing.folderNamed(TEST, content.get(folder))
                .forEach(test -> tests.put(name, test)));
    return tests;
  }
}
