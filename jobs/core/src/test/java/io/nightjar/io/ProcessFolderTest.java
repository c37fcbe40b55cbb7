package io.nightjar.io;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ProcessFolderTest {
  private static final Instant LONG_AGO = Instant.parse("2020-01-01T00:00:00Z");

  @TempDir private Path work;

  @Test
  void isItsUsersAlone() throws IOException {
    Path folder = ProcessFolder.get();

    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(folder)))
        .isEqualTo("rwx------");
    assertThat(ProcessFolder.get()).isEqualTo(folder);
  }

  @Test
  void whatAnEndedProcessLeftIsRemovedAndAllElseStays() throws IOException {
    Path ended = folder("nightjar-process-ended", true);
    Files.createDirectory(ended.resolve("javacpp"));
    Files.writeString(ended.resolve("javacpp/x.so"), "x");
    Path precious = Files.writeString(work.resolve("precious"), "x");
    Files.createSymbolicLink(ended.resolve("link"), work);
    age(ended);
    Path unlocked = folder("nightjar-process-young", true);
    Path unknown = folder("nightjar-process-unknown", false);
    Path other = folder("other", true);
    Path living = folder("nightjar-process-living", false);
    for (Path folder : new Path[] {unknown, other}) {
      age(folder);
    }
    try (FileLock lock = ProcessFolder.lock(living)) {
      age(living);
      ProcessFolder.removeStale(work, Files.getOwner(work), Instant.now().minusSeconds(60));

      assertThat(lock.isValid()).isTrue();
    }

    try (Stream<Path> left = Files.list(work)) {
      assertThat(left).containsExactlyInAnyOrder(precious, unlocked, unknown, other, living);
    }
  }

  private Path folder(String name, boolean withLock) throws IOException {
    Path folder = Files.createDirectory(work.resolve(name));
    if (withLock) {
      Files.createFile(folder.resolve(".lock"));
    }
    return folder;
  }

  private static void age(Path folder) throws IOException {
    Files.setLastModifiedTime(folder, FileTime.from(LONG_AGO));
  }

  @Test
  void codeIsLoadedOnlyFromFoldersThatNoOneElseCanWrite() throws IOException {
    Path cache = Files.createDirectory(work.resolve("cache"));
    Files.setPosixFilePermissions(cache, PosixFilePermissions.fromString("rwxr-xr-x"));
    Path open = Files.createDirectory(work.resolve("open"));
    Files.setPosixFilePermissions(open, PosixFilePermissions.fromString("rwxrwxrwx"));
    Path link = Files.createSymbolicLink(work.resolve("link"), cache);

    assertThat(NativeLibraries.isSafe(cache.resolve("native"))).isTrue();
    assertThat(Files.getPosixFilePermissions(cache.resolve("native")))
        .isEqualTo(PosixFilePermissions.fromString("rwx------"));
    assertThat(NativeLibraries.isSafe(cache.resolve("native"))).isTrue();
    assertThat(NativeLibraries.isSafe(open)).isFalse();
    assertThat(NativeLibraries.isSafe(open.resolve("native"))).isFalse();
    assertThat(NativeLibraries.isSafe(link)).isFalse();
    assertThat(NativeLibraries.isSafe(Path.of("?/.cache/nightjar/native"))).isFalse();
    assertThat(NativeLibraries.isSafe(Files.createFile(cache.resolve("file")))).isFalse();
  }
}
