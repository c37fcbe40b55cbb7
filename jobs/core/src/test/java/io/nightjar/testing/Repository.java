package io.nightjar.testing;

import java.nio.file.Files;
import java.nio.file.Path;

/** The source tree that the tests run in, whichever module's folder they start from. */
public final class Repository {
  private static final Path ROOT = root(Path.of("").toAbsolutePath());

  private Repository() {}

  /**
   * A file or folder of the source tree, as an absolute path.
   *
   * @param relative its path from the root, such as {@code conf/log4j2.properties}
   * @throws IllegalStateException where it does not exist
   */
  public static Path file(String relative) {
    Path file = ROOT.resolve(relative);
    if (!Files.exists(file)) {
      throw new IllegalStateException("The source tree " + ROOT + " lacks " + relative);
    }
    return file;
  }

  /** The folder next to the source tree, where shared data lie by default. */
  static Path sibling(String name) {
    return ROOT.resolveSibling(name);
  }

  /** The last folder on the way up that has a pom.xml. */
  private static Path root(Path folder) {
    Path root = folder;
    while (root.getParent() != null && Files.exists(root.getParent().resolve("pom.xml"))) {
      root = root.getParent();
    }
    return root;
  }
}
