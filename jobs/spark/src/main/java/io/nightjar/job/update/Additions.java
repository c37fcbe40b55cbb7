package io.nightjar.job.update;

import io.nightjar.bank.store.BankManifest;
import io.nightjar.dataset.ImageRef;
import io.nightjar.error.InvalidInputException;
import io.nightjar.text.Text;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * New images of an update.
 *
 * @param fresh those that the bank does not have, by the names that they get there
 * @param duplicates those that it has, whatever their paths
 */
record Additions(List<ImageRef> fresh, List<Duplicate> duplicates) {

  /**
   * An image whose bytes the bank has already.
   *
   * @param path of the new file
   * @param name of the same bytes within the bank, or of the first such new image
   */
  record Duplicate(String path, String name) {}

  /**
   * Separates new images from duplicates.
   *
   * @param kept the images that stay in the bank
   * @param hashes the images' SHA-256 by their paths
   */
  static Additions of(
      List<ImageRef> images, Map<String, String> hashes, List<BankManifest.Image> kept) {
    Map<String, String> names = new HashMap<>();
    Set<String> taken = new HashSet<>();
    for (BankManifest.Image image : kept) {
      names.put(image.sha256(), image.path());
      taken.add(image.path());
    }
    List<ImageRef> fresh = new ArrayList<>();
    List<Duplicate> duplicates = new ArrayList<>();
    for (ImageRef image : images) {
      String path = image.relativePath();
      String sha256 = hashes.get(path);
      String name = taken.contains(path) ? NameInBank.marked(path, sha256) : path;
      String first = names.putIfAbsent(sha256, name);
      if (first != null) {
        duplicates.add(new Duplicate(path, first));
      } else {
        taken.add(name);
        fresh.add(named(image, name));
      }
    }
    return new Additions(fresh, duplicates);
  }

  /**
   * Makes sure that a list names images of these.
   *
   * @param accepted paths or names
   * @throws InvalidInputException if one is none of the new images
   */
  void requireNamed(Set<String> accepted) {
    Set<String> names = new HashSet<>();
    for (ImageRef image : fresh) {
      names.add(image.relativePath());
      names.add(NameInBank.path(image.relativePath()));
    }
    duplicates.forEach(image -> names.addAll(List.of(image.path(), image.name())));
    for (String name : accepted) {
      if (!names.contains(name)) {
        throw new InvalidInputException(
            Text.format(
                    "--accept names %s, which is not among %s; the names are those of the",
                    name, Text.counted(fresh.size() + duplicates.size(), "new image", "new images"))
                + " review list.");
      }
    }
  }

  /** The new images by their names. */
  Map<String, ImageRef> byName() {
    Map<String, ImageRef> refs = new HashMap<>();
    fresh.forEach(image -> refs.put(image.relativePath(), image));
    return refs;
  }

  /** The hash of a new image, which was found at another name than it gets. */
  String sha256(ImageRef image, Map<String, String> hashes) {
    return hashes.getOrDefault(
        image.relativePath(), hashes.getOrDefault(NameInBank.path(image.relativePath()), ""));
  }

  /** These without some of the new ones, by their names within the bank. */
  Additions without(Set<String> names) {
    return new Additions(
        fresh.stream().filter(image -> !names.contains(image.relativePath())).toList(), duplicates);
  }

  /** The image by its name within the bank. */
  static ImageRef named(ImageRef image, String name) {
    return image.named(name);
  }
}
