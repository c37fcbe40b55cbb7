package io.nightjar.dataset.layout;

import io.nightjar.dataset.Category;
import io.nightjar.dataset.ImageFiles;
import io.nightjar.dataset.ImageRef;
import io.nightjar.dataset.Split;
import io.nightjar.error.InvalidInputException;
import io.nightjar.text.Text;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;

/**
 * Lists unlabelled images to score, on any file system that Hadoop knows. A location is one of
 *
 * <ul>
 *   <li>a manifest, as {@link NormalImages} reads it;
 *   <li>a folder with images: these and all in the folders below it are one category;
 *   <li>a data set in MVTec AD's layout ({@link MvtecAdLayout}), of which {@code test} is listed,
 *       without its labels and masks;
 *   <li>a folder with a sub-folder for each category, whose images are there or deeper.
 * </ul>
 */
public final class UnlabelledImages {
  private UnlabelledImages() {}

  /**
   * The categories with their test images, sorted by name; none has training images.
   *
   * @param names of a data set or of sub-folders: the categories to list, empty for all; of a
   *     folder of images or a manifest: the category they belong to, empty for its own name
   * @throws InvalidInputException where there are no images to score
   */
  public static List<Category> list(String location, List<String> names, Configuration conf) {
    if (isFile(location, conf)) {
      return NormalImages.list(location, names, conf).stream()
          .map(listed -> unlabelled(listed.name(), listed.train()))
          .toList();
    }
    DataFolder folder = DataFolder.open(location, conf);
    try (FolderListing listing = new FolderListing(folder.fileSystem())) {
      List<FileStatus> entries = listing.list(List.of(folder.path())).get(folder.path());
      if (!FolderListing.images(entries).isEmpty()) {
        String name = NormalImages.name(location, names, folder.path().getName());
        return List.of(category(name, folder.path(), listing.imagesBelow(folder.path())));
      }
      if (!MvtecAdLayout.isOne(folder.path(), listing)) {
        return byFolder(location, names, entries, listing);
      }
    }
    List<Category> categories =
        MvtecAdLayout.listForTest(location, names, conf).stream()
            .map(category -> unlabelled(category.name(), category.test()))
            .toList();
    for (Category category : categories) {
      requireImages(category.name(), location, category.test());
    }
    return categories;
  }

  /**
   * The same for one known category: where the folders in a location are neither categories of a
   * data set, nor the category by its name, nor parts of one with its masks, all images below the
   * location are the category's.
   *
   * @throws InvalidInputException where there are no images to score
   */
  public static Category listOne(String location, String category, Configuration conf) {
    if (!isFile(location, conf)) {
      DataFolder folder = DataFolder.open(location, conf);
      try (FolderListing listing = new FolderListing(folder.fileSystem())) {
        List<FileStatus> entries = listing.list(List.of(folder.path())).get(folder.path());
        List<Path> folders = FolderListing.folders(entries);
        List<String> other = List.of(category, "train", "test", "ground_truth");
        if (!folders.isEmpty()
            && folders.stream().noneMatch(below -> other.contains(below.getName()))
            && !MvtecAdLayout.isOne(folder.path(), listing)) {
          List<Path> images = listing.imagesBelow(folder.path());
          Category all = category(category, folder.path(), images);
          requireImages(category, location, all.test());
          return all;
        }
      }
    }
    return list(location, List.of(category), conf).get(0);
  }

  private static boolean isFile(String location, Configuration conf) {
    try {
      Path path = new Path(location);
      FileSystem files = path.getFileSystem(conf);
      return files.exists(path) && files.getFileStatus(path).isFile();
    } catch (IOException | IllegalArgumentException e) {
      throw new InvalidInputException(
          Text.format(
              "The images at %s cannot be reached: %s. Check the address, the rights and the connection.",
              location, e.getMessage()),
          e);
    }
  }

  private static List<Category> byFolder(
      String location, List<String> names, List<FileStatus> entries, FolderListing listing) {
    Map<String, Path> folders = new TreeMap<>();
    for (Path folder : FolderListing.folders(entries)) {
      folders.put(folder.getName(), folder);
    }
    if (folders.isEmpty()) {
      throw new InvalidInputException(
          Text.format(
                  "There is no image in %s: expected files that end in %s, or a folder of such for each",
                  location, String.join(", ", ImageFiles.EXTENSIONS))
              + " category.");
    }
    List<Category> categories = new ArrayList<>();
    MvtecAdLayout.select(names, folders)
        .forEach(
            (name, folder) -> {
              Category category = category(name, folder, listing.imagesBelow(folder));
              if (!names.isEmpty()) {
                requireImages(name, folder.toString(), category.test());
              }
              if (!category.test().isEmpty()) {
                categories.add(category);
              }
            });
    if (categories.isEmpty()) {
      requireImages(String.join(", ", folders.keySet()), location, List.of());
    }
    return categories;
  }

  private static void requireImages(String category, String location, List<ImageRef> images) {
    if (images.isEmpty()) {
      throw new InvalidInputException(
          Text.format(
              "There is no image of %s to score below %s: no file ends in %s.",
              category, location, String.join(", ", ImageFiles.EXTENSIONS)));
    }
  }

  private static Category category(String name, Path folder, List<Path> images) {
    String prefix = folder + "/";
    return new Category(
        name,
        List.of(),
        images.stream()
            .map(Path::toString)
            .map(uri -> unlabelled(name, uri.substring(prefix.length()), uri))
            .toList());
  }

  private static Category unlabelled(String name, List<ImageRef> images) {
    return new Category(
        name,
        List.of(),
        images.stream().map(image -> unlabelled(name, image.relativePath(), image.uri())).toList());
  }

  /** Listed as good, so that no mask is looked for. */
  private static ImageRef unlabelled(String category, String path, String uri) {
    return new ImageRef(category, Split.TEST, ImageRef.GOOD, path, uri, "");
  }
}
