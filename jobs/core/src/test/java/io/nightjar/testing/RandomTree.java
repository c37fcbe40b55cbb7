package io.nightjar.testing;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.TreeMap;

/**
 * A data set of a random tree: nested folders, files of all kinds, two files of one stem, masks
 * with and without an image, and links of all kinds where the file system has such.
 */
public final class RandomTree {
  private static final List<String> STEMS =
      List.of("000", "001", "002", "a b", "50%", "Ä", "2024-05-01T10:30:00", "x#1", "_h", ".d");
  private static final List<String> EXTENSIONS =
      List.of(".png", ".PNG", ".jpg", ".bmp", ".tiff", ".webp", ".gif", ".txt", ".bin", ".db", "");
  private static final List<String> FOLDERS =
      List.of("side_a", "day 2", "000", "k:2", "@eaDir", ".cache", "_old", "$RECYCLE.BIN");

  private final Random random;
  private final boolean links;
  private final List<String> files = new ArrayList<>();
  private final TreeMap<String, String> linked = new TreeMap<>();

  /**
   * Draws a tree.
   *
   * @param links whether the file system that it is for has links
   */
  public RandomTree(long seed, boolean links) {
    this.random = new Random(seed);
    this.links = links;
    for (int i = 0; i < 1 + random.nextInt(3); i++) {
      category("cat" + i);
    }
    some("", 2);
    if (random.nextBoolean()) {
      some("docs/", 2);
    }
  }

  private void category(String name) {
    files.add(name + "/train/good/first.png");
    fill(name + "/train/good/", 3, 2);
    for (String kind : List.of("good", "bent", "torn")) {
      if (kind.equals("good") || random.nextInt(4) > 0) {
        files.add(name + "/test/" + kind + "/first.png");
        fill(name + "/test/" + kind + "/", 3, 2);
        masks(name, kind);
      }
    }
    some(name + "/", 1);
    some(name + "/test/", 1);
    some(name + "/train/", 1);
    some(name + "/train/bad/", 1);
    some(name + "/ground_truth/", 1);
    if (links && random.nextBoolean()) {
      linked.put(name + "/test/link", "good");
    }
  }

  /** Masks of some of the images, some of them under two names, and some of no image. */
  private void masks(String name, String kind) {
    String images = name + "/test/" + kind + "/";
    for (String file : List.copyOf(files)) {
      if (file.startsWith(images) && file.toLowerCase(Locale.ROOT).endsWith("g")) {
        String stem = file.substring(images.length(), file.lastIndexOf('.'));
        String mask = name + "/ground_truth/" + kind + "/" + stem;
        switch (random.nextInt(5)) {
          case 0 -> files.add(mask + "_mask.png");
          case 1 -> files.add(mask + "_MASK.BMP");
          case 2 -> files.addAll(List.of(mask + "_mask.png", mask + ".png"));
          case 3 -> files.add(mask + "_gt.png");
          default -> {}
        }
      }
    }
    some(name + "/ground_truth/" + kind + "/", 2);
  }

  private void fill(String folder, int most, int deep) {
    some(folder, most);
    if (deep > 0 && random.nextBoolean()) {
      fill(folder + one(FOLDERS) + "/", most, deep - 1);
    }
    if (links && random.nextInt(3) == 0) {
      String target =
          one(
              List.of(
                  "/nowhere/gone.png", ".", "..", "../..", "first.png", "side_a", "../../test"));
      linked.put(folder + one(List.of("link", "link.png", "latest", "a.jpg")), target);
    }
  }

  private void some(String folder, int most) {
    for (int i = 0; i < random.nextInt(most + 1); i++) {
      files.add(folder + one(STEMS) + one(EXTENSIONS));
    }
  }

  private String one(List<String> of) {
    return of.get(random.nextInt(of.size()));
  }

  /** The paths of its files, each once; no file has the name of a folder. */
  public List<String> files() {
    return files.stream()
        .distinct()
        .filter(file -> files.stream().noneMatch(other -> other.startsWith(file + "/")))
        .sorted()
        .toList();
  }

  /** Writes it to a local folder. */
  public void write(Path root) throws IOException {
    for (String name : files()) {
      Path file = root.resolve(name);
      Files.createDirectories(file.getParent());
      Files.write(file, new byte[] {1});
    }
    for (String name : linked.keySet()) {
      Path link = root.resolve(name);
      if (Files.notExists(link, LinkOption.NOFOLLOW_LINKS)) {
        Files.createDirectories(link.getParent());
        Files.createSymbolicLink(link, Path.of(linked.get(name)));
      }
    }
  }
}
