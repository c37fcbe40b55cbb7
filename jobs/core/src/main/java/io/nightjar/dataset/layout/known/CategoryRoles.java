package io.nightjar.dataset.layout.known;

import java.util.Map;
import java.util.Optional;
import org.apache.hadoop.fs.Path;

/** What each file of one category is for. */
interface CategoryRoles {

  /**
   * The role of a file.
   *
   * @param path below the category
   */
  Role of(String path);

  /** Whether an image may have several masks, whose union counts. */
  default boolean allowsManyMasks() {
    return false;
  }

  /**
   * Where the mask of an image is expected, for a person.
   *
   * @param path of the image below the category
   */
  String maskOf(String path);

  /** The file that states the saturation areas of defects; empty where there is none. */
  default Optional<Path> saturation() {
    return Optional.empty();
  }

  /** Images that a list of the data set names, by their paths below the category, and the list. */
  default Map<String, String> listed() {
    return Map.of();
  }
}
