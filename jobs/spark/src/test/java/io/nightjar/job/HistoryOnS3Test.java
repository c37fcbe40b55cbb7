package io.nightjar.job;

import static org.assertj.core.api.Assertions.assertThat;

import io.nightjar.report.history.HistoryOptions;
import io.nightjar.report.history.HistoryReader;
import io.nightjar.report.history.HistoryRuns;
import io.nightjar.report.history.RunsHistory;
import io.nightjar.report.history.output.HistoryFolder;
import io.nightjar.testing.FaultyProxy;
import io.nightjar.testing.S3Server;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileSystem;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** A history on an object store costs one listing and the runs that are new. */
@Tag("slow")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class HistoryOnS3Test {
  private static final Instant FIRST = Instant.parse("2026-11-01T02:00:00Z");

  private final Queue<String> requests = new ConcurrentLinkedQueue<>();
  private Path work;
  private S3Server s3;
  private FaultyProxy proxy;
  private Configuration configuration;
  private int nights;

  @BeforeAll
  void start(@TempDir Path directory) throws IOException {
    work = directory;
    serve("filesystem");
  }

  private void serve(String provider) throws IOException {
    s3 = S3Server.start(work.resolve("s3"), provider);
    proxy = FaultyProxy.before(s3.port());
    proxy.rule(
        line -> {
          requests.add(line);
          return FaultyProxy.Fate.PASS;
        });
    configuration = new Configuration();
    s3.hadoopProperties().forEach(configuration::set);
    s3.hadoopProperties(proxy).forEach(configuration::set);
  }

  @AfterAll
  void stop() {
    if (s3 != null) {
      s3.close();
      proxy.close();
    }
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

  private RunsHistory history() throws IOException {
    requests.clear();
    String out = s3.faultyUri("history");
    HistoryFolder folder = HistoryFolder.of(out, false, configuration);
    HistoryReader reader =
        HistoryReader.read(
            s3.faultyUri("runs"),
            out,
            HistoryOptions.DEFAULT,
            FIRST.plusSeconds(86_400L * nights),
            configuration);
    folder.writeParquet(reader.history());
    folder.writePage(reader.history(), HistoryOptions.DEFAULT);
    reader.remember();
    return reader.history();
  }

  private List<String> ofRuns() {
    return requests.stream().filter(line -> line.contains("/runs/")).toList();
  }

  private List<String> listingsOfRuns() {
    return requests.stream()
        .filter(line -> line.startsWith("GET") && line.contains("prefix=runs"))
        .toList();
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

  /**
   * Three documents and a table each: forty pages of names. The runs are laid into the server's own
   * folder, which takes seconds in place of minutes.
   */
  @Test
  @Tag("faults")
  void tenThousandRunsCostOneListingAndThoseThatAreNew(@TempDir Path directory) throws IOException {
    s3.close();
    proxy.close();
    work = directory;
    serve("filesystem-nio2");
    nights = 0;
    lay(10_000);
    long start = System.nanoTime();
    assertThat(history().fresh()).hasSize(10_000);
    say("the first time", start);

    start = System.nanoTime();
    assertThat(history().fresh()).isEmpty();
    say("nothing new", start);
    assertThat(ofRuns()).isEmpty();
    int pages = listingsOfRuns().size();
    assertThat(pages).isBetween(1, 50);

    lay(1);
    start = System.nanoTime();
    assertThat(history().fresh()).hasSize(1);
    say("one more", start);
    assertThat(ofRuns()).hasSizeBetween(2, 4);
    assertThat(listingsOfRuns()).hasSizeBetween(pages, pages + 1);
  }

  private void lay(int count) throws IOException {
    String bucket = new org.apache.hadoop.fs.Path(s3.faultyUri("runs")).toUri().getHost();
    Path runs = work.resolve("s3/buckets").resolve(bucket).resolve("runs");
    for (int i = 0; i < count; i++, nights++) {
      Path run =
          HistoryRuns.at(FIRST.plusSeconds(86_400L * nights).toString())
              .category("bottle", 0.9)
              .write(runs.resolve("n" + nights));
      Files.createDirectories(run.resolve("maps"));
      Files.writeString(run.resolve("maps/part-0.parquet"), "a table");
    }
  }

  private void say(String what, long start) {
    System.out.printf(
        Locale.ROOT,
        "%s: %d requests, %d of them of runs, %d pages, %.1f s%n",
        what,
        requests.size(),
        ofRuns().size(),
        listingsOfRuns().size(),
        (System.nanoTime() - start) / 1e9);
  }
}
