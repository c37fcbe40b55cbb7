package io.nightjar.job.watch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.nightjar.error.InvalidInputException;
import io.nightjar.io.Sha256;
import io.nightjar.job.ScoreImages;
import io.nightjar.job.UpdateBanks;
import io.nightjar.job.options.MapOptions;
import io.nightjar.job.watch.ledger.Ledger;
import io.nightjar.job.watch.ledger.ListedFile;
import io.nightjar.job.watch.ledger.Totals;
import io.nightjar.json.JsonDocument;
import io.nightjar.metric.decision.DecisionRates;
import io.nightjar.report.openmetrics.MetricFamilies;
import io.nightjar.report.openmetrics.MetricsFile;
import io.nightjar.score.ImageScoreKind;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.apache.commons.io.FileUtils;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileSystem;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("slow")
@Tag("smoke")
class WatchImagesTest extends WatchFixture {
  private static final DecisionRates RATES =
      new DecisionRates(OptionalDouble.of(0.2), OptionalDouble.empty(), OptionalDouble.empty());
  private static final MapOptions MAP = new MapOptions(2, ImageScoreKind.TOP3);

  @Test
  void rowsAndMapsAreThoseOfScore() throws IOException {
    for (int i = 0; i < images.size(); i++) {
      arrive(i, "day=" + i % 2 + "/" + i + ".png");
    }
    arrive(0, "same.png");

    WatchImages.Result result =
        watch().once(true).mostFiles(3).options(MAP).options(RATES).execute();

    assertThat(result.complete()).isTrue();
    assertThat(result.scored()).isEqualTo(images.size() + 1);
    Path scores = work.resolve("scored");
    new ScoreImages(spark)
        .bank(bank.toString())
        .data(in.toString())
        .backbone(network)
        .options(MAP)
        .options(RATES)
        .out(scores.toString())
        .execute();
    String[] columns = spark.read().parquet(scores + "/scores").columns();
    assertThat(table(out, "scores", columns)).isEqualTo(table(scores, "scores", columns));
    assertThat(spark.read().parquet(out + "/scores").columns())
        .startsWith(columns)
        .endsWith("bank_version", "modified", "scored", "batch");
    String[] ofMaps = spark.read().parquet(scores + "/maps").columns();
    assertThat(table(out, "maps", ofMaps)).isEqualTo(table(scores, "maps", ofMaps));
    assertThat(spark.read().option("header", true).csv(out + "/scores-csv").count())
        .isEqualTo(images.size() + 1L);
    long anomalous = spark.read().parquet(out + "/scores").where("verdict = 'anomalous'").count();
    JsonDocument summary = summary();
    assertThat(summary.values()).containsEntry("anomalous", (int) anomalous);
    assertThat(summary.child("recent").values()).containsEntry("anomalous", (int) anomalous);
    assertThat(metrics(result.report()))
        .contains(
            "nightjar_watch_anomalous_images{",
            "nightjar_watch_recent_anomalous_ratio{",
            "nightjar_watch_batches{");
    int batches = (images.size() + 1 + 2) / 3;
    assertThat(result.report().batches()).isEqualTo(batches);

    assertThat(watch().once(true).options(MAP).options(RATES).execute().report().batches())
        .as("nothing is new")
        .isEqualTo(batches);
  }

  private JsonDocument summary() throws IOException {
    return JsonDocument.parse(Files.readString(out.resolve("watch.json")));
  }

  /** As a file of metrics has them. */
  private String metrics(WatchReport report) throws IOException {
    MetricFamilies families = new MetricFamilies(Map.of());
    report.addTo(families);
    Path file = work.resolve("metrics.prom");
    MetricsFile.write(file.toString(), families, new Configuration());
    return Files.readString(file);
  }

  private List<String> table(Path folder, String name, String... columns) {
    return spark
        .read()
        .parquet(folder.resolve(name).toString())
        .selectExpr(columns)
        .orderBy("path")
        .toJSON()
        .collectAsList();
  }

  @Test
  void everyVersionOfAFileGetsOneRow() throws IOException {
    Path kept = arrive(0, "kept.png");
    Path growing = Files.createFile(in.resolve("growing.png"));
    Path half = in.resolve("half.png");
    byte[] whole = Files.readAllBytes(images.get(1));
    Files.write(half, Arrays.copyOf(whole, whole.length / 2));

    WatchImages.Result first = once();

    assertThat(paths()).containsExactly("kept.png");
    assertThat(leftOut()).containsExactly("quarantined half.png");
    assertThat(first.report().waiting()).containsExactly("growing.png");
    assertThat(first.complete()).isFalse();
    assertThat(Files.readString(out.resolve("watch.json"))).contains("\"growing.png\"");

    Files.write(growing, Files.readAllBytes(images.get(2)));
    Files.write(half, whole);
    age(half, 2);
    age(kept, 3);
    Path late = arrive(3, "late/kept.png");
    age(late, -1_000_000);

    WatchImages.Result second = once();

    assertThat(second.complete()).isTrue();
    assertThat(paths()).containsExactly("kept.png", "growing.png", "half.png", "late/kept.png");
    assertThat(leftOut()).containsExactly("quarantined half.png", "repeated kept.png");

    Files.write(kept, Files.readAllBytes(images.get(4)));
    age(kept, 5);
    once();
    Files.write(kept, Files.readAllBytes(images.get(0)));
    age(kept, 9);
    WatchImages.Result last = once();

    assertThat(rows())
        .filteredOn(row -> row.getAs("path").equals("kept.png"))
        .extracting(row -> row.<String>getAs("sha256"))
        .as("the first bytes came again")
        .containsExactly(hash(0), hash(4));
    assertThat(last.report().files()).isEqualTo(new Totals(5, 2, 1, 0, 0, 0, 0));
  }

