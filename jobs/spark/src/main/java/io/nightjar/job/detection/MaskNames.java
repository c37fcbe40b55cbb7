package io.nightjar.job.detection;

import io.nightjar.dataset.ImageFiles;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;

/** Where the masks of a category's images are, within the folder of masks. */
final class MaskNames {
  private static final String ENDING = ".png";

  private MaskNames() {}

  /**
   * The path of every image's mask: that of the image with the ending of a PNG in place of its own;
   * after its own, of all images, where two masks had one name otherwise.
   *
   * @param paths of the images within their category
   * @return by the images' paths
   */
  static Map<String, String> of(String category, List<String> paths) {
    Map<String, String> names = names(category, paths, ImageFiles::stem);
    return new HashSet<>(names.values()).size() == paths.size()
        ? names
        : names(category, paths, path -> path);
  }

  private static Map<String, String> names(
      String category, List<String> paths, UnaryOperator<String> base) {
    Map<String, String> names = new HashMap<>();
    paths.forEach(path -> names.put(path, category + "/" + base.apply(path) + ENDING));
    return names;
  }
}
