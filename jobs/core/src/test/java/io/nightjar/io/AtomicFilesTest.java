package io.nightjar.io;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.LocalFileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.fs.RawLocalFileSystem;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Every way to publish keeps the one contract. */
class AtomicFilesTest {
  @TempDir private java.nio.file.Path folder;

  private static AtomicFiles files(String kind) throws IOException {
    Configuration configuration = new Configuration();
    LocalFileSystem local = FileSystem.getLocal(configuration);
    return switch (kind) {
      case "local" -> new AtomicFiles.Local((RawLocalFileSystem) local.getRawFileSystem());
      case "renaming" -> new AtomicFiles.Renaming(local, configuration);
      default -> new AtomicFiles.ObjectStore(local);
    };
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  @ParameterizedTest
  @ValueSource(strings = {"local", "renaming", "object store"})
  void aFileIsReplacedAndNoOtherFileRemains(String kind) throws IOException {
    java.nio.file.Path file = folder.resolve("versions/bank.json");

    files(kind).replace(new Path(file.toUri()), bytes("first, which is longer"));
    files(kind).replace(new Path(file.toUri()), bytes("second"));

    assertThat(file).hasContent("second");
    try (Stream<java.nio.file.Path> left = Files.list(file.getParent())) {
      List<String> names = left.map(path -> path.getFileName().toString()).toList();
      assertThat(names).filteredOn(name -> !name.endsWith(".crc")).containsExactly("bank.json");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"local", "renaming", "object store"})
  void anExistingFileIsNotCreatedAgain(String kind) throws IOException {
    Path file = new Path(folder.resolve("lock").toUri());
    files(kind).create(file, bytes("mine"));

    assertThatThrownBy(() -> files(kind).create(file, bytes("yours")))
        .isInstanceOfAny(
            java.nio.file.FileAlreadyExistsException.class,
            org.apache.hadoop.fs.FileAlreadyExistsException.class);
    assertThat(folder.resolve("lock")).hasContent("mine");
  }

  /** Those who see the file see all of it, and of those who create it one succeeds. */
  @Test
  void aLocalFileAppearsWithItsContent() throws Exception {
    byte[] content = bytes("all of it ".repeat(100_000));
    ExecutorService pool = Executors.newFixedThreadPool(4);
    try {
      for (int round = 0; round < 20; round++) {
        java.nio.file.Path file = folder.resolve("lock-" + round);
        Callable<Boolean> creation =
            () -> {
              try {
                files("local").create(new Path(file.toUri()), content);
                return true;
              } catch (java.nio.file.FileAlreadyExistsException e) {
                return false;
              }
            };
        Future<Long> seen =
            pool.submit(
                () -> {
                  while (!Files.exists(file)) {
                    Thread.onSpinWait();
                  }
                  return Files.size(file);
                });

        List<Boolean> created = new ArrayList<>();
        for (Future<Boolean> outcome : pool.invokeAll(Collections.nCopies(3, creation))) {
          created.add(outcome.get());
        }

        assertThat(created).containsOnlyOnce(true);
        assertThat(seen.get(5, TimeUnit.MINUTES)).isEqualTo(content.length);
      }
    } finally {
      pool.shutdownNow();
    }
    assertThat(folder.toFile().list()).hasSize(20);
  }
}
