package io.nightjar.dataset.map;

import io.nightjar.dataset.Category;
import io.nightjar.dataset.ImageFiles;
import io.nightjar.dataset.ImageRef;
import io.nightjar.dataset.layout.DataFolder;
import io.nightjar.dataset.layout.FolderListing;
import io.nightjar.error.InvalidInputException;
import io.nightjar.text.Text;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.Path;

/**
 * Finds the anomaly maps of a data set's test images, on any file system that Hadoop knows:
 *
 * <pre>
 * ROOT/CATEGORY/test/DEFECT/STEM.tiff    (or .tif, .npy, .png)
 * </pre>
 *
 * This is how MVTec's evaluation code has them. Extensions may be in upper or lower case.
 */
public final class MapLayout {
  private static final List<String> EXTENSIONS = List.of("tiff", "tif", "npy", "png");

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
    DataFolder folder = DataFolder.open(root, conf);
    try (FolderListing listing = new FolderListing(folder.fileSystem())) {
      Map<Path, List<FileStatus>> files = files(root, folder.path(), categories, listing);
      return categories.stream()
          .collect(
              Collectors.toMap(
                  Category::name,
                  category -> {
                    Path tests = new Path(new Path(folder.path(), category.name()), "test");
                    return category.test().stream()
                        .map(image -> ref(image, new Path(tests, image.defect()), files))
                        .toList();
                  }));
    }
  }

  /** The content of the folder of each defect. */
  private static Map<Path, List<FileStatus>> files(
      String root, Path path, List<Category> categories, FolderListing listing) {
    List<FileStatus> entries = listing.list(List.of(path)).get(path);
    List<Path> wanted =
        categories.stream()
            .flatMap(category -> FolderListing.folderNamed(category.name(), entries).stream())
            .toList();
    if (wanted.isEmpty()) {
      throw new InvalidInputException(
          Text.format(
                  "There are no anomaly maps in %s: expected DIR/<category>/test/<defect>, found no folder",
                  root)
              + Text.format(
                  " named %s.",
                  categories.stream().map(Category::name).collect(Collectors.joining(" or "))));
    }
    List<Path> tests = new ArrayList<>();
    Collection<List<FileStatus>> parts = listing.list(wanted).values();
    parts.forEach(part -> tests.addAll(FolderListing.folderNamed("test", part)));
    List<Path> defects = new ArrayList<>();
    listing.list(tests).values().forEach(part -> defects.addAll(FolderListing.folders(part)));
    return listing.list(defects);
  }

  private static MapRef ref(ImageRef image, Path folder, Map<Path, List<FileStatus>> files) {
    String path = image.relativePath();
    String stem = ImageFiles.stem(path.substring(path.lastIndexOf('/') + 1));
    List<Path> found = byStem(files.getOrDefault(folder, List.of())).getOrDefault(stem, List.of());
    if (found.size() == 1) {
      return new MapRef(image, found.get(0).toString(), "");
    }
    String fault =
        found.isEmpty()
            ? Text.format(
                "The image has no anomaly map: %s.tiff, .tif, .npy or .png is absent.",
                new Path(folder, stem))
            : Text.format(
                "The image has %d anomaly maps, %s; leave one of them.",
                found.size(),
                found.stream().map(Path::toString).collect(Collectors.joining(" and ")));
    return new MapRef(image, "", fault);
  }

  private static Map<String, List<Path>> byStem(List<FileStatus> entries) {
    Map<String, List<Path>> byStem = new HashMap<>();
    for (FileStatus entry : entries) {
      String name = entry.getPath().getName();
      int dot = name.lastIndexOf('.');
      if (!entry.isDirectory()
          && dot > 0
          && EXTENSIONS.contains(name.substring(dot + 1).toLowerCase(Locale.ROOT))) {
        byStem
            .computeIfAbsent(name.substring(0, dot), stem -> new ArrayList<>())
            .add(entry.getPath());
      }
    }
    return byStem;
  }
}
