package io.nightjar.dataset.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FileBytesTest {
  @TempDir Path folder;

  @Test
  void readsTheWholeFile() throws Exception {
    Path file = Files.write(folder.resolve("a b%.bin"), new byte[] {1, 2, 3});
    assertThat(FileBytes.read("file:" + file, new Configuration())).containsExactly(1, 2, 3);
  }

  @Test
  void anAbsentFileIsUnreadable() {
    assertUnreadable("file:" + folder.resolve("absent.png"), "The file is absent.");
  }

  @Test
  void anEmptyFileIsUnreadable() throws Exception {
    Path file = Files.createFile(folder.resolve("empty.png"));
    assertUnreadable("file:" + file, "The file is empty (0 bytes).");
  }

  @Test
  void aDirectoryIsUnreadable() {
    assertUnreadable("file:" + folder, "It is a directory, not a file.");
  }

  @Test
  void anUnknownFileSystemIsReported() {
    assertUnreadable(
        "ftps://host/a.png", "The file cannot be read: No FileSystem for scheme \"ftps\".");
  }

  @Test
  void aFileThatMayNotBeReadIsNotCalledAbsent() throws Exception {
    Path file = Files.write(folder.resolve("locked.png"), new byte[] {1});
    Files.setPosixFilePermissions(file, Set.of());

    assertThat(ReadingProcess.unprivileged(file).reasons())
        .containsExactly("The file cannot be read: Permission denied.");
  }

  @Test
  void aFileInAFolderThatMayNotBeEnteredIsNotCalledAbsent() throws Exception {
    Path closed = Files.createDirectory(folder.resolve("closed"));
    Path file = Files.write(closed.resolve("000.png"), new byte[] {1});
    Files.setPosixFilePermissions(closed, Set.of());
    try {
      assertThat(ReadingProcess.unprivileged(file).reasons())
          .containsExactly("The file cannot be read: Permission denied.");
    } finally {
      Files.setPosixFilePermissions(closed, PosixFilePermissions.fromString("rwx------"));
    }
  }

  @Test
  void aProcessWithoutHandlesIsNoFaultOfTheFile() throws Exception {
    Path file = Files.write(folder.resolve("whole.png"), new byte[] {1});

    assertThat(ReadingProcess.withoutHandles(file).reasons())
        .singleElement()
        .asString()
        .startsWith("StorageException: The storage did not answer when " + file + " was to be read")
        .contains("too many open files: it was tried 2 times", "ulimit -n");
  }

  private static void assertUnreadable(String uri, String reason) {
    assertThatThrownBy(() -> FileBytes.read(uri, new Configuration()))
        .isInstanceOfSatisfying(
            UnreadableFileException.class,
            e -> {
              assertThat(e.uri()).isEqualTo(uri);
              assertThat(e.reason()).isEqualTo(reason);
            });
  }
}
