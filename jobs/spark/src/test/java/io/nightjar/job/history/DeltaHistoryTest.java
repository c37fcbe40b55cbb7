package io.nightjar.job.history;

import static org.assertj.core.api.Assertions.assertThat;

import io.nightjar.report.history.HistoryOptions;
import io.nightjar.report.history.HistoryReader;
import io.nightjar.report.history.HistoryRuns;
import io.nightjar.report.history.RunsHistory;
import io.nightjar.testing.Sparks;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.DataTypes;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** With Delta Lake's own library. */
@Tag("slow")
@Tag("smoke")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class DeltaHistoryTest {
  private SparkSession session;
  @TempDir private Path work;
  private Path runs;
  private Path out;
  private int tests;

  private final Locale before = Locale.getDefault(Locale.Category.FORMAT);

  @BeforeAll
  void start() {
    // In a language with other digits the library does not find its own files.
    Locale.setDefault(Locale.Category.FORMAT, Locale.ENGLISH);
    Map<String, String> properties = new TreeMap<>(DeltaLibrary.properties());
    // A table of some rows needs no fifty tasks to read its log.
    properties.put("spark.databricks.delta.snapshotPartitions", "2");
    // Nor is code compiled for them, which takes longer than they do.
    properties.put("spark.sql.codegen.wholeStage", "false");
    properties.put("spark.sql.codegen.factoryMode", "NO_CODEGEN");
    properties.put("spark.databricks.delta.stats.collect", "false");
    session = Sparks.start("local[2]", properties);
  }

  @AfterAll
  void stop() {
    Locale.setDefault(Locale.Category.FORMAT, before);
    Sparks.stop(); // no other test's session has the extension
  }

  @BeforeEach
  void folders() throws IOException {
    runs = Files.createDirectories(work.resolve("runs" + tests));
    out = Files.createDirectories(work.resolve("out" + tests));
    tests++;
  }

  private HistoryReader reader() {
    return HistoryReader.read(
        runs.toString(),
        out.toString(),
        HistoryOptions.DEFAULT,
        Instant.parse("2026-11-26T08:00:00Z"),
        new Configuration());
  }

  private org.apache.hadoop.fs.Path table() {
    return new org.apache.hadoop.fs.Path(out.resolve("history").toUri());
  }

  private void write(RunsHistory history) {
    new DeltaHistory(session, table()).write(history);
  }

  private Dataset<Row> stored() {
    return session.read().format("delta").load(table().toString());
  }

  private HistoryRuns night(int day) {
    return HistoryRuns.at("2026-11-" + day + "T02:00:00Z");
  }

  @Test
  void theSameRunsWrittenTwiceAreThereOnce() throws IOException {
    night(23).category("bottle", 0.9).category("cable", 0.8).write(runs.resolve("23"));
    night(24)
        .category("bottle", 0.9)
        .failed("cable", "It isn't there.")
        .write(runs.resolve("it's"));
    write(reader().history());
    write(reader().history());

    assertThat(stored().count()).isEqualTo(4);
    assertThat(stored().schema().apply("pixel_auprc").dataType()).isEqualTo(DataTypes.DoubleType);
    assertThat(stored().filter("pixel_auprc >= 0").count()).isEqualTo(3);
    assertThat(stored().filter("failure = 'It isn\\'t there.'").count()).isEqualTo(1);
    assertThat(stored().filter("started = timestamp '2026-11-23 02:00:00Z'").count()).isEqualTo(2);
    assertThat(stored().filter("image_best_f1_threshold >= 0").count()).isEqualTo(3);
  }

  @Test
  void onlyNewRunsAreWritten() throws IOException {
    night(23).category("bottle", 0.9).write(runs.resolve("23"));
    HistoryReader first = reader();
    write(first.history());
    first.remember();
    night(24).category("bottle", 0.7).write(runs.resolve("24"));

    RunsHistory second = reader().history();
    write(second);

    assertThat(second.fresh()).containsExactly("24");
    assertThat(stored().count()).isEqualTo(2);
  }

  @Test
  void aRunThatWasReplacedReplacesItsRows() throws IOException {
    night(23).category("bottle", 0.9).category("cable", 0.8).write(runs.resolve("23"));
    night(24).category("bottle", 0.9).write(runs.resolve("24"));
    write(reader().history());
    night(23).category("bottle", 0.5).write(runs.resolve("23"));

    write(reader().history());

    assertThat(stored().orderBy("pixel_auprc").select("pixel_auprc").collectAsList())
        .extracting(row -> row.getDouble(0))
        .containsExactly(0.5, 0.9);
  }

  /** Of two first appends at once, one ends in a conflict of protocols. */
  @Test
  void severalThatBeginTogetherWriteEveryRunOnce() throws Exception {
    for (int day = 10; day < 20; day++) {
      night(day).category("bottle", 0.9).category("cable", 0.8).write(runs.resolve("n" + day));
    }
    RunsHistory history = reader().history();
    int writers = 3;
    ExecutorService pool = Executors.newFixedThreadPool(writers);
    CyclicBarrier together = new CyclicBarrier(writers);
    Callable<Boolean> writer =
        () -> {
          DeltaHistory delta = new DeltaHistory(session.newSession(), table());
          together.await();
          delta.write(history);
          return true;
        };
    try {
      List<Future<Boolean>> ended = new ArrayList<>();
      for (int i = 0; i < writers; i++) {
        ended.add(pool.submit(writer));
      }
      for (Future<Boolean> one : ended) {
        assertThat(one.get(15, TimeUnit.MINUTES)).isTrue();
      }
    } finally {
      pool.shutdownNow();
    }

    assertThat(stored().count()).isEqualTo(20);
    assertThat(stored().select("run", "category").distinct().count()).isEqualTo(20);
  }
}
