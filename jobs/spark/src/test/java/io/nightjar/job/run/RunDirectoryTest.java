package io.nightjar.job.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.nightjar.error.InvalidInputException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RunDirectoryTest {
  @TempDir private Path work;

  @Test
  void makesAFolderThatIsNotThere() {
    Path out = work.resolve("runs/first");

    prepare(out, false);

    assertThat(out).isEmptyDirectory();
  }

  @Test
  void refusesTheFolderOfAnotherRun() throws IOException {
    Files.writeString(work.resolve("metrics.json"), "{}");

    assertThatThrownBy(() -> prepare(work, false))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContainingAll(work.toString(), "already holds", "--overwrite");
    assertThat(work.resolve("metrics.json")).exists();
  }

  @Test
  void overwriteRemovesWhatARunLeft() throws IOException {
    Files.writeString(work.resolve("metrics.json"), "{}");
    Files.createDirectories(work.resolve("maps/part"));

    prepare(work, true);

    assertThat(work).isEmptyDirectory();
  }

  @Test
  void overwriteNeverRemovesForeignFiles() throws IOException {
    Files.writeString(work.resolve("thesis.tex"), "years of work");
    Files.writeString(work.resolve("metrics.json"), "{}");

    assertThatThrownBy(() -> prepare(work, true))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("thesis.tex");
    assertThat(work.resolve("thesis.tex")).exists();
    assertThat(work.resolve("metrics.json")).exists();
  }

  @Test
  void refusesAFile() throws IOException {
    Path file = Files.writeString(work.resolve("notes.txt"), "notes");

    assertThatThrownBy(() -> prepare(file, true))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("is a file");
  }

  private static void prepare(Path out, boolean overwrite) {
    RunDirectory.prepare(out.toString(), overwrite, new Configuration());
  }
}
