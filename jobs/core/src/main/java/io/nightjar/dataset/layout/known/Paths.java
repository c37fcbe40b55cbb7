package io.nightjar.dataset.layout.known;

import io.nightjar.dataset.ImageFiles;
import io.nightjar.dataset.listing.Entry;
import io.nightjar.dataset.listing.FolderListing;
import java.util.List;
import java.util.Locale;
import org.apache.hadoop.fs.Path;

/** Paths below a category, and folders that are there. */
final class Paths {
  private Paths() {}

  /** Whether a folder is there; all above it are listed. */
  static boolean hasFolder(Path above, String relative, FolderListing listing) {
    return !contentOf(above, relative, listing).isEmpty();
  }

  /** The folder of that path, or none. */
  static List<Path> contentOf(Path above, String relative, FolderListing listing) {
    List<Path> found = List.of(above);
    for (String name : relative.split("/", -1)) {
      found =
          found.stream()
              .flatMap(folder -> FolderListing.folderNamed(name, listing.list(folder)).stream())
              .toList();
    }
    return found;
  }

  /** The entries of a folder that may be absent. */
  static List<Entry> entries(Path above, String relative, FolderListing listing) {
    return contentOf(above, relative, listing).stream()
        .flatMap(folder -> listing.list(folder).stream())
        .toList();
  }

  /** The path without its extension. */
  static String stem(String path) {
    return path.substring(path.lastIndexOf('/') + 1).indexOf('.') > 0
        ? ImageFiles.stem(path)
        : path;
  }

  /** The path's beginning without a suffix, in upper or lower case. */
  static String without(String suffix, String stem) {
    return endsWith(suffix, stem) ? stem.substring(0, stem.length() - suffix.length()) : stem;
  }

  static boolean endsWith(String suffix, String stem) {
    return stem.toLowerCase(Locale.ROOT).endsWith(suffix.toLowerCase(Locale.ROOT));
  }

  /** The folder of a path; empty where it has none. */
  static String folder(String path) {
    return path.substring(0, Math.max(0, path.lastIndexOf('/')));
  }

  /** What follows so many folders. */
  static String below(int folders, String path) {
    int at = 0;
    for (int i = 0; i < folders; i++) {
      at = path.indexOf('/', at) + 1;
    }
    return path.substring(at);
  }
}
