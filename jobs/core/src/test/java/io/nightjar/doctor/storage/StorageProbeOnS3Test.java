package io.nightjar.doctor.storage;

import static org.assertj.core.api.Assertions.assertThat;

import io.nightjar.doctor.Finding;
import io.nightjar.testing.S3Server;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FSDataOutputStream;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.LocatedFileStatus;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.fs.RemoteIterator;
import org.apache.hadoop.util.VersionInfo;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** A real S3 server. */
@Tag("slow")
@Tag("smoke")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class StorageProbeOnS3Test {
  private S3Server s3;
  private Configuration configuration;

  @BeforeAll
  void start(@TempDir java.nio.file.Path directory) throws IOException {
    s3 = S3Server.start(directory);
    configuration = new Configuration();
    s3.hadoopProperties().forEach(configuration::set);
  }

  @AfterAll
  void stop() {
    if (s3 != null) {
      s3.close();
    }
  }

  @Test
  void everyStepIsTriedAndNothingIsLeft() throws IOException {
    write("runs/first/metrics.json");

    Map<String, Finding> found = probe(s3.uri("runs"), true);

    assertThat(found.keySet())
        .containsExactly(
            "reach",
            "list",
            "read",
            "write",
            "read after write",
            "clock",
            "exclusive creation",
            "replace",
            "rename",
            "delete");
    assertThat(found.values())
        .filteredOn(finding -> !finding.subject().equals("exclusive creation"))
        .extracting(Finding::verdict)
        .containsOnly("ok");
    // The clients of Hadoop 3.3 and 3.4.1 look before they write, and their PUT is not conditional.
    boolean isConditional = !VersionInfo.getVersion().matches("3\\.(3\\..*|4\\.[01])");
    // S3Proxy tests the condition before it writes, so that several at once may succeed.
    assertThat(found.get("exclusive creation").verdict())
        .isIn("note", isConditional ? "ok" : "note");
    assertThat(found.get("exclusive creation").figures())
        .containsEntry("created_again", false)
        .containsEntry("overlapping_succeeded", isConditional ? 1 : 2);
    assertThat(objects("runs")).containsExactly("metrics.json");
  }

  @Test
  void aFolderThatIsNotThereYetIsProbedAbove() throws IOException {
    write("data/a.png");

    Map<String, Finding> found = probe(s3.uri("data/runs/nightly"), true);

    assertThat(found.get("reach")).isInstanceOf(Finding.Note.class);
    assertThat(found.get("reach").sentence()).contains("/data above it");
    assertThat(found.get("delete")).isInstanceOf(Finding.Ok.class);
    assertThat(objects("data")).containsExactly("a.png");
    assertThat(probe(s3.uri("data/runs/nightly"), false).values())
        .singleElement()
        .isInstanceOf(Finding.Problem.class);
  }

  @Test
  void aBucketThatIsNotThereIsAProblem() {
    Map<String, Finding> found = probe("s3a://no-such-bucket-of-nightjar/runs", true);

    assertThat(found.values()).singleElement().isInstanceOf(Finding.Problem.class);
  }

  @Test
  void aServerThatIsNotThereIsGivenUpInTime() {
    Configuration elsewhere = new Configuration(configuration);
    elsewhere.set("fs.s3a.bucket.unreachable.endpoint", "http://127.0.0.1:9"); // discard: no one
    List<Finding> found = new ArrayList<>();
    long begun = System.nanoTime();

    new StorageProbe("s3a://unreachable/runs", true, elsewhere, Duration.ofSeconds(3))
        .run(found::add);

    assertThat((System.nanoTime() - begun) / 1e9).isLessThan(180);
    assertThat(found).singleElement().isInstanceOf(Finding.Problem.class);
    assertThat(found.get(0).remedy()).contains("fs.s3a.endpoint");
  }

  private Map<String, Finding> probe(String uri, boolean writes) {
    List<Finding> found = new ArrayList<>();
    new StorageProbe(uri, writes, configuration, Duration.ofMinutes(10)).run(found::add);
    Map<String, Finding> bySubject = new LinkedHashMap<>();
    found.forEach(finding -> bySubject.put(finding.subject(), finding));
    return bySubject;
  }

  private void write(String name) throws IOException {
    Path path = new Path(s3.uri(name));
    try (FSDataOutputStream out = path.getFileSystem(configuration).create(path, true)) {
      out.write("content".getBytes(StandardCharsets.UTF_8));
    }
  }

  private List<String> objects(String folder) throws IOException {
    Path path = new Path(s3.uri(folder));
    FileSystem files = path.getFileSystem(configuration);
    List<String> names = new ArrayList<>();
    RemoteIterator<LocatedFileStatus> objects = files.listFiles(path, true);
    while (objects.hasNext()) {
      names.add(objects.next().getPath().getName());
    }
    return names;
  }
}
