package io.nightjar.testing;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Folders with small files and links. */
public final class Trees {
  private Trees() {}

  /** Makes files of one byte, with the folders above them. */
  public static void touch(Path root, String... paths) throws IOException {
    for (String path : paths) {
      Path file = root.resolve(path);
      Files.createDirectories(file.getParent());
      Files.write(file, new byte[] {1});
    }
  }

  /**
   * Makes an empty file whose name this process need not be able to express.
   *
   * @param name as {@code printf} reads it, such as {@code gr\\366n.png}
   */
  public static void touchBytes(Path folder, String name) throws IOException {
    Files.createDirectories(folder);
    Process shell =
        new ProcessBuilder("sh", "-c", "touch \"$0/$(printf '" + name + "')\"", folder.toString())
            .inheritIO()
            .start();
    try {
      if (shell.waitFor() != 0) {
        throw new IOException("No file " + name + " in " + folder);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException(e);
    }
  }

  /** Makes a link to a target that need not exist. */
  public static void link(Path root, String path, String target) throws IOException {
    Path link = root.resolve(path);
    Files.createDirectories(link.getParent());
    Files.createSymbolicLink(link, Path.of(target));
  }
}
