package io.nightjar.testing;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Files;
import java.nio.file.Path;

/**
 * The real images, weights and reference values that some tests need. They are not part of the
 * project; the environment variable {@code NIGHTJAR_SHARED} names their folder, which is {@code
 * shared} next to the source tree by default.
 */
public final class SharedFiles {
  private SharedFiles() {}

  /** The folder {@code data/mvtec_ad}, which holds the category {@code bottle}. */
  public static Path mvtecAd() {
    return require("data/mvtec_ad");
  }

  /** The ImageNet weights of the {@code resnet50_v1} backbone. */
  public static Path resnet50V1Weights() {
    return require("weights/resnet50_v1_imagenet.safetensors");
  }

  /** A file of the folder {@code reference}. */
  public static Path reference(String name) {
    return require("reference/" + name);
  }

  /**
   * Skips the running test where the folder is absent; a folder that lacks the file is an error.
   */
  private static Path require(String relative) {
    Path root = root();
    assumeTrue(
        Files.isDirectory(root),
        () -> "Skipped: NIGHTJAR_SHARED names no folder with real images and weights: " + root);
    Path file = root.resolve(relative);
    if (!Files.exists(file)) {
      throw new IllegalStateException("The folder " + root + " lacks " + relative);
    }
    return file;
  }

  private static Path root() {
    String named = System.getenv("NIGHTJAR_SHARED");
    return named != null ? Path.of(named).toAbsolutePath() : Repository.sibling("shared");
  }
}