  private String hash(int image) throws IOException {
    return Sha256.of(Files.readAllBytes(images.get(image)));
  }

  @Test
  void whatABatchCannotReadIsSaidAndReadLater() throws IOException {
    arrive(0, "first.png");
    once();
    Path changed = arrive(1, "changed.png");
    ListedFile gone = new ListedFile("gone.png", Files.size(images.get(2)), 1_000_000_000_000L);
    // As a watch that was killed after it had listed them.
    ledger()
        .append(
            List.of(
                gone,
                new ListedFile("changed.png", 7, Files.getLastModifiedTime(changed).toMillis())));

    WatchImages.Result second = once();

    assertThat(leftOut()).containsExactly("changed changed.png", "gone gone.png");
    assertThat(paths()).as("the file as it is now").containsExactly("first.png", "changed.png");
    assertThat(second.leftOut()).as("in the end").isZero();
    assertThat(second.report().files()).isEqualTo(new Totals(2, 0, 0, 1, 1, 0, 0));

    Path again = arrive(2, "gone.png");
    Files.setLastModifiedTime(again, FileTime.fromMillis(gone.modified()));
    once();

    assertThat(paths()).containsExactly("first.png", "changed.png", "gone.png");
  }

  private Ledger ledger() throws IOException {
    FileSystem files = FileSystem.getLocal(new Configuration()).getRawFileSystem();
    return Ledger.open(
        files,
        new org.apache.hadoop.fs.Path(out.resolve("checkpoint").toString()),
        new Configuration());
  }

  @Test
  void aBatchThatIsRunAgainShowsTheSameBytes() throws IOException {
    Path file = arrive(0, "a.png");
    arrive(1, "b.png");
    Files.writeString(in.resolve("c.png"), "no image");
    once();
    Map<String, String> before = tables();
    assertThat(before).hasSize(4);

    // Killed after the record, with one table shown and Spark not informed.
    FileUtils.deleteDirectory(out.resolve("scores").toFile());
    FileUtils.deleteDirectory(out.resolve("left-out").toFile());
    Files.delete(out.resolve("checkpoint/spark/commits/0"));
    Files.deleteIfExists(out.resolve("checkpoint/spark/commits/.0.crc"));
    Files.write(file, Files.readAllBytes(images.get(2)));
    age(file, 5);
    once();

    assertThat(tables()).containsAllEntriesOf(before);
    assertThat(rows())
        .extracting(row -> row.<String>getAs("sha256"))
        .containsExactly(hash(0), hash(1), hash(2));

    // Killed before the record: the batch is read again, and gets what is there now.
    Files.delete(out.resolve("checkpoint/scored/1.json"));
    FileUtils.deleteDirectory(out.resolve("scores/batch=1").toFile());
    FileUtils.deleteDirectory(out.resolve("maps/batch=1").toFile());
    FileUtils.deleteDirectory(out.resolve("scores-csv/batch=1").toFile());
    Files.delete(out.resolve("checkpoint/spark/commits/1"));
    Files.deleteIfExists(out.resolve("checkpoint/spark/commits/.1.crc"));
    once();

    assertThat(rows())
        .extracting(row -> row.<String>getAs("sha256"))
        .containsExactly(hash(0), hash(1), hash(2));
  }

  private Map<String, String> tables() throws IOException {
    Map<String, String> hashes = new TreeMap<>();
    for (String table : List.of("scores", "maps", "scores-csv", "left-out")) {
      try (Stream<Path> files = Files.walk(out.resolve(table))) {
        for (Path file : files.filter(Files::isRegularFile).toList()) {
          hashes.put(out.relativize(file).toString(), Sha256.of(Files.readAllBytes(file)));
        }
      }
    }
    return hashes;
  }

