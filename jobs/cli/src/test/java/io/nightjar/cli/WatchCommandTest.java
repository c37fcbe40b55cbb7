package io.nightjar.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.nightjar.io.Sha256;
import io.nightjar.json.JsonDocument;
import io.nightjar.testing.ClassPaths;
import io.nightjar.testing.JavaCommand;
import io.nightjar.testing.Sparks;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The command {@code watch}: what it prints and leaves, and what it loses when it is killed. */
class WatchCommandTest extends CommandLineFixture {
  private Path banks;
  private List<byte[]> images;

  @BeforeAll
  void build() throws IOException {
    banks = work.resolve("banks");
    assertThat(buildBank("--bank", banks.toString(), "--category", "bottle").exitCode()).isZero();
    images = new ArrayList<>();
    try (Stream<Path> files = Files.walk(data.resolve("bottle"))) {
      for (Path file : files.filter(one -> one.toString().endsWith(".png")).sorted().toList()) {
        if (!file.toString().contains("ground_truth")) {
          images.add(Files.readAllBytes(file));
        }
      }
    }
  }

  private List<String> watch(Path in, Path out, String... more) {
    List<String> line = new ArrayList<>(List.of("watch", "--master", "local[2]"));
    line.addAll(List.of("--bank", banks.resolve("bottle").toString(), "--data", in.toString()));
    line.addAll(List.of("--out", out.toString()));
    line.addAll(List.of(more));
    return line;
  }

  /** Images of few contents, each a file of its own. */
  private void arrive(Path in, int from, int to) throws IOException {
    for (int i = from; i < to; i++) {
      Path ready = Files.write(work.resolve("ready.png"), images.get(i % images.size()));
      Files.move(ready, in.resolve(i + ".png"), StandardCopyOption.ATOMIC_MOVE);
    }
  }

  @Test
  @Tag("slow")
  void onceEndsAsScoreWouldAndSaysSo() throws IOException {
    Path in = Files.createDirectories(work.resolve("in"));
    Path out = work.resolve("out");
    Path metrics = work.resolve("watch.prom");
    arrive(in, 0, 3);
    Files.writeString(in.resolve("broken.png"), "no image");

    Ended ended =
        run(
            watch(
                in,
                out,
                "--once",
                "--false-alarm-rate",
                "0.2",
                "--metrics-file",
                metrics.toString()));

    assertThat(ended.exitCode()).as(ended.err()).isEqualTo(3);
    assertThat(ended.out())
        .contains("batch 0: 3 rows, 1 file without a row (left-out/batch=0)")
        .contains("3 images scored, 1 file left out; 1 batch in " + out);
    JsonDocument status = document(out.resolve("status.json"));
    assertThat(status.values()).containsEntry("exit_code", 3);
    assertThat(status.text("sentence")).startsWith("3 images scored, 1 file left out");
    JsonDocument summary = document(out.resolve("watch.json"));
    assertThat(summary.child("files").values())
        .containsEntry("scored", 3)
        .containsEntry("quarantined", 1);
    assertThat(Files.readString(metrics))
        .contains(
            "nightjar_watch_files{category=\"bottle\",command=\"watch\",dataset=\"in\","
                + "outcome=\"scored\"} 3.0",
            "nightjar_run_exit_code{command=\"watch\",dataset=\"in\"} 3.0",
            "nightjar_drift_psi{",
            "nightjar_watch_anomalous_images{",
            "nightjar_watch_recent_anomalous_ratio{");

    assertRefused(run(watch(in, out, "--once", "--trigger", "5s")), "The option --trigger is the");
  }

  @Test
  @Tag("slow")
  void aKillLosesAndDoublesNothing() throws Exception {
    Path in = Files.createDirectories(work.resolve("killed-in"));
    Path out = work.resolve("killed-out");
    kill(in, out, 1, 24);

    Ended ended = run(watch(in, out, "--once", "--max-files", "10"));

    assertThat(ended.exitCode()).as(ended.err()).isZero();
    assertThat(document(out.resolve("status.json")).values()).containsEntry("exit_code", 0);
    assertRows(in, out);
  }

