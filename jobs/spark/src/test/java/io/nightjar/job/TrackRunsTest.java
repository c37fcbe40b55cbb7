package io.nightjar.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.nightjar.error.InvalidInputException;
import io.nightjar.report.history.HistoryRuns;
import io.nightjar.report.history.RunsHistory;
import io.nightjar.testing.Sparks;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TrackRunsTest {
  private final SparkSession session = Sparks.local(2);
  @TempDir private Path work;

  @BeforeEach
  void write() throws IOException {
    HistoryRuns.at("2026-11-23T02:00:00Z").category("bottle", 0.9).write(work.resolve("runs/a"));
    HistoryRuns.at("2026-11-24T02:00:00Z")
        .category("bottle", 0.9)
        .failed("cable", "It is broken.")
        .write(work.resolve("runs/b"));
  }

  private RunsHistory track() {
    return new TrackRuns(session)
        .runs(work.resolve("runs").toString())
        .out(work.resolve("history").toString())
        .execute();
  }

  @Test
  void sparkReadsTheTableAndTheSecondTimeNoRunIsReadAgain() {
    assertThat(track().fresh()).hasSize(2);
    assertThat(track().fresh()).isEmpty();

    Dataset<Row> table = session.read().parquet(work.resolve("history/history").toString());

    assertThat(table.count()).isEqualTo(3);
    assertThat(table.schema().apply("started").dataType()).isEqualTo(DataTypes.TimestampType);
    assertThat(table.schema().apply("pixel_auprc").dataType()).isEqualTo(DataTypes.DoubleType);
    assertThat(table.filter("started = timestamp '2026-11-23 02:00:00Z'").count()).isEqualTo(1);
    assertThat(work.resolve("history/history.html")).isNotEmptyFile();
  }

  /** HistoryRuns writes -0.0, which a filter that is pushed down would not find. */
  @Test
  void aFilterFindsWhatWasNegativeZero() {
    track();
    Dataset<Row> table = session.read().parquet(work.resolve("history/history").toString());

    assertThat(table.filter("image_best_f1_threshold >= 0").count()).isEqualTo(2);
    assertThat(table.filter("image_best_f1_threshold = 0").count()).isEqualTo(2);
  }

  /** Why zeros are stored without a sign; where Spark finds them, this is no longer needed. */
  @Test
  void sparkDoesNotFindANegativeZeroThatIsStored() {
    String place = work.resolve("raw").toString();
    session
        .createDataFrame(
            List.of(RowFactory.create(-0.0), RowFactory.create(-0.0)),
            new StructType().add("x", DataTypes.DoubleType))
        .coalesce(1)
        .write()
        .parquet(place);

    assertThat(session.read().parquet(place).filter("x >= 0").count()).isZero();
  }

  @Test
  void aHistoryWithinTheFolderOfTheRunsIsRefused() {
    assertThatThrownBy(
            () ->
                new TrackRuns(session)
                    .runs(work.resolve("runs").toString())
                    .out(work.resolve("runs/history").toString())
                    .execute())
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("--runs");
    assertThat(work.resolve("runs/history")).doesNotExist();
  }

  @Test
  void anEmptyFolderLeavesNoHistory() throws IOException {
    Files.createDirectory(work.resolve("empty"));

    assertThatThrownBy(
            () ->
                new TrackRuns(session)
                    .runs(work.resolve("empty").toString())
                    .out(work.resolve("history").toString())
                    .execute())
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("There is no finished run of evaluate or metrics in");
    assertThat(work.resolve("history")).doesNotExist();
  }
}
