package io.nightjar.job;

import static org.assertj.core.api.Assertions.assertThat;

import io.nightjar.report.history.HistoryRuns;
import io.nightjar.report.history.RunsHistory;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.apache.hadoop.fs.FileSystem;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** A history on an object store costs one listing and the runs that are new. */
@Tag("slow")
class HistoryOnS3Test extends HistoryOnS3 {
  @Override
  String provider() {
    return "filesystem";
  }

  private void addNights(int count) throws IOException {
    org.apache.hadoop.fs.Path runs = new org.apache.hadoop.fs.Path(s3.faultyUri("runs"));
    FileSystem files = runs.getFileSystem(configuration);
    for (int i = 0; i < count; i++, nights++) {
      Path run =
          HistoryRuns.at(FIRST.plusSeconds(86_400L * nights).toString())
              .category("bottle", 0.9)
              .write(work.resolve("night" + nights));
      Files.createDirectories(run.resolve("maps"));
      Files.writeString(run.resolve("maps/part-0.parquet"), "a table");
      files.copyFromLocalFile(
          new org.apache.hadoop.fs.Path(run.toUri()),
          new org.apache.hadoop.fs.Path(runs, "n" + nights));
    }
  }

  @Test
  void requestsGrowWithNewRunsAlone() throws IOException {
    addNights(12);
    assertThat(history().fresh()).hasSize(12);
    int first = ofRuns().size();

    RunsHistory again = history();

    assertThat(again.size()).isEqualTo(nights);
    assertThat(again.fresh()).isEmpty();
    assertThat(ofRuns()).isEmpty();
    assertThat(listingsOfRuns()).hasSizeBetween(1, 2);
    int unchanged = requests.size();

    addNights(1);
    assertThat(history().fresh()).hasSize(1);
    int oneMore = ofRuns().size();
    assertThat(listingsOfRuns()).hasSizeBetween(1, 2);
    assertThat(oneMore).isBetween(2, 4); // of each document its head and its content
    assertThat(first).isEqualTo(12 * oneMore);

    addNights(1);
    assertThat(history().fresh()).hasSize(1);
    assertThat(ofRuns()).hasSize(oneMore);
    assertThat(requests.size()).isLessThanOrEqualTo(unchanged + oneMore + 2);
  }

  @Test
  void theReportsOfRunsAreLinkedRelatively() throws IOException {
    addNights(1);
    history();

    org.apache.hadoop.fs.Path page =
        new org.apache.hadoop.fs.Path(s3.faultyUri("history/history.html"));
    try (var in = page.getFileSystem(configuration).open(page)) {
      assertThat(new String(in.readAllBytes(), StandardCharsets.UTF_8))
          .contains("href=\"../runs/n0/report.html\"");
    }
  }
}
