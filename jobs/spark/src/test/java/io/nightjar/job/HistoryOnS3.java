package io.nightjar.job;

import io.nightjar.report.history.HistoryOptions;
import io.nightjar.report.history.HistoryReader;
import io.nightjar.report.history.RunsHistory;
import io.nightjar.report.history.output.HistoryFolder;
import io.nightjar.testing.FaultyProxy;
import io.nightjar.testing.S3Server;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** Runs on an object store, and the requests that a history of them makes. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class HistoryOnS3 {
  static final Instant FIRST = Instant.parse("2026-11-01T02:00:00Z");

  final Queue<String> requests = new ConcurrentLinkedQueue<>();
  Path work;
  S3Server s3;
  private FaultyProxy proxy;
  Configuration configuration;
  int nights;

  /** What keeps the server's objects. */
  abstract String provider();

  @BeforeAll
  void start(@TempDir Path directory) throws IOException {
    work = directory;
    s3 = S3Server.start(work.resolve("s3"), provider());
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

  final RunsHistory history() throws IOException {
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

  final List<String> ofRuns() {
    return requests.stream().filter(line -> line.contains("/runs/")).toList();
  }

  final List<String> listingsOfRuns() {
    return requests.stream()
        .filter(line -> line.startsWith("GET") && line.contains("prefix=runs"))
        .toList();
  }
}
