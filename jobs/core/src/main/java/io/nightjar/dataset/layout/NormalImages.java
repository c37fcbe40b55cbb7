package io.nightjar.dataset.layout;

import io.nightjar.dataset.Category;
import io.nightjar.dataset.ImageFiles;
import io.nightjar.dataset.ImageRef;
import io.nightjar.dataset.Split;
import io.nightjar.error.InvalidInputException;
import io.nightjar.text.Text;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FSDataInputStream;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;

/**
 * Lists training images on any file system that Hadoop knows. A location is one of
 *
 * <ul>
 *   <li>a data set in MVTec AD's layout ({@link MvtecAdLayout}), of which {@code train/good} is
 *       listed;
 *   <li>a folder of images;
 *   <li>a manifest: a text file with the path of one image on each line, from the root, relative to
 *       the manifest's folder, or with a scheme; or a CSV file whose first column has these paths
 *       under the heading {@code path}. Empty lines and lines that start with {@code #} are
 *       skipped.
 * </ul>
 */
public final class NormalImages {
  private static final String HEADING = "path";
  private static final String CSV = ".csv";

  private NormalImages() {}

  /**
   * The categories with their training images, sorted by name; none has test images.
   *
   * @param names of a data set: the categories to list, empty for all; of a folder or a manifest:
   *     what to call it, empty for its own name
   * @throws InvalidInputException where there are no training images, or a manifest names an image
   *     twice
   */
  public static List<Category> list(String location, List<String> names, Configuration conf) {
    Path path = new Path(location);
    try {
      FileSystem files = path.getFileSystem(conf);
      if (files.exists(path) && files.getFileStatus(path).isFile()) {
        return List.of(manifest(files.makeQualified(path), names, conf));
      }
    } catch (IOException e) {
      throw new InvalidInputException(
          Text.format(
              "The images at %s cannot be reached: %s. Check the address, the rights and the connection.",
              location, e.getMessage()),
          e);
    }
    DataFolder folder = DataFolder.open(location, conf);
    try (FolderListing listing = new FolderListing(folder.fileSystem())) {
      List<FileStatus> entries = listing.list(List.of(folder.path())).get(folder.path());
      List<Path> images = FolderListing.images(entries);
      if (!images.isEmpty()) {
        String name = name(location, names, folder.path().getName());
        return List.of(
            new Category(
                name,
                images.stream()
                    .map(image -> image(name, image.getName(), image.toString()))
                    .toList(),
                List.of()));
      }
    }
    return MvtecAdLayout.list(location, names, conf).stream()
        .map(category -> new Category(category.name(), category.train(), List.of()))
        .toList();
  }

  private static Category manifest(Path manifest, List<String> names, Configuration conf)
      throws IOException {
    String location = manifest.toString();
    String name = name(location, names, ownName(manifest.getName()));
    Set<String> seen = new HashSet<>();
    List<ImageRef> images = new ArrayList<>();
    for (String entry : paths(manifest, conf)) {
      if (!seen.add(entry)) {
        throw new InvalidInputException(
            Text.format("The manifest %s names the image %s twice; remove one.", location, entry));
      }
      images.add(image(name, entry, resolve(manifest, entry)));
    }
    if (images.isEmpty()) {
      throw new InvalidInputException(
          Text.format("The manifest %s names no image; write one path on each line.", location));
    }
    return new Category(name, images, List.of());
  }

  private static String resolve(Path manifest, String entry) {
    try {
      return new Path(manifest.getParent(), new Path(entry)).toString();
    } catch (IllegalArgumentException e) {
      throw new InvalidInputException(
          Text.format(
              "The manifest %s names '%s', which is no valid path: %s.",
              manifest, entry, e.getMessage()),
          e);
    }
  }

  /**
   * The paths that a manifest names, as written there.
   *
   * @throws IOException where it cannot be read
   */
  public static List<String> paths(Path manifest, Configuration conf) throws IOException {
    FileSystem files = manifest.getFileSystem(conf);
    String text;
    try (FSDataInputStream in = files.open(manifest)) {
      text = new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }
    List<String> lines =
        text.lines()
            .map(String::strip)
            .filter(line -> !line.isEmpty() && !line.startsWith("#"))
            .toList();
    if (!manifest.getName().toLowerCase(Locale.ROOT).endsWith(CSV)) {
      return lines;
    }
    List<String> column = lines.stream().map(NormalImages::firstCell).toList();
    if (column.isEmpty() || !column.get(0).equalsIgnoreCase(HEADING)) {
      throw new InvalidInputException(
          Text.format(
              "The manifest %s has no column \"%s\"; its first line must begin with that heading.",
              manifest, HEADING));
    }
    return column.subList(1, column.size());
  }

  /** Up to the first comma, or between quotes, where a doubled quote denotes one. */
  private static String firstCell(String line) {
    if (!line.startsWith("\"")) {
      int comma = line.indexOf(',');
      return (comma < 0 ? line : line.substring(0, comma)).strip();
    }
    StringBuilder cell = new StringBuilder();
    for (int i = 1; i < line.length(); i++) {
      if (line.charAt(i) != '"') {
        cell.append(line.charAt(i));
      } else if (i + 1 < line.length() && line.charAt(i + 1) == '"') {
        cell.append(line.charAt(i++));
      } else {
        break;
      }
    }
    return cell.toString();
  }

  private static String ownName(String fileName) {
    return fileName.indexOf('.') > 0 ? ImageFiles.stem(fileName) : fileName;
  }

  /** What to call the one category of a folder or a manifest. */
  static String name(String location, List<String> names, String own) {
    if (names.size() > 1) {
      throw new InvalidInputException(
          Text.format(
              "%s is one category, but %d categories are named (%s); name one.",
              location, names.size(), String.join(", ", names)));
    }
    return names.isEmpty() ? own : names.get(0);
  }

  private static ImageRef image(String category, String path, String uri) {
    return new ImageRef(category, Split.TRAIN, ImageRef.GOOD, path, uri, "");
  }
}
