package io.nightjar.io;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FolderFilesTest {
  @TempDir private java.nio.file.Path work;

  @Test
  void listsFilesAtAnyDepthAndNoFolder() throws IOException {
    Files.createDirectories(work.resolve("a/b/empty"));
    Files.writeString(work.resolve("z"), "");
    Files.writeString(work.resolve("a/b/12:30.png"), "");
    Files.writeString(work.resolve("a/.hidden"), "");

    assertThat(list()).containsExactly("a/.hidden", "a/b/12:30.png", "z");
  }

  @Test
  void anAbsentFolderHoldsNothing() throws IOException {
    Path absent = new Path(work.resolve("absent").toUri());

    assertThat(FolderFiles.list(PlainFiles.of(absent, new Configuration()), absent)).isEmpty();
  }

  @Test
  void aLinkIsAnEntryThatIsNotFollowed() throws IOException {
    Files.writeString(work.resolve("z"), "");
    Files.createSymbolicLink(work.resolve("loop"), work);

    assertThat(list()).containsExactly("loop", "z");
  }

  private java.util.List<String> list() throws IOException {
    Path folder = new Path(work.toUri());
    return FolderFiles.list(PlainFiles.of(folder, new Configuration()), folder);
  }
}
