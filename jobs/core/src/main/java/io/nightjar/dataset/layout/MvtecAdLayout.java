package io.nightjar.dataset.layout;

import io.nightjar.dataset.Category;
import io.nightjar.dataset.ImageFiles;
import io.nightjar.dataset.ImageRef;
import io.nightjar.dataset.Split;
import io.nightjar.error.InvalidInputException;
import io.nightjar.text.Text;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.Path;

/**
 * Lists a data set in the layout of MVTec AD, on any file system that Hadoop knows:
 *
 * <pre>
 * ROOT/CATEGORY/train/good/IMAGE
 * ROOT/CATEGORY/test/good/IMAGE
 * ROOT/CATEGORY/test/DEFECT/STEM.png
 * ROOT/CATEGORY/ground_truth/DEFECT/STEM_mask.png    (or STEM.png)
 * </pre>
 *
 * Images and masks end in png, jpg, jpeg, bmp, tif or tiff, in upper or lower case. Names that
 * start with {@code .} or {@code _} are skipped, and so are folders that contain neither train nor
 * test. ROOT may also be one category's own folder.
 */
public final class MvtecAdLayout {
  private static final String TRAIN = "train";
  private static final String TEST = "test";
  private static final String GROUND_TRUTH = "ground_truth";
  private static final String EXPECTED =
      "expected DIR/<category>/train/good and DIR/<category>/test/<defect>";

  private MvtecAdLayout() {}

  /**
   * The categories below a directory, sorted by name.
   *
   * @param root the directory, as any Hadoop path; without a scheme, on the default file system
   * @param only the categories to list; empty for all
   * @throws InvalidInputException where there is no such directory, file system or category, or a
   *     requested category has no training images
   */
  public static List<Category> list(String root, List<String> only, Configuration conf) {
    return list(root, only, conf, true);
  }

  /**
   * The categories below a directory, as {@link #list}, of which only the test images are needed:
   * training images may be absent.
   */
  public static List<Category> listForTest(String root, List<String> only, Configuration conf) {
    return list(root, only, conf, false);
  }

  private static List<Category> list(
      String root, List<String> only, Configuration conf, boolean training) {
    DataFolder folder = DataFolder.open(root, conf);
    try (FolderListing listing = new FolderListing(folder.fileSystem())) {
      Map<String, List<FileStatus>> parts = select(only, categories(root, folder.path(), listing));
      List<Category> categories = read(parts, listing);
      if (training) {
        categories.forEach(category -> requireTraining(category, parts.get(category.name())));
      }
      return categories;
    }
  }

  private static void requireTraining(Category category, List<FileStatus> content) {
    if (category.train().isEmpty()) {
      throw new InvalidInputException(
          Text.format(
              "Category '%s' has no training images: %s holds no file that ends in %s.",
              category.name(),
              new Path(content.get(0).getPath().getParent(), TRAIN + "/" + ImageRef.GOOD),
              String.join(", ", ImageFiles.EXTENSIONS)));
    }
  }

  /** The content of each category's own folder, by the category's name. */
  private static Map<String, List<FileStatus>> categories(
      String root, Path path, FolderListing listing) {
    List<FileStatus> entries = listing.list(List.of(path)).get(path);
    Map<Path, List<FileStatus>> below = listing.list(FolderListing.folders(entries));
    Map<String, List<FileStatus>> categories = new TreeMap<>();
    if (isCategory(entries, below)) {
      categories.put(path.getName(), entries);
      return categories;
    }
    below.forEach(
        (folder, content) -> {
          if (hasParts(content)) {
            categories.put(folder.getName(), content);
          }
        });
    if (categories.isEmpty()) {
      throw new InvalidInputException(
          Text.format("There is no category in %s: %s, found %s.", root, EXPECTED, found(entries)));
    }
    return categories;
  }

  /** Whether a folder is a data set of this layout, or one category of it. */
  static boolean isOne(Path path, FolderListing listing) {
    List<FileStatus> entries = listing.list(List.of(path)).get(path);
    Map<Path, List<FileStatus>> below = listing.list(FolderListing.folders(entries));
    return isCategory(entries, below) || below.values().stream().anyMatch(MvtecAdLayout::hasParts);
  }

  private static boolean isCategory(List<FileStatus> entries, Map<Path, List<FileStatus>> below) {
    return FolderListing.folderNamed(TRAIN, entries).stream()
        .anyMatch(train -> !FolderListing.folderNamed(ImageRef.GOOD, below.get(train)).isEmpty());
  }

