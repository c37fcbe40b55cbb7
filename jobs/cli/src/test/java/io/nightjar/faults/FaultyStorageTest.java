package io.nightjar.faults;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.nightjar.io.StorageRetry;
import io.nightjar.testing.FaultyProxy;
import io.nightjar.testing.S3Server;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileSystem;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Whole evaluations on S3, of which one request in twenty is refused, reset, cut off or never
 * answered. Where S3's client repeats requests, as it does unless it is set otherwise, images,
 * weights, store and results go through the same proxy; where it does not, images and weights do.
 */
@Tag("faults")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class FaultyStorageTest {
  private static final int PERCENT = 5;

  private Path work;
  private S3Server s3;
  private FaultyProxy proxy;
  private Application application;
  private TinyCommand onDisk;
  private Results undisturbed;

  @BeforeAll
  void start(@TempDir Path directory) throws Exception {
    work = directory;
    s3 = S3Server.start(work.resolve("s3"));
    proxy = FaultyProxy.before(s3.port());
    application = Application.of(work);
    onDisk = TinyCommand.in(work);
    Path out = work.resolve("undisturbed");
    try (SubmittedRun run = submit(onDisk.evaluate(out.toString(), List.of()), 0)) {
      assertThat(run.await()).as(run.console()).isZero();
    }
    undisturbed = Results.of(out).withoutChecksums();
    Configuration direct = new Configuration();
    s3.hadoopProperties().forEach(direct::set);
    copy(work.resolve("data"), s3.faultyUri("data"), direct);
    copy(Path.of(onDisk.weights()), s3.faultyUri("resnet18.safetensors"), direct);
  }

  @AfterAll
  void stop() {
    if (proxy != null) {
      proxy.close();
    }
    if (s3 != null) {
      s3.close();
    }
  }

  /**
   * As a run without faults.
   *
   * @param repeats by the client of S3
   */
  @ParameterizedTest
  @ValueSource(ints = {0, 5})
  void theResultsAreThoseOfALocalDisk(int repeats) throws Exception {
    String out = repeats == 0 ? s3.uri("out") : s3.faultyUri("out");
    TinyCommand command =
        new TinyCommand(s3.faultyUri("data"), s3.faultyUri("resnet18.safetensors"));
    proxy.rule(FaultyProxy.randomly(PERCENT, 5 + repeats));
    try (SubmittedRun run = submit(command.evaluate(out, List.of()), repeats)) {
      assertThat(run.await()).as(run.console()).isZero();
    }
    final int faults = proxy.faults();
    proxy.rule(line -> FaultyProxy.Fate.PASS);

    Path fetched = work.resolve("fetched-" + repeats);
    fetch(out, fetched);
    assertThat(faults).isGreaterThan(20);
    assertThat(Results.of(fetched).withoutChecksums()).isEqualTo(undisturbed);
    JsonNode run = new ObjectMapper().readTree(fetched.resolve("run.json").toFile());
    int reported = run.get("storage_retries").get("total").asInt();
    assertThat(reported).as("of all faults").isBetween(repeats == 0 ? 1 : 0, faults);
  }

  private SubmittedRun submit(List<String> arguments, int repeats) throws IOException {
    Map<String, String> properties = new TreeMap<>(SubmittedRun.properties());
    Map<String, String> hadoop = new TreeMap<>(s3.hadoopProperties());
    hadoop.putAll(s3.hadoopProperties(proxy));
    hadoop.replaceAll(
        (key, value) ->
            key.endsWith("attempts.maximum") || key.endsWith("limit")
                ? Integer.toString(repeats)
                : value);
    // S3Proxy takes many seconds to delete the folder that a table was written in.
    String timeout = repeats == 0 ? "2000" : "30000";
    s3.hadoopProperties(proxy).keySet().stream()
        .filter(key -> key.endsWith(".endpoint"))
        .forEach(key -> hadoop.put(key.replace(".endpoint", ".connection.timeout"), timeout));
    hadoop.put(StorageRetry.PAUSE, "20");
    hadoop.forEach((key, value) -> properties.put("spark.hadoop." + key, value));
    return SubmittedRun.start(
        work,
        application,
        Map.of("SPARK_LOCAL_DIRS", work.resolve("local").toString()),
        List.of("--master", "local[2]"),
        properties,
        arguments);
  }

  private static void copy(Path local, String uri, Configuration configuration) throws IOException {
    org.apache.hadoop.fs.Path target = new org.apache.hadoop.fs.Path(uri);
    try (FileSystem files = FileSystem.newInstance(target.toUri(), configuration)) {
      files.copyFromLocalFile(new org.apache.hadoop.fs.Path(local.toUri()), target);
    }
  }

  private void fetch(String uri, Path local) throws IOException {
    Configuration direct = new Configuration();
    s3.hadoopProperties().forEach(direct::set);
    org.apache.hadoop.fs.Path source = new org.apache.hadoop.fs.Path(uri);
    try (FileSystem files = FileSystem.newInstance(source.toUri(), direct)) {
      files.copyToLocalFile(false, source, new org.apache.hadoop.fs.Path(local.toUri()), true);
    }
  }
}