  @Test
  @Tag("faults")
  void tenKillsLoseAndDoubleNothingAndASignalEndsTheWatch() throws Exception {
    Path in = Files.createDirectories(work.resolve("ten-in"));
    Path out = work.resolve("ten-out");
    kill(in, out, 10, 30);

    try (Started last = start(in, out, 100)) {
      last.await("batch ");
      arrive(in, 1000, 1001);
      awaitRow(out.resolve("scores-csv"), "1000.png");
      last.process().toHandle().destroy(); // SIGTERM, and no end of its console
      String console = last.rest();

      assertThat(last.process().waitFor(10, TimeUnit.MINUTES)).isTrue();
      assertThat(last.process().exitValue()).as(console).isZero();
      assertThat(console).contains("the watch ends after the running batch", "images scored");
    }
    assertThat(document(out.resolve("status.json")).values()).containsEntry("exit_code", 0);
    assertRows(in, out);
  }

  /** Starts a watch, has images arrive, and kills it at a moment that no one knows. */
  private void kill(Path in, Path out, int kills, int images) throws Exception {
    Random random = new Random(31);
    for (int kill = 0; kill < kills; kill++) {
      arrive(in, kill * images, kill * images + images / 2);
      try (Started watch = start(in, out, 3)) {
        // Every third is killed at any moment from its start on.
        if (kill % 3 == 2) {
          Thread.sleep(random.nextInt(6000));
        } else if (watch.await("batch ")) {
          arrive(in, kill * images + images / 2, kill * images + images);
          Thread.sleep(random.nextInt(1200));
        }
      }
      arrive(in, kill * images, kill * images + images); // what was there is there again
    }
  }

  /** A process that watches. */
  private record Started(Process process, BufferedReader lines) implements AutoCloseable {
    /** SIGKILL. */
    @Override
    public void close() {
      process.destroyForcibly().onExit().join();
    }

    /** Whether it prints a line that begins so before it ends. */
    boolean await(String start) throws IOException {
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        if (line.startsWith(start)) {
          return true;
        }
      }
      return false;
    }

    /** What it prints until it ends. */
    String rest() {
      return lines.lines().collect(Collectors.joining("\n"));
    }
  }

  private Started start(Path in, Path out, int mostFiles) throws IOException {
    List<String> command = JavaCommand.of(ClassPaths.whole());
    ManagementFactory.getRuntimeMXBean().getInputArguments().stream()
        .filter(argument -> argument.startsWith("--add-opens"))
        .forEach(command::add);
    command.addAll(List.of("-Xmx1g", Nightjar.class.getName()));
    command.addAll(watch(in, out, "--trigger", "100ms", "--max-files", "" + mostFiles));
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    return new Started(
        process,
        new BufferedReader(
            new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8)));
  }

  /** Waits until there is a row of an image. */
  private static void awaitRow(Path table, String image) throws Exception {
    long deadline = System.nanoTime() + TimeUnit.MINUTES.toNanos(10);
    while (System.nanoTime() < deadline) {
      try (Stream<Path> files = Files.walk(table)) {
        for (Path file : files.filter(one -> one.toString().endsWith(".csv")).toList()) {
          if (Files.readString(file).contains("," + image + ",")) {
            return;
          }
        }
      }
      Thread.sleep(100);
    }
    throw new AssertionError("No row of " + image);
  }

  /** Each file has one row, of all of its bytes; and files of the same bytes have the same. */
  private static void assertRows(Path in, Path out) throws IOException {
    SparkSession spark = Sparks.local(2);
    Map<String, String> expected = new TreeMap<>();
    try (Stream<Path> files = Files.list(in)) {
      for (Path file : files.toList()) {
        expected.put(file.getFileName().toString(), Sha256.of(Files.readAllBytes(file)));
      }
    }
    for (String table : List.of("scores", "maps")) {
      List<Row> rows = spark.read().parquet(out.resolve(table).toString()).collectAsList();
      Map<String, String> found = new TreeMap<>();
      Map<String, Set<Object>> scores = new HashMap<>();
      for (Row row : rows) {
        String hash = row.getAs("sha256");
        assertThat(found.put(row.getAs("path"), hash)).as("a second row").isNull();
        scores.computeIfAbsent(hash, one -> new HashSet<>()).add(row.getAs("image_score"));
      }
      assertThat(found).as(table).isEqualTo(expected);
      assertThat(scores.values()).allSatisfy(same -> assertThat(same).hasSize(1));
    }
    if (Files.exists(out.resolve("left-out"))) {
      assertThat(
              spark
                  .read()
                  .option("header", true)
                  .csv(out.resolve("left-out").toString())
                  .where("outcome not in ('repeated', 'changed')")
                  .collectAsList())
          .isEmpty();
    }
  }

  private static JsonDocument document(Path file) throws IOException {
    return JsonDocument.parse(Files.readString(file));
  }
}
