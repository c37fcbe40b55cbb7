package io.nightjar.faults;

import static org.assertj.core.api.Assertions.assertThat;

import io.nightjar.io.StorageRetry;
import io.nightjar.json.JsonDocument;
import io.nightjar.testing.FaultyProxy;
import io.nightjar.testing.S3Server;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.apache.commons.io.FileUtils;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileSystem;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A whole evaluation on S3 of which one request in twenty fails. */
@Tag("faults")
class FaultyStorageTest {
  private static final int ONE_IN = 20;

  @Test
  void anEvaluationOnS3HasTheResultsOfOneOnALocalDisk(@TempDir Path work) throws Exception {
    Application application = Application.of(work);
    TinyCommand command = TinyCommand.in(work);
    Path local = work.resolve("local");
    assertEnds(work, application, Map.of(), command.evaluate(local.toString(), List.of()));

    try (S3Server s3 = S3Server.start(work.resolve("s3"));
        FaultyProxy proxy = FaultyProxy.before(s3.port())) {
      Configuration direct = new Configuration();
      s3.hadoopProperties().forEach(direct::set);
      upload(work.resolve("data"), s3.faultyUri("data"), direct);
      Map<String, String> properties = SubmittedRun.properties();
      s3.hadoopProperties().forEach((key, value) -> properties.put("spark.hadoop." + key, value));
      // Inputs without, results and store with the retries of S3A's own.
      s3.hadoopProperties(proxy)
          .forEach((key, value) -> properties.put("spark.hadoop." + key, value));
      properties.put("spark.hadoop.fs.s3a.endpoint", "http://127.0.0.1:" + proxy.port());
      properties.put("spark.hadoop.fs.s3a.retry.interval", "20ms");
      properties.put("spark.hadoop.fs.s3a.retry.throttle.interval", "20ms");
      properties.put("spark.hadoop." + StorageRetry.PAUSE, "20");
      proxy.rule(FaultyProxy.oneIn(ONE_IN));

      assertEnds(
          work,
          application,
          properties,
          command.withData(s3.faultyUri("data")).evaluate(s3.uri("out"), List.of()));
      int faults = proxy.faults();
      proxy.rule(line -> FaultyProxy.Fate.PASS);

      Path out = work.resolve("copy");
      download(s3.uri("out"), out, direct);
      assertThat(Results.of(out)).isEqualTo(Results.of(local));
      assertThat(faults).isGreaterThan(ONE_IN);
      JsonDocument run = JsonDocument.parse(Files.readString(out.resolve("run.json")));
      assertThat((Integer) run.child("storage_retries").values().get("total")).isBetween(1, faults);
      assertThat(Files.readString(out.resolve("report.html")))
          .containsPattern("The storage did not answer \\d+ requests?, which (was|were) repeated");
    }
  }

  private static void assertEnds(
      Path work, Application application, Map<String, String> properties, List<String> arguments)
      throws Exception {
    try (SubmittedRun run =
        SubmittedRun.start(
            work,
            application,
            Map.of("SPARK_LOCAL_DIRS", work.resolve("blocks").toString()),
            List.of("--master", "local[2]"),
            properties.isEmpty() ? SubmittedRun.properties() : properties,
            arguments)) {
      assertThat(run.await()).as(run::console).isZero();
    }
  }

  private static void upload(Path local, String uri, Configuration configuration)
      throws IOException {
    try (FileSystem files = FileSystem.newInstance(URI.create(uri), configuration)) {
      files.copyFromLocalFile(
          new org.apache.hadoop.fs.Path(local.toUri()), new org.apache.hadoop.fs.Path(uri));
    }
  }

  private static void download(String uri, Path local, Configuration configuration)
      throws IOException {
    try (FileSystem files = FileSystem.newInstance(URI.create(uri), configuration)) {
      files.copyToLocalFile(
          false,
          new org.apache.hadoop.fs.Path(uri),
          new org.apache.hadoop.fs.Path(local.toUri()),
          true);
    }
    FileUtils.deleteDirectory(local.resolve(".nightjar-store").toFile());
  }
}
