package io.nightjar.dataset.layout;

import io.nightjar.dataset.Catalogue;
import io.nightjar.dataset.Category;
import io.nightjar.dataset.ImageFiles;
import io.nightjar.dataset.ImageRef;
import io.nightjar.dataset.Split;
import io.nightjar.dataset.ledger.Ledger;
import io.nightjar.dataset.list.ListedPaths;
import io.nightjar.error.InvalidInputException;
import io.nightjar.io.BoundedFiles;
import io.nightjar.io.HadoopPaths;
import io.nightjar.io.PlainFiles;
import io.nightjar.io.place.PlaceFault;
import io.nightjar.text.Addresses;
import io.nightjar.text.Text;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;

/**
 * A list of images: a text file with the path of one image on each line, from the root, relative to
 * the list's folder, or with a scheme; or a table whose column {@code path} has these. How such
 * files are written is {@link ListedPaths}'s affair.
 */
public final class ImageList {
  private ImageList() {}

  /**
   * Whether a location is a file.
   *
   * @throws InvalidInputException if it cannot be reached
   */
  static boolean isOne(String location, Configuration conf) {
    try {
      Path path = HadoopPaths.parse(location);
      FileSystem files = PlainFiles.of(path, conf);
      return files.exists(path) && files.getFileStatus(path).isFile();
    } catch (IOException | IllegalArgumentException e) {
      throw PlaceFault.refused("The images at %s cannot be reached: %s", location, e);
    }
  }

  /**
   * The images of a list as those of one category, named as the list names them.
   *
   * @param names the category they belong to; empty for the list's own name
   * @param split the part of the category that they are
   * @throws InvalidInputException if the list cannot be read, names no image, or one twice
   */
  static Catalogue read(String location, List<String> names, Split split, Configuration conf) {
    Path list = qualified(location, conf);
    String name = CategoryNames.one(list.toString(), names, ownName(list.getName()));
    Set<String> seen = new HashSet<>();
    List<ImageRef> images = new ArrayList<>();
    for (String entry : paths(location, conf)) {
      if (!seen.add(Addresses.redacted(entry))) {
        throw new InvalidInputException(
            Text.format("The list %s names the image %s twice; remove one.", list, entry));
      }
      images.add(new ImageRef(name, split, ImageRef.GOOD, entry, resolve(list, entry), ""));
    }
    if (images.isEmpty()) {
      throw new InvalidInputException(
          Text.format("The list %s names no image; write one path on each line.", list));
    }
    Category category =
        new Category(
            name,
            split == Split.TRAIN ? images : List.of(),
            split == Split.TEST ? images : List.of());
    return new Catalogue("a list of images", List.of(category), Ledger.EMPTY);
  }

  /**
   * The paths that a list names, as written there.
   *
   * @throws InvalidInputException if it cannot be read
   */
  public static List<String> paths(String location, Configuration conf) {
    Path list = qualified(location, conf);
    try {
      byte[] content = BoundedFiles.read(files(list, conf), list, BoundedFiles.DOCUMENT_BYTES);
      return ListedPaths.of(content, list.toString());
    } catch (IOException e) {
      throw PlaceFault.refused("The list %s cannot be read: %s", list, e);
    }
  }

  private static FileSystem files(Path path, Configuration conf) throws IOException {
    return PlainFiles.of(path, conf);
  }

  private static Path qualified(String location, Configuration conf) {
    try {
      Path path = HadoopPaths.parse(location);
      return files(path, conf).makeQualified(path);
    } catch (IOException | IllegalArgumentException e) {
      throw PlaceFault.refused("The list %s cannot be reached: %s", location, e);
    }
  }

  private static String resolve(Path list, String entry) {
    try {
      return new Path(list.getParent(), HadoopPaths.parse(entry)).toString();
    } catch (IllegalArgumentException e) {
      throw new InvalidInputException(
          Text.format(
              "The list %s names '%s', which is no valid path: %s.", list, entry, e.getMessage()),
          e);
    }
  }

  private static String ownName(String fileName) {
    return fileName.indexOf('.') > 0 ? ImageFiles.stem(fileName) : fileName;
  }
}
