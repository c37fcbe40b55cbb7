package io.nightjar.notebook;

import static org.assertj.core.api.Assertions.assertThat;

import io.nightjar.testing.Repository;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What holds for all notebooks in Scala. */
class NotebooksTest {
  static List<Path> inScala() throws IOException {
    try (Stream<Path> files = Files.list(Repository.file("notebooks"))) {
      return files.filter(file -> file.toString().endsWith(".scala")).sorted().toList();
    }
  }

  /** In Scala 2.13, what asScala makes of a Java list is no Seq. */
  @ParameterizedTest
  @MethodSource("inScala")
  void noMutableBufferIsPassedAsSeq(Path notebook) throws IOException {
    for (String cell : NotebookCells.scala(notebook)) {
      assertThat(cell).doesNotContainPattern("\\.asScala(?!\\.toSeq)");
    }
  }

  /** The interpolator formats in the digits of the machine's language. */
  @ParameterizedTest
  @MethodSource("inScala")
  void numbersAreNotFormattedInTheLanguageOfTheMachine(Path notebook) throws IOException {
    for (String cell : NotebookCells.scala(notebook)) {
      assertThat(cell).doesNotContainPattern("\\bf\"").doesNotContain(".toUpperCase)");
    }
  }
}