  private static boolean hasParts(List<FileStatus> content) {
    return !FolderListing.folderNamed(TRAIN, content).isEmpty()
        || !FolderListing.folderNamed(TEST, content).isEmpty();
  }

  private static String found(List<FileStatus> entries) {
    List<Path> folders = FolderListing.folders(entries);
    if (entries.isEmpty()) {
      return "an empty directory";
    }
    if (folders.isEmpty()) {
      return Text.format("no folders and %d files", entries.size());
    }
    String names = folders.stream().limit(10).map(Path::getName).collect(Collectors.joining(", "));
    return "the folders " + names + (folders.size() > 10 ? ", ..." : "");
  }

  /**
   * The requested entries of a map by name.
   *
   * @throws InvalidInputException if there is no such name, with the nearest one
   */
  static <T> Map<String, T> select(List<String> only, Map<String, T> known) {
    if (only.isEmpty()) {
      return known;
    }
    Map<String, T> selected = new TreeMap<>();
    for (String name : only) {
      T content = known.get(name);
      if (content == null) {
        String meant =
            EditDistance.nearest(name, known.keySet())
                .map(" Did you mean '%s'?"::formatted)
                .orElse("");
        throw new InvalidInputException(
            Text.format(
                "There is no category '%s'.%s Known are: %s.",
                name, meant, String.join(", ", known.keySet())));
      }
      selected.put(name, content);
    }
    return selected;
  }

  private static List<Category> read(
      Map<String, List<FileStatus>> categories, FolderListing listing) {
    List<Path> parts = new ArrayList<>();
    for (List<FileStatus> content : categories.values()) {
      for (String part : List.of(TRAIN, TEST, GROUND_TRUTH)) {
        parts.addAll(FolderListing.folderNamed(part, content));
      }
    }
    Map<Path, List<FileStatus>> groups = listing.list(parts);
    List<Path> leaves =
        groups.entrySet().stream()
            .flatMap(
                part ->
                    part.getKey().getName().equals(TRAIN)
                        ? FolderListing.folderNamed(ImageRef.GOOD, part.getValue()).stream()
                        : FolderListing.folders(part.getValue()).stream())
            .toList();
    Map<Path, List<FileStatus>> files = listing.list(leaves);
    return categories.entrySet().stream()
        .map(category -> category(category.getKey(), category.getValue(), groups, files))
        .toList();
  }

  private static Category category(
      String name,
      List<FileStatus> content,
      Map<Path, List<FileStatus>> groups,
      Map<Path, List<FileStatus>> files) {
    List<ImageRef> train = new ArrayList<>();
    for (Path folder : FolderListing.folderNamed(TRAIN, content)) {
      for (Path good : FolderListing.folderNamed(ImageRef.GOOD, groups.get(folder))) {
        train.addAll(images(name, Split.TRAIN, files.get(good), Map.of()));
      }
    }
    Map<String, Map<String, Path>> masks = new HashMap<>();
    for (Path folder : FolderListing.folderNamed(GROUND_TRUTH, content)) {
      for (Path group : FolderListing.folders(groups.get(folder))) {
        masks.put(group.getName(), byStem(files.get(group)));
      }
    }
    List<ImageRef> test = new ArrayList<>();
    for (Path folder : FolderListing.folderNamed(TEST, content)) {
      for (Path group : FolderListing.folders(groups.get(folder))) {
        Map<String, Path> groupMasks = masks.getOrDefault(group.getName(), Map.of());
        test.addAll(images(name, Split.TEST, files.get(group), groupMasks));
      }
    }
    return new Category(name, train, test);
  }

  private static Map<String, Path> byStem(List<FileStatus> entries) {
    Map<String, Path> byStem = new HashMap<>();
    for (Path file : FolderListing.images(entries)) {
      byStem.putIfAbsent(ImageFiles.stem(file.getName()), file);
    }
    return byStem;
  }

  private static List<ImageRef> images(
      String category, Split split, List<FileStatus> entries, Map<String, Path> masks) {
    return FolderListing.images(entries).stream()
        .map(
            file -> {
              String defect = file.getParent().getName();
              String stem = ImageFiles.stem(file.getName());
              Path mask = masks.getOrDefault(stem + "_mask", masks.get(stem));
              return new ImageRef(
                  category,
                  split,
                  defect,
                  file.getParent().getParent().getName() + "/" + defect + "/" + file.getName(),
                  file.toString(),
                  mask == null ? "" : mask.toString());
            })
        .toList();
  }
}
