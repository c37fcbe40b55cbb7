package io.nightjar.dataset.demo;

import io.nightjar.dataset.demo.flaw.Flaw;
import io.nightjar.dataset.demo.scene.Scene;
import io.nightjar.dataset.demo.scene.Scenes;
import io.nightjar.error.InvalidInputException;
import io.nightjar.text.Text;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Generates a small data set in MVTec AD's layout: its fifteen categories rendered by programs,
 * with several defect types each and masks of exactly the pixels that a defect changed.
 *
 * <p>The same options give the same pixels on any machine whatever the number of threads, and the
 * same bytes wherever Java compresses PNG files with the same zlib.
 */
public final class DemoDataset {
  private static final String MARKER = ".nightjar-demo.json";
  private static final int SMALLEST = 64;
  private static final int LARGEST = 2048;

  private DemoDataset() {}

  /**
   * How much to generate; a value out of its range is refused with an {@link
   * InvalidInputException}.
   *
   * @param imageSize width and height in pixels, 64 to 2048
   * @param trainImages of each category, at least 1
   * @param testGoodImages of each category, at least 1
   * @param testImagesPerDefect of each defect type of each category, at least 1
   * @param seed another seed gives other images of the same items
   */
  public record Options(
      int imageSize, int trainImages, int testGoodImages, int testImagesPerDefect, long seed) {

    /** Refuses numbers that are out of range. */
    public Options {
      if (imageSize < SMALLEST || imageSize > LARGEST) {
        throw new InvalidInputException(
            Text.format(
                "The demo images can be %d to %d pixels wide, not %d",
                SMALLEST, LARGEST, imageSize));
      }
      requirePositive("training images", trainImages);
      requirePositive("good test images", testGoodImages);
      requirePositive("test images of each defect", testImagesPerDefect);
    }

    /** About 300 images of 256 pixels. */
    public static Options standard() {
      return new Options(256, 10, 4, 2, 1);
    }

    private static void requirePositive(String what, int number) {
      if (number < 1) {
        throw new InvalidInputException(
            Text.format("The demo data set needs at least one of the %s, not %d", what, number));
      }
    }
  }

  /** The names of the categories, in MVTec AD's order. */
  public static List<String> categories() {
    return Scenes.ALL.stream().map(Scene::category).toList();
  }

  /** Generates all categories; see {@link #generate(Path, Options, List)}. */
  public static void generate(Path directory, Options options) {
    generate(directory, options, categories());
  }

  /**
   * Generates the named categories below the directory, which is created where it is missing. Does
   * nothing where the directory already contains exactly this data set.
   *
   * @throws InvalidInputException if a category is unknown, the directory contains anything else,
   *     or it cannot be written
   */
  public static void generate(Path directory, Options options, List<String> categories) {
    List<Scene> scenes = scenes(categories);
    String description = describe(options, scenes);
    try {
      if (holds(directory, description)) {
        return;
      }
      Files.createDirectories(directory);
      images(scenes, options).parallelStream().forEach(image -> write(image, directory));
      Files.writeString(directory.resolve(MARKER), description);
    } catch (IOException | UncheckedIOException e) {
      throw new InvalidInputException(
          Text.format(
              "The demo data set cannot be written to %s (%s); choose a directory that you can write to, on a disk with space left",
              directory, e.getMessage()),
          e);
    }
  }

  private static List<Scene> scenes(List<String> categories) {
    for (String category : categories) {
      if (!categories().contains(category)) {
        throw new InvalidInputException(
            Text.format(
                "The demo data set has no category %s; it has %s",
                category, String.join(", ", categories())));
      }
    }
    if (categories.isEmpty()) {
      throw new InvalidInputException("Name at least one category of the demo data set");
    }
    return Scenes.ALL.stream().filter(scene -> categories.contains(scene.category())).toList();
  }

  private static boolean holds(Path directory, String description) throws IOException {
    if (!Files.exists(directory)) {
      return false;
    }
    if (!Files.isDirectory(directory)) {
      throw new InvalidInputException(
          Text.format(
              "The demo data set needs a directory, but %s is a file; choose another", directory));
    }
    Path marker = directory.resolve(MARKER);
    if (Files.isRegularFile(marker)) {
      if (Files.readString(marker).equals(description)) {
        return true;
      }
      throw new InvalidInputException(
          Text.format(
              "%s contains a demo data set of other options; delete it or choose another directory",
              directory));
    }
    try (Stream<Path> content = Files.list(directory)) {
      if (content.findAny().isPresent()) {
        throw new InvalidInputException(
            Text.format(
                "%s is not empty and does not contain a complete demo data set; delete it or choose another directory",
                directory));
      }
    }
    return false;
  }

  private static List<DemoImage> images(List<Scene> scenes, Options options) {
    List<DemoImage> images = new ArrayList<>();
    for (Scene scene : scenes) {
      add(images, scene, "train", Flaw.GOOD, options.trainImages(), options);
      add(images, scene, "test", Flaw.GOOD, options.testGoodImages(), options);
      for (String defect : scene.defects()) {
        add(images, scene, "test", defect, options.testImagesPerDefect(), options);
      }
    }
    return images;
  }

  private static void add(
      List<DemoImage> images,
      Scene scene,
      String split,
      String defect,
      int count,
      Options options) {
    for (int index = 0; index < count; index++) {
      images.add(new DemoImage(scene, split, defect, index, options.imageSize(), options.seed()));
    }
  }

  private static void write(DemoImage image, Path directory) {
    try {
      image.write(directory);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String describe(Options options, List<Scene> scenes) {
    return Text.format(
        """
        {
          "format": 1,
          "imageSize": %d,
          "trainImages": %d,
          "testGoodImages": %d,
          "testImagesPerDefect": %d,
          "seed": %d,
          "categories": [%s]
        }
        """,
        options.imageSize(),
        options.trainImages(),
        options.testGoodImages(),
        options.testImagesPerDefect(),
        options.seed(),
        scenes.stream()
            .map(scene -> '"' + scene.category() + '"')
            .collect(Collectors.joining(", ")));
  }
}