  @Test
  void aRunningWatchTakesNewImagesAndNewVersionsOfTheBank() throws Exception {
    Path own = work.resolve("own-bank");
    FileUtils.copyDirectory(bank.toFile(), own.toFile());
    WatchImages watch = watch().bank(own.toString()).trigger(Duration.ofMillis(100));
    CompletableFuture<WatchImages.Result> running = CompletableFuture.supplyAsync(watch::execute);
    try {
      arrive(0, "a.png");
      awaitRows(running, 1);
      new UpdateBanks(spark).banks(own.toString()).keepLast(5).execute();
      arrive(1, "b.png");
      awaitRows(running, 2);
    } finally {
      watch.stop();
    }

    WatchImages.Result result = running.get();

    assertThat(rows()).extracting(row -> row.<Integer>getAs("bank_version")).containsExactly(1, 2);
    assertThat(result.report().bankVersion()).isEqualTo(2);
    assertThat(result.report().recent().images()).as("of the new version").isEqualTo(1);
    assertThat(out.resolve(".nightjar-running")).as("the folder is free").doesNotExist();
  }

  @Test
  void anEmptyFolderIsNoBatchAndItsFirstFileIsTheFirst() throws Exception {
    WatchImages.Result empty = once();

    assertThat(empty.complete()).isTrue();
    assertThat(empty.report().batches()).isZero();
    assertThat(out.resolve("checkpoint/spark/offsets/0")).doesNotExist();

    CountDownLatch listed = new CountDownLatch(1);
    WatchImages watch =
        watch()
            .trigger(Duration.ofMillis(100))
            .listener(
                new WatchListener() {
                  @Override
                  public void claimed() {}

                  @Override
                  public void changed(WatchReport report) {
                    listed.countDown();
                  }
                });
    Files.createFile(in.resolve("empty.png"));
    CompletableFuture<WatchImages.Result> running = CompletableFuture.supplyAsync(watch::execute);
    try {
      assertThat(listed.await(60, TimeUnit.SECONDS)).isTrue();
      arrive(0, "a.png");
      awaitRows(running, 1);
    } finally {
      watch.stop();
    }

    assertThat(running.get().report().batches()).isEqualTo(1);
    assertThat(paths()).containsExactly("a.png");
  }

  private void awaitRows(CompletableFuture<?> running, int batches) throws InterruptedException {
    long deadline = System.nanoTime() + 600_000_000_000L;
    while (!Files.exists(out.resolve("scores/batch=" + (batches - 1)))) {
      assertThat(System.nanoTime()).isLessThan(deadline);
      assertThat(running).isNotDone();
      Thread.sleep(50);
    }
  }

  @Test
  void driftIsMeasuredOnTheLastImages() throws IOException {
    for (int i = 0; i < 4; i++) {
      arrive(i, i + ".png");
    }

    WatchReport report = watch().once(true).mostFiles(2).driftWindow(3).execute().report();

    List<Row> rows = rows();
    assertThat(report.recent().images()).isEqualTo(3);
    double[] last =
        rows.subList(1, 4).stream()
            .mapToDouble(row -> row.<Float>getAs("map_max"))
            .sorted()
            .toArray();
    assertThat(report.recent().imageScores().orElseThrow().median())
        .isEqualTo(
            rows.subList(1, 4).stream()
                .mapToDouble(row -> row.<Float>getAs("image_score"))
                .sorted()
                .toArray()[1]);
    assertThat(report.recent().drift().orElseThrow().median()).isEqualTo(last[1]);

    // Nothing was decided: there is no number, which is another thing than none.
    JsonDocument summary = summary();
    assertThat(summary.values()).containsKey("files").doesNotContainKey("anomalous");
    assertThat(summary.child("recent").values())
        .containsEntry("images", 3)
        .doesNotContainKey("anomalous");
    assertThat(metrics(report)).contains("nightjar_watch_batches{").doesNotContain("anomalous");
    assertThat(summary.child("options").values())
        .containsEntry("once", true)
        .containsEntry("trigger", "2s")
        .containsEntry("device", "auto");
  }

  @Test
  void whatWouldMixRowsIsRefused() throws IOException {
    arrive(0, "a.png");
    once();

    assertRefused(
        watch().options(new MapOptions(3)),
        "holds rows with --smoothing 0.0, and 3.0 is asked for; ask for the same, or name a new");
    assertRefused(watch().data(work.resolve("data").toString()), "holds rows with --data");
    Files.delete(out.resolve("checkpoint/request.json"));
    assertRefused(watch(), "holds the rows of a watch without its checkpoint/request.json");
    assertRefused(watch().out(work.resolve("data").toString()), "no watch of Nightjar has written");
    assertRefused(watch().out(in.resolve("out").toString()), "lies in --data");
    assertRefused(watch().data(work.resolve("nowhere").toString()), "There is no directory");
    assertRefused(watch().bank(work.resolve("banks").toString()), "There is no bank in");
    assertRefused(watch().neighbours(0), "Cannot average over 0 neighbours");
    assertRefused(
        watch()
            .options(
                new DecisionRates(
                    OptionalDouble.of(0.2), OptionalDouble.of(0.1), OptionalDouble.empty())),
        "a watch has no end");
    assertThatThrownBy(() -> watch().trigger(Duration.ofMillis(1)))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("at least 100 ms");
  }

  private static void assertRefused(WatchImages watch, String words) {
    assertThatThrownBy(() -> watch.once(true).execute())
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining(words);
  }
}
