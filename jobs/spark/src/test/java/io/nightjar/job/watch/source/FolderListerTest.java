package io.nightjar.job.watch.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.nightjar.error.InvalidInputException;
import io.nightjar.job.watch.ledger.ListedFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.List;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FolderListerTest {
  @TempDir private Path folder;

  private Listing list() {
    return new FolderLister(folder.toString(), new Configuration()).list();
  }

  private void write(String path, String content, long modified) throws IOException {
    Path file = folder.resolve(path);
    Files.createDirectories(file.getParent());
    Files.writeString(file, content);
    Files.setLastModifiedTime(file, FileTime.fromMillis(modified));
  }

  @Test
  void allImagesBelowAreListedTheOldestFirst() throws IOException {
    write("new.png", "123", 9_000);
    write("sub=1/new.png", "12", 5_000);
    write("sub=1/deep/old.JPG", "1", 1_000);
    write("a name: with a colon.tiff", "1234", 5_000);

    assertThat(list().files())
        .containsExactly(
            new ListedFile("sub=1/deep/old.JPG", 1, 1_000),
            new ListedFile("a name: with a colon.tiff", 4, 5_000),
            new ListedFile("sub=1/new.png", 2, 5_000),
            new ListedFile("new.png", 3, 9_000));
  }

  @Test
  void whatIsHiddenOrNoImageIsPassedOver() throws IOException {
    write("a.png", "1", 1_000);
    write("a.webp", "preview", 1_000);
    write("alone.webp", "1", 2_000);
    write(".b.png", "1", 1_000);
    write("_tmp/c.png", "1", 1_000);
    write("@eaDir/d.png", "1", 1_000);
    write("e.png.part", "1", 1_000);
    write("notes.txt", "1", 1_000);

    assertThat(list().files())
        .as("a type that is not read is refused when it is, unless it is a preview")
        .extracting(ListedFile::path)
        .containsExactly("a.png", "alone.webp");
  }

  @Test
  void emptyFilesAreOnTheirOwn() throws IOException {
    write("a.png", "", 1_000);
    write("b.png", "1", 1_000);

    Listing listing = list();

    assertThat(listing.files()).extracting(ListedFile::path).containsExactly("b.png");
    assertThat(listing.empty()).containsExactly(new ListedFile("a.png", 0, 1_000));
  }

  @Test
  void linksInACircleEnd() throws IOException {
    write("sub/a.png", "1", 1_000);
    Files.createSymbolicLink(folder.resolve("sub/up"), folder);

    assertThat(list().files()).extracting(ListedFile::path).isEqualTo(List.of("sub/a.png"));
  }

  @Test
  void aFolderThatIsGoneIsSaid() throws IOException {
    FolderLister lister = new FolderLister(folder.toString(), new Configuration());
    Files.delete(folder);

    assertThatThrownBy(lister::list)
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("is gone");
  }
}
