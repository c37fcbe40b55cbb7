package io.nightjar.dataset.list;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_16BE;
import static java.nio.charset.StandardCharsets.UTF_16LE;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.nightjar.error.InvalidInputException;
import java.nio.charset.Charset;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ListedPathsTest {
  private static final String LINES = "Prüfling 1.png\r\n部品/000.png\r\n";
  private static final List<String> PATHS = List.of("Prüfling 1.png", "部品/000.png");

  @Test
  void everyUnicodeEncodingIsReadWithAndWithoutItsMark() {
    for (Charset charset : List.of(UTF_8, UTF_16LE, UTF_16BE)) {
      assertThat(ListedPaths.of(("\uFEFF" + LINES).getBytes(charset), "list.txt"))
          .as("%s with its mark", charset)
          .isEqualTo(PATHS);
    }
    assertThat(ListedPaths.of(LINES.getBytes(UTF_8), "list.txt")).isEqualTo(PATHS);
    String ascii = "day 1/000.png\nday 1/001.png\n";
    for (Charset charset : List.of(UTF_16LE, UTF_16BE)) {
      assertThat(ListedPaths.of(ascii.getBytes(charset), "list.txt"))
          .as("%s without its mark", charset)
          .containsExactly("day 1/000.png", "day 1/001.png");
    }
  }

  @Test
  void anotherEncodingIsRefused() {
    assertThatThrownBy(() -> ListedPaths.of("Prüfling.png\n".getBytes(ISO_8859_1), "list.txt"))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("list.txt is neither in UTF-8 nor in UTF-16");
  }

  @ParameterizedTest
  @ValueSource(strings = {",", ";", "\t"})
  void theColumnIsFoundWhateverSeparatesTheCells(String separator) {
    String table =
        String.join(separator, "shift", "Path", "remark")
            + "\r\n"
            + String.join(separator, "1", "a.png", "good")
            + "\r\n"
            + String.join(separator, "2", "\"b" + separator + " \"\"2\"\".png\"", "\"two\nlines\"")
            + "\r\n";

    for (String name : List.of("m.csv", "m.TSV", "m.txt")) {
      assertThat(ListedPaths.of(table.getBytes(UTF_8), name))
          .as(name)
          .containsExactly("a.png", "b" + separator + " \"2\".png");
    }
  }

  @Test
  void excelsUnicodeTextIsReadAsTheTableThatItIs() {
    String text = "\uFEFFpath\tresult\r\nPrüfling.png\tok\r\n";

    assertThat(ListedPaths.of(text.getBytes(UTF_16LE), "Mappe1.txt"))
        .containsExactly("Prüfling.png");
  }

  @Test
  void excelsHintAtTheSeparatorIsNoRow() {
    assertThat(ListedPaths.of("sep=;\r\npath;n\r\na,1.png;3\r\n".getBytes(UTF_8), "m.csv"))
        .containsExactly("a,1.png");
  }

  @Test
  void aColumnOfItsOwnMayHaveCommas() {
    assertThat(ListedPaths.of("path\na, 1.png\n\"b.png\"\n".getBytes(UTF_8), "m.csv"))
        .containsExactly("a, 1.png", "b.png");
  }

  @Test
  void commentsAndEmptyLinesAreSkippedAndQuotesRemoved() {
    assertThat(ListedPaths.of("# shift 1\n\n\"C d/a.png\"\n  b,c.png  \n".getBytes(UTF_8), "m.txt"))
        .containsExactly("C d/a.png", "b,c.png");
  }

  @Test
  void aTableWithoutTheHeadingIsRefused() {
    assertThatThrownBy(() -> ListedPaths.of("a.png;1\n".getBytes(UTF_8), "m.csv"))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("has no column \"path\"");
  }

  @Test
  void aRowWithoutItsPathIsRefused() {
    assertThatThrownBy(() -> ListedPaths.of("n;path\n1;a.png\n2;\n".getBytes(UTF_8), "m.csv"))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("no path in the row \"2 \"");
  }
}
