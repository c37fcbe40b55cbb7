package io.nightjar.dataset.layout;

import io.nightjar.dataset.ImageFiles;
import io.nightjar.dataset.listing.Entry;
import io.nightjar.dataset.listing.Inventory;
import io.nightjar.io.FileNames;
import io.nightjar.io.HadoopPaths;
import io.nightjar.text.Text;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Set;
import java.util.TreeMap;
import org.apache.hadoop.fs.Path;

/**
 * The masks of one kind of defect, by the images that they are named after: {@code STEM_mask} or
 * {@code STEM} with the extension of an image, in the same sub-folder as the image.
 */
final class MaskMatches {
  private static final String SUFFIX = "_mask";

  private final Path folder;
  private final Map<String, List<Entry>> byStem = new HashMap<>();
  private final List<Entry> masks = new ArrayList<>();
  private final Set<Entry> taken = new HashSet<>();
  private final String remark;

  /** All files below the folder by their paths there, for what to say where a mask is missing. */
  private final NavigableMap<String, Entry> byPath = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);

  /**
   * @param folder {@code ground_truth/DEFECT}
   * @param entries all that is below it
   * @param remark what is wrong with the folder, as a part of a sentence; empty where nothing is
   */
  MaskMatches(Path folder, List<Entry> entries, String remark) {
    this.folder = folder;
    this.remark = remark;
    for (Entry entry : entries) {
      String path = FileNames.composed(Inventory.relative(folder, entry.path()));
      byPath.put(path, entry);
      if (ImageFiles.isImage(entry.name())) {
        masks.add(entry);
        String stem = ImageFiles.stem(path);
        add(stem, entry);
        if (stem.toLowerCase(Locale.ROOT).endsWith(SUFFIX)) {
          add(stem.substring(0, stem.length() - SUFFIX.length()), entry);
        }
      }
    }
  }

  /** Where there is no folder of masks. */
  static MaskMatches none(String remark) {
    return new MaskMatches(new Path("/"), List.of(), remark.replaceFirst("\\.$", ""));
  }

  private void add(String stem, Entry entry) {
    byStem.computeIfAbsent(stem, first -> new ArrayList<>()).add(entry);
  }

  /**
   * The masks of an image, which are then no longer without an image.
   *
   * @param stem the image's path below its kind of defect, without extension
   */
  List<Entry> of(String stem) {
    List<Entry> found = byStem.getOrDefault(FileNames.composed(stem), List.of());
    taken.addAll(found);
    return found;
  }

  /** Those of the image's masks that no other image was found for so far; then none is without. */
  List<Entry> rest(String stem) {
    List<Entry> rest =
        byStem.getOrDefault(FileNames.composed(stem), List.of()).stream()
            .filter(mask -> !taken.contains(mask))
            .toList();
    taken.addAll(rest);
    return rest;
  }

  /** The paths of the images that the masks are of, without extension. */
  List<String> stems() {
    return masks.stream()
        .map(mask -> ImageFiles.stem(Inventory.relative(folder, mask.path())))
        .map(
            stem ->
                stem.toLowerCase(Locale.ROOT).endsWith(SUFFIX)
                    ? stem.substring(0, stem.length() - SUFFIX.length())
                    : stem)
        .distinct()
        .sorted()
        .toList();
  }

  /** The masks that no image was found for. */
  List<Entry> orphans() {
    return masks.stream().filter(mask -> !taken.contains(mask)).toList();
  }

  /**
   * What is there in place of an image's mask, as a part of a sentence; empty where nothing is. To
   * be asked when all images have been asked for.
   *
   * @param image its path below its kind of defect, without extension
   */
  String remark(String image) {
    String stem = FileNames.composed(image);
    String name = HadoopPaths.name(stem);
    Map.Entry<String, Entry> next = byPath.ceilingEntry(stem);
    if (next != null && startsWith(next.getKey(), stem + "/")) {
      return inFolder(stem, name);
    }
    if (next != null && startsWith(next.getKey(), stem) && !taken.contains(next.getValue())) {
      return Text.format(
          "found %s; masks must be named %s_mask.png or %s.png",
          HadoopPaths.name(next.getKey()), name, name);
    }
    return elsewhere(name);
  }

  private String inFolder(String stem, String name) {
    long images =
        byPath.tailMap(stem + "/", true).entrySet().stream()
            .takeWhile(entry -> startsWith(entry.getKey(), stem + "/"))
            .filter(entry -> ImageFiles.isImage(entry.getKey()))
            .count();
    return Text.format(
        "found a folder %s with %s, as in the layout of MVTec LOCO AD; one mask named"
            + " %s_mask.png is expected",
        name, Text.counted(images, "image", "images"), name);
  }

  /** A mask of the same name in another sub-folder, or any that has no image. */
  private String elsewhere(String name) {
    List<Entry> orphans = orphans();
    if (orphans.isEmpty()) {
      return remark;
    }
    Entry nearest =
        orphans.stream()
            .filter(mask -> startsWith(mask.name(), name))
            .findFirst()
            .orElse(orphans.get(0));
    return Text.format(
        "found %s, which belongs to no image; a mask is expected in the same sub-folder as its"
            + " image",
        nearest.path());
  }

  private static boolean startsWith(String text, String beginning) {
    return text.regionMatches(true, 0, beginning, 0, beginning.length());
  }
}
