package io.nightjar.io;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.LocalFileSystem;
import org.apache.hadoop.fs.permission.FsPermission;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class NioLocalFileSystemTest {
  @TempDir private Path work;

  private static FileSystem files(Class<?> implementation) throws IOException {
    Configuration configuration = new Configuration(false);
    configuration.set(NioLocalFileSystem.PROPERTY, implementation.getName());
    configuration.setBoolean("fs.file.impl.disable.cache", true);
    return FileSystem.get(java.net.URI.create("file:///"), configuration);
  }

  private org.apache.hadoop.fs.Path path(String name) {
    return new org.apache.hadoop.fs.Path(work.toUri().toString(), name);
  }

  private String rights(String name) throws IOException {
    return PosixFilePermissions.toString(Files.getPosixFilePermissions(work.resolve(name)));
  }

  @ParameterizedTest
  @ValueSource(strings = {"rwxrwxrwx", "rw-r--r--", "r-x-w---x", "---------", "-wxr-x-w-"})
  void permissionsAreThoseGiven(String rights) throws IOException {
    Files.createFile(work.resolve("file"));
    try (FileSystem files = files(NioLocalFileSystem.class)) {
      files.setPermission(path("file"), FsPermission.valueOf("-" + rights));
    }
    assertThat(rights("file")).isEqualTo(rights);
  }

  @Test
  void newFilesHaveThePermissionsThatHadoopGivesThem() throws IOException {
    try (FileSystem ours = files(NioLocalFileSystem.class);
        FileSystem hadoops = files(LocalFileSystem.class)) {
      ours.create(path("ours/file")).close();
      ours.mkdirs(path("ours/folder"), new FsPermission((short) 0750));
      hadoops.create(path("hadoops/file")).close();
      hadoops.mkdirs(path("hadoops/folder"), new FsPermission((short) 0750));
    }
    for (String name : new String[] {"", "/file", "/.file.crc", "/folder"}) {
      assertThat(rights("ours" + name)).as(name).isEqualTo(rights("hadoops" + name));
    }
  }

  @Test
  void aStickyFolderStaysHadoops() throws IOException {
    try (FileSystem files = files(NioLocalFileSystem.class)) {
      files.mkdirs(path("shared"));
      files.setPermission(path("shared"), new FsPermission((short) 01777));
    }
    assertThat((int) Files.getAttribute(work.resolve("shared"), "unix:mode") & 07777)
        .isEqualTo(01777);
  }

  @Test
  void anAbsentFileIsNamed() throws IOException {
    try (FileSystem files = files(NioLocalFileSystem.class)) {
      assertThatThrownBy(() -> files.setPermission(path("gone"), new FsPermission((short) 0644)))
          .isInstanceOf(NoSuchFileException.class)
          .hasMessageContaining("gone");
    }
  }
}
