package io.nightjar.cli.table;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ResultsListTest {
  private static final ResultsList LIST =
      new ResultsList()
          .line("the report", "report.html")
          .line("every figure", "metrics.json", "metrics.csv")
          .line("curves by category", "curves/")
          .line("images with their maps", "pictures/");

  @TempDir private Path folder;

  private List<String> printed(String place) {
    StringWriter text = new StringWriter();
    PrintWriter out = new PrintWriter(text);
    LIST.print(place, new Configuration(), out);
    out.flush();
    return text.toString().lines().toList();
  }

  @Test
  void onlyWhatIsThereIsNamed() throws IOException {
    Files.writeString(folder.resolve("report.html"), "");
    Files.writeString(folder.resolve("metrics.json"), "{}");
    Files.createDirectory(folder.resolve("pictures"));
    Files.writeString(folder.resolve("curves"), "a file, and no folder");

    assertThat(printed(folder.toString()))
        .containsExactly(
            "Results: " + folder,
            "  report.html   the report",
            "  metrics.json  every figure",
            "  pictures/     images with their maps");
  }

  @Test
  void namesOfOnePurposeShareALine() throws IOException {
    Files.writeString(folder.resolve("metrics.json"), "{}");
    Files.writeString(folder.resolve("metrics.csv"), "");

    assertThat(printed(folder.toString()))
        .containsExactly("Results: " + folder, "  metrics.json, metrics.csv  every figure");
  }

  @Test
  void aFolderThatCannotBeListedIsSaid() {
    String gone = folder.resolve("gone").toString();

    assertThat(printed(gone))
        .hasSize(2)
        .startsWith("Results: " + gone)
        .last()
        .asString()
        .startsWith("  (what it holds could not be listed: ");
  }
}
