package io.nightjar.dataset.map;

import io.nightjar.dataset.Category;
import io.nightjar.dataset.ImageFiles;
import io.nightjar.error.InvalidInputException;
import io.nightjar.io.FileNames;
import io.nightjar.io.FolderFiles;
import io.nightjar.io.HadoopPaths;
import io.nightjar.io.PlainFiles;
import io.nightjar.io.place.PlaceFault;
import io.nightjar.text.Text;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;

/**
 * The anomaly maps of normal images, of several methods, in the same folder below each method's
 * folder of a category, such as {@code ROOT/CATEGORY/train/good/STEM.tiff}. Where the maps of one
 * category are in the root itself, {@code ROOT/train/good}.
 */
public final class NormalMaps {
  private NormalMaps() {}

  /**
   * The maps of the same normal images in the folders of all methods.
   *
   * @param roots the folder of each method, as any Hadoop path
   * @param folder relative to that of a category
   * @return by category the maps of each image, one of each method in their order; the images by
   *     their names
   * @throws InvalidInputException if a method has no such folder of a category, or the methods have
   *     maps of different images
   */
  public static Map<String, List<List<String>>> find(
      List<String> roots, List<Category> categories, String folder, Configuration configuration) {
    Map<String, List<List<String>>> found = new LinkedHashMap<>();
    for (Category category : categories) {
      List<Map<String, String>> methods = new ArrayList<>();
      for (String root : roots) {
        methods.add(list(root, category.name(), categories.size() == 1, folder, configuration));
      }
      requireSameImages(methods, roots, category.name(), folder);
      found.put(
          category.name(),
          methods.get(0).keySet().stream()
              .map(stem -> methods.stream().map(own -> own.get(stem)).toList())
              .toList());
    }
    return found;
  }

  private static Map<String, String> list(
      String root, String category, boolean isOnly, String folder, Configuration configuration) {
    try {
      Path place = HadoopPaths.parse(root);
      FileSystem files = PlainFiles.of(place, configuration);
      Path ofCategory = HadoopPaths.child(place, category);
      Path own = isOnly && !files.exists(ofCategory) ? place : ofCategory;
      Path normal = HadoopPaths.child(own, folder);
      Map<String, String> maps = maps(files, normal);
      if (maps.isEmpty()) {
        throw new InvalidInputException(
            Text.format(
                "--normal-maps %s: there are no anomaly maps in %s; put there those of normal images,"
                    + " or name another folder.",
                folder, normal));
      }
      return maps;
    } catch (IOException | IllegalArgumentException e) {
      throw PlaceFault.refused("--maps %s cannot be read: %s", root, e);
    }
  }

  /** Full paths by the paths of images without extensions. */
  private static Map<String, String> maps(FileSystem files, Path folder) throws IOException {
    Map<String, String> maps = new TreeMap<>();
    for (String path : FolderFiles.list(files, folder)) {
      String name = path.substring(path.lastIndexOf('/') + 1);
      int dot = name.lastIndexOf('.');
      if (dot > 0
          && !name.startsWith(".")
          && CategoryMaps.EXTENSIONS.contains(name.substring(dot + 1).toLowerCase(Locale.ROOT))) {
        String uri = files.makeQualified(HadoopPaths.child(folder, path)).toString();
        String other = maps.put(FileNames.composed(ImageFiles.stem(path)), uri);
        if (other != null) {
          throw new InvalidInputException(
              Text.format(
                  "A normal image has two anomaly maps, %s and %s; leave one of them.",
                  other, uri));
        }
      }
    }
    return maps;
  }

  private static void requireSameImages(
      List<Map<String, String>> methods, List<String> roots, String category, String folder) {
    Set<String> all = new TreeSet<>();
    methods.forEach(own -> all.addAll(own.keySet()));
    for (String stem : all) {
      for (int i = 0; i < methods.size(); i++) {
        if (!methods.get(i).containsKey(stem)) {
          throw new InvalidInputException(
              Text.format(
                  "--normal-maps %s: the methods have maps of different images of %s: that of %s is"
                      + " absent in %s.",
                  folder, category, stem, roots.get(i)));
        }
      }
    }
  }
}
