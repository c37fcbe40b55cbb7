package io.nightjar.faults;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.nightjar.text.Text;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** A file system of a few megabytes, in memory. Skips the running test where it cannot be made. */
final class SmallDisk {
  /** The file that takes the space. */
  static final String FILLING = "filling";

  private final Path folder;

  private SmallDisk(Path folder) {
    this.folder = folder;
  }

  static SmallDisk mount(Path folder, int kibibytes) throws IOException, InterruptedException {
    Files.createDirectories(folder);
    int code =
        run("mount", "-t", "tmpfs", "-o", "size=" + kibibytes + "k", "tmpfs", folder.toString());
    assumeTrue(code == 0, "Skipped: a small disk can be mounted by root alone (mount -t tmpfs)");
    return new SmallDisk(folder);
  }

  Path folder() {
    return folder;
  }

  /** Takes all of its space but some. */
  void fill(int leftKibibytes) throws IOException {
    long bytes = folder.toFile().getUsableSpace() - leftKibibytes * 1024L;
    try (OutputStream out = Files.newOutputStream(folder.resolve(FILLING))) {
      out.write(new byte[Math.toIntExact(bytes)]);
    }
  }

  void unmount() throws IOException, InterruptedException {
    if (run("umount", "--lazy", folder.toString()) != 0) {
      throw new IOException(Text.format("%s cannot be unmounted", folder));
    }
  }

  private static int run(String... command) throws IOException, InterruptedException {
    return new ProcessBuilder(List.of(command))
        .redirectOutput(ProcessBuilder.Redirect.DISCARD)
        .redirectError(ProcessBuilder.Redirect.DISCARD)
        .start()
        .waitFor();
  }
}
