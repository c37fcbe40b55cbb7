package io.nightjar.dataset.demo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.nightjar.dataset.demo.scene.Scene;
import io.nightjar.dataset.demo.scene.Scenes;
import io.nightjar.error.InvalidInputException;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.ForkJoinPool;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DemoDatasetTest {
  private static final DemoDataset.Options SMALL = new DemoDataset.Options(64, 3, 2, 1, 5);
  private static final List<String> TWO = List.of("bottle", "grid");

  @TempDir private Path directory;

  @Test
  void hasTheCategoriesOfMvtecAdInTheirOrder() {
    assertThat(DemoDataset.categories())
        .containsExactly(
            "carpet",
            "grid",
            "leather",
            "tile",
            "wood",
            "bottle",
            "cable",
            "capsule",
            "hazelnut",
            "metal_nut",
            "pill",
            "screw",
            "toothbrush",
            "transistor",
            "zipper");
  }

  @Test
  void laysOutAllCategoriesAsMvtecAdDoes() throws IOException {
    DemoDataset.Options tiny = new DemoDataset.Options(64, 1, 1, 1, 5);
    DemoDataset.generate(directory, tiny);

    int defects = 0;
    for (Scene scene : Scenes.ALL) {
      Path category = directory.resolve(scene.category());
      assertThat(names(category)).containsExactly("ground_truth", "test", "train");
      assertThat(names(category.resolve("ground_truth")))
          .containsExactlyElementsOf(scene.defects());
      defects += scene.defects().size();
    }
    assertThat(files(directory)).hasSize(15 * 2 + 2 * defects + 1);
  }

  @Test
  void generatesAsManyImagesAsAsked() throws IOException {
    DemoDataset.generate(directory, SMALL, List.of("bottle"));

    Path bottle = directory.resolve("bottle");
    assertThat(names(directory)).containsExactly(".nightjar-demo.json", "bottle");
    assertThat(names(bottle.resolve("train"))).containsExactly("good");
    assertThat(names(bottle.resolve("train/good")))
        .containsExactly("000.png", "001.png", "002.png");
    assertThat(names(bottle.resolve("test")))
        .containsExactly("broken_large", "broken_small", "contamination", "good");
    assertThat(names(bottle.resolve("test/good"))).containsExactly("000.png", "001.png");
    assertThat(names(bottle.resolve("test/broken_large"))).containsExactly("000.png");
    assertThat(names(bottle.resolve("ground_truth/broken_large"))).containsExactly("000_mask.png");
  }

  @Test
  void writesRgbImagesAndGreyMasksOfBlackAndWhite() throws IOException {
    DemoDataset.generate(directory, SMALL, List.of("bottle"));

    BufferedImage image = read("bottle/test/broken_large/000.png");
    assertThat(image.getColorModel().getNumComponents()).isEqualTo(3);
    assertThat(image.getWidth()).isEqualTo(64);
    assertThat(image.getHeight()).isEqualTo(64);
    BufferedImage mask = read("bottle/ground_truth/broken_large/000_mask.png");
    assertThat(mask.getType()).isEqualTo(BufferedImage.TYPE_BYTE_GRAY);
    assertThat(mask.getRaster().getSamples(0, 0, 64, 64, 0, new int[64 * 64]))
        .hasSize(64 * 64)
        .contains(0, 255)
        .containsOnly(0, 255);
  }

  @Test
  void isTheSameToTheByteWhateverTheNumberOfThreads() throws Exception {
    Path parallel = directory.resolve("parallel");
    Path alone = directory.resolve("alone");
    DemoDataset.generate(parallel, SMALL, TWO);
    ForkJoinPool single = new ForkJoinPool(1);
    try {
      single.submit(() -> DemoDataset.generate(alone, SMALL, TWO)).get();
    } finally {
      single.shutdown();
    }

    assertThat(hash(alone)).isEqualTo(hash(parallel));
  }

  @Test
  void anImageDoesNotDependOnWhatElseIsGenerated() throws IOException {
    Path one = directory.resolve("one");
    Path more = directory.resolve("more");
    DemoDataset.generate(one, new DemoDataset.Options(64, 1, 1, 1, 5), List.of("grid"));
    DemoDataset.generate(more, new DemoDataset.Options(64, 2, 2, 2, 5), List.of("grid", "wood"));

    String image = "grid/test/bent/000.png";
    assertThat(more.resolve(image)).hasSameBinaryContentAs(one.resolve(image));
  }

  @Test
  void anotherSeedGivesOtherImages() throws IOException {
    Path one = directory.resolve("one");
    Path other = directory.resolve("other");
    DemoDataset.generate(one, new DemoDataset.Options(64, 1, 1, 1, 5), List.of("grid"));
    DemoDataset.generate(other, new DemoDataset.Options(64, 1, 1, 1, 6), List.of("grid"));

    assertThat(Files.readAllBytes(other.resolve("grid/train/good/000.png")))
        .isNotEqualTo(Files.readAllBytes(one.resolve("grid/train/good/000.png")));
  }

  @Test
  void leavesACompleteSetOfTheSameOptionsAlone() throws IOException {
    DemoDataset.generate(directory, SMALL, TWO);
    Path touched = directory.resolve("bottle/train/good/000.png");
    Files.writeString(touched, "touched");

    DemoDataset.generate(directory, SMALL, List.of("grid", "bottle"));

    assertThat(touched).hasContent("touched");
  }

  @Test
  void refusesADirectoryWithASetOfOtherOptions() {
    DemoDataset.generate(directory, SMALL, List.of("grid"));
    DemoDataset.Options others = new DemoDataset.Options(64, 3, 2, 1, 6);

    assertThatThrownBy(() -> DemoDataset.generate(directory, others, List.of("grid")))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining(directory.toString())
        .hasMessageContaining("other options");
  }

  @Test
  void refusesADirectoryWithOtherContent() throws IOException {
    Files.writeString(directory.resolve("thesis.txt"), "mine");

    assertThatThrownBy(() -> DemoDataset.generate(directory, SMALL))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining(directory.toString())
        .hasMessageContaining("not empty");
    assertThat(names(directory)).containsExactly("thesis.txt");
  }

  @Test
  void refusesAFile() throws IOException {
    Path file = Files.writeString(directory.resolve("file"), "mine");

    assertThatThrownBy(() -> DemoDataset.generate(file, SMALL))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("is a file");
  }

  @Test
  void refusesAnUnknownCategory() {
    assertThatThrownBy(() -> DemoDataset.generate(directory, SMALL, List.of("grid", "teapot")))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("teapot")
        .hasMessageContaining("carpet");
  }

  @Test
  void refusesSizesOutOfRange() {
    assertThatThrownBy(() -> new DemoDataset.Options(63, 1, 1, 1, 0))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("63");
    assertThatThrownBy(() -> new DemoDataset.Options(64, 0, 1, 1, 0))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("training images");
  }

  private BufferedImage read(String file) throws IOException {
    return ImageIO.read(directory.resolve(file).toFile());
  }

  private static List<String> names(Path folder) throws IOException {
    try (Stream<Path> content = Files.list(folder)) {
      return content.map(path -> path.getFileName().toString()).sorted().toList();
    }
  }

  private static List<Path> files(Path root) throws IOException {
    try (Stream<Path> content = Files.walk(root)) {
      return content.filter(Files::isRegularFile).sorted().toList();
    }
  }

  private static String hash(Path root) throws Exception {
    MessageDigest digest = MessageDigest.getInstance("SHA-256");
    for (Path file : files(root)) {
      digest.update(
          root.relativize(file).toString().getBytes(java.nio.charset.StandardCharsets.UTF_8));
      digest.update(Files.readAllBytes(file));
    }
    return HexFormat.of().formatHex(digest.digest());
  }
}
