package io.nightjar.report.history.output;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.nightjar.error.InvalidInputException;
import io.nightjar.metric.history.Cadence;
import io.nightjar.report.ReportedMetric;
import io.nightjar.report.history.DataSetHistory;
import io.nightjar.report.history.HistoryOptions;
import io.nightjar.report.history.HistoryReader;
import io.nightjar.report.history.HistoryRuns;
import io.nightjar.report.history.RunRecord;
import io.nightjar.report.history.RunsHistory;
import io.nightjar.report.history.Series;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;
import org.apache.hadoop.conf.Configuration;
import org.apache.parquet.example.data.Group;
import org.apache.parquet.hadoop.ParquetReader;
import org.apache.parquet.hadoop.example.GroupReadSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HistoryFolderTest {
  private static final Configuration CONFIGURATION = new Configuration();
  private static final HistoryOptions OPTIONS =
      new HistoryOptions(
          List.of(), 0.005, Optional.of(Cadence.parse("1d")), OptionalDouble.of(36.0));

  @TempDir private Path work;

  private RunsHistory history() {
    return HistoryReader.read(
            work.resolve("runs").toString(),
            work.resolve("out").toString(),
            OPTIONS,
            Instant.parse("2026-11-26T03:00:00Z"),
            CONFIGURATION)
        .history();
  }

  private String page() throws IOException {
    HistoryFolder.of(work.resolve("out").toString(), false, CONFIGURATION)
        .writePage(history(), OPTIONS);
    return Files.readString(work.resolve("out/history.html"));
  }

  private List<Group> table() throws IOException {
    HistoryFolder.of(work.resolve("out").toString(), false, CONFIGURATION).writeParquet(history());
    List<Group> rows = new ArrayList<>();
    try (ParquetReader<Group> reader =
        ParquetReader.builder(
                new GroupReadSupport(),
                new org.apache.hadoop.fs.Path(work + "/out/history/history.parquet"))
            .build()) {
      for (Group row = reader.read(); row != null; row = reader.read()) {
        rows.add(row);
      }
    }
    return rows;
  }

  private void write() throws IOException {
    HistoryRuns.at("2026-11-22T02:00:00Z").category("bottle", 0.7).write(run("22 & more"));
    HistoryRuns.at("2026-11-23T02:00:00Z").category("bottle", 0.7).write(run("23"));
    HistoryRuns.at("2026-11-25T02:00:00.5Z")
        .category("bottle", 0.4)
        .failed("cable", "It has <no> images.")
        .quarantined("bottle", "train/good/007.png", "It is truncated.")
        .option("variance", 0.1)
        .write(run("25"));
  }

  private Path run(String name) {
    return work.resolve("runs").resolve(name);
  }

  @Test
  void thePageShowsChangesGapsCostsAndQuarantinedFilesWithoutScripts() throws IOException {
    write();

    String page = page();

    assertThat(page)
        .contains("0.7000 to 0.4000", "-0.3000", "options.variance: 0.95, then 0.1")
        .contains("1 run is missing between 2026-11-23 02:00 and 2026-11-25 02:00.")
        .contains("failed: It has &lt;no&gt; images.")
        .contains("train/good/007.png", "It is truncated.")
        .contains("<dt>cost in all</dt><dd>1.80</dd>") // three minutes of 36 an hour
        .contains("class=\"area\"", "no run; one was due about 2026-11-24")
        .contains("href=\"../runs/22%20%26%20more/report.html\"")
        .doesNotContain("<script", "http://", "https://");
  }

  @Test
  void aDeletedRunHasNoLink() throws IOException {
    write();
    HistoryReader.read(
            work.resolve("runs").toString(),
            work.resolve("out").toString(),
            OPTIONS,
            Instant.parse("2026-11-26T03:00:00Z"),
            CONFIGURATION)
        .remember();
    for (String name : List.of("run.json", "metrics.json", "")) {
      Files.delete(run("23").resolve(name));
    }

    assertThat(page()).contains("runs/25/report.html").doesNotContain("runs/23/report.html");
  }

  @Test
  void theTableHasARowForEachCategoryOfEachRun() throws IOException {
    write();

    List<Group> rows = table();

    assertThat(rows).hasSize(4);
    Group last = rows.get(2);
    assertThat(last.getString("run", 0)).isEqualTo("file:" + run("25"));
    assertThat(last.getLong("started", 0))
        .isEqualTo(Instant.parse("2026-11-25T02:00:00.5Z").toEpochMilli() * 1000);
    assertThat(last.getDouble("pixel_auprc", 0)).isEqualTo(0.4);
    assertThat(last.getDouble("pixel_auprc_ci95_lower", 0)).isEqualTo(0.4 - 0.05);
    assertThat(last.getFieldRepetitionCount("image_auroc")).isZero();
    assertThat(last.getInteger("train_images", 0)).isEqualTo(20);
    assertThat(last.getInteger("run_quarantined", 0)).isEqualTo(1);
    Group failed = rows.get(3);
    assertThat(failed.getString("category", 0)).isEqualTo("cable");
    assertThat(failed.getString("failure", 0)).isEqualTo("It has <no> images.");
    assertThat(failed.getFieldRepetitionCount("pixel_auprc")).isZero();
  }

  @Test
  void negativeZeroIsStoredAsZero() throws IOException {
    write();

    assertThat(table().get(0).getDouble("image_best_f1_threshold", 0)).isEqualTo(0.0);
    assertThat(Double.doubleToRawLongBits(table().get(0).getDouble("image_best_f1_threshold", 0)))
        .isZero();
  }

  /** As docs/outputs.md has it; programs rely on it, so that it only grows at its end. */
  @Test
  void theSchemaIsStable() {
    assertThat(HistoryParquet.schema().toString().lines().map(String::strip).toList())
        .containsExactly(
            "message nightjar_history {",
            "required binary run (STRING);",
            "required int64 started (TIMESTAMP(MICROS,true));",
            "optional binary data (STRING);",
            "required binary category (STRING);",
            "optional binary failure (STRING);",
            "optional int32 train_images;",
            "optional int32 test_images;",
            "optional int32 quarantined;",
            "optional int32 components;",
            "optional int64 bank_rows;",
            "optional int64 pixels;",
            "optional int64 defective_pixels;",
            "optional double pixel_auprc;",
            "optional double pixel_auprc_lower;",
            "optional double pixel_auprc_upper;",
            "optional double pixel_auprc_trapezoid;",
            "optional double pixel_auroc;",
            "optional double aupro_0_30;",
            "optional double aupro_0_05;",
            "optional double au_spro_0_30;",
            "optional double au_spro_0_05;",
            "optional double aupimo;",
            "optional double pixel_best_f1;",
            "optional double pixel_best_f1_threshold;",
            "optional double pixel_fpr_at_95_tpr;",
            "optional double image_auroc;",
            "optional double image_ap;",
            "optional double image_best_f1;",
            "optional double image_best_f1_threshold;",
            "optional double item_auroc;",
            "optional double item_ap;",
            "optional double pixel_auprc_ci95_lower;",
            "optional double pixel_auprc_ci95_upper;",
            "optional double image_auroc_ci95_lower;",
            "optional double image_auroc_ci95_upper;",
            "optional binary resolution (STRING);",
            "optional double seconds;",
            "optional double run_seconds;",
            "required int32 run_quarantined;",
            "optional binary nightjar (STRING);",
            "optional binary weights_sha256 (STRING);",
            "optional binary data_sha256 (STRING);",
            "}");
  }

  @Test
  void aFolderOfOtherFilesIsRefused() throws IOException {
    Files.createDirectories(work.resolve("out"));
    Files.writeString(work.resolve("out/thesis.txt"), "mine");

    assertThatThrownBy(() -> HistoryFolder.of(work.resolve("out").toString(), false, CONFIGURATION))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("holds files that no history has written (thesis.txt)");
  }

  @Test
  void theFormatOfATableStays() throws IOException {
    write();
    table();

    assertThatThrownBy(() -> HistoryFolder.of(work.resolve("out").toString(), true, CONFIGURATION))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("is Parquet; name another folder, or leave out --format delta");
  }

  @Test
  void tenThousandRunsAreDrawnWithinTheWidthOfThePage() {
    Instant first = Instant.parse("1999-01-01T02:00:00Z");
    List<RunRecord> runs = new ArrayList<>();
    List<Series.Point> points = new ArrayList<>();
    for (int night = 0; night < 10_000; night++) {
      double value = 0.7 + 0.01 * (night % 7);
      String started = first.plusSeconds(86_400L * night).toString();
      runs.add(
          new RunRecord(
              "n" + night, started, 60, Map.of(), Map.of(), List.of(), List.of(), 0, List.of()));
      points.add(
          new Series.Point(
              OptionalDouble.of(value),
              OptionalDouble.of(value - 0.1),
              OptionalDouble.of(value + 0.1),
              "",
              false));
    }
    DataSetHistory set =
        new DataSetHistory(
            "/data",
            runs,
            Optional.empty(),
            List.of(),
            0,
            List.of(new Series("bottle", ReportedMetric.PIXEL_AUPRC, points, List.of())),
            Map.of());
    RunsHistory history =
        new RunsHistory(
            "file:/runs", first, List.of(set), List.of(), List.of(), Set.of(), Set.of());

    String page =
        HistoryHtml.render(history, OPTIONS, new org.apache.hadoop.fs.Path("file:/history"));

    assertThat(page.length()).isLessThan(300_000);
    assertThat(page).contains("9900 older runs are not listed here; all of them are in the table.");
  }
}
