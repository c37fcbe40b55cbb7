package io.nightjar.job.folder;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.nightjar.error.InvalidInputException;
import io.nightjar.io.FolderFiles;
import io.nightjar.io.PlainFiles;
import io.nightjar.io.place.InputPlaces;
import io.nightjar.report.status.RunningProcess;
import io.nightjar.testing.S3Server;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FSDataOutputStream;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/**
 * Folders of results on an object store, where a rename is a copy, and creation is exclusive or not
 * by the version of Hadoop.
 */
@Tag("slow")
@Tag("smoke")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class RunFolderOnS3Test {
  private static final RunClaim.Timing QUICK =
      new RunClaim.Timing(
          Duration.ofMillis(200),
          Duration.ofSeconds(4),
          Duration.ofSeconds(1),
          Duration.ofSeconds(1));

  /** With claims that outlive every pause of a busy machine. */
  private static final RunClaim.Timing PATIENT =
      new RunClaim.Timing(
          QUICK.renewal(), Duration.ofMinutes(10), QUICK.settling(), QUICK.unfinished());

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
  void newResultsReplaceOldOnesAndNothingElseRemains() throws IOException {
    String out = s3.uri("replaced");
    publish(out, "old", false);
    write(out + "/.DS_Store", "icons");
    write(out + "/maps/.DS_Store", "icons");

    publish(out, "new", true);

    assertThat(files(out))
        .containsExactly(
            ".DS_Store", "maps/.DS_Store", "maps/part-new", "metrics.json", "run.json");
    assertThat(read(out + "/metrics.json")).isEqualTo("new");
  }

  @Test
  void aRunThatFailsLeavesTheOldResultsComplete() throws IOException {
    String out = s3.uri("kept");
    publish(out, "old", false);

    try (RunFolder folder = claim(out, true)) {
      write(folder.location() + "/report.html", "half");
    }

    assertThat(files(out)).containsExactly("maps/part-old", "metrics.json", "run.json");
  }

  @Test
  void whatNoRunHasWrittenIsNeverEmptied() throws IOException {
    String out = s3.uri("foreign");
    write(out + "/maps/widget/test/good/000.tiff", "mine");

    assertThatThrownBy(() -> claim(out, true))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("maps/widget/test/good/000.tiff");
    assertThat(files(out)).containsExactly("maps/widget/test/good/000.tiff");
  }

  @Test
  void anInputWithinTheFolderIsRefused() {
    InputPlaces inputs = new InputPlaces(configuration).folder("--maps", s3.uri("exp/maps/"));

    assertThatThrownBy(() -> RunFolder.claim(s3.uri("exp"), true, inputs, configuration))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("lies in --out");
  }

  @Test
  void ofManyThatBeginTogetherAtMostOneHasTheFolder() throws Exception {
    ExecutorService pool = Executors.newFixedThreadPool(4);
    CyclicBarrier together = new CyclicBarrier(4);
    Callable<Object> attempt =
        () -> {
          together.await();
          try {
            return claim(s3.uri("contended"), false);
          } catch (InvalidInputException e) {
            return e.getMessage();
          }
        };
    try {
      List<Object> outcomes = new ArrayList<>();
      for (Future<Object> future : pool.invokeAll(java.util.Collections.nCopies(4, attempt))) {
        outcomes.add(future.get());
      }

      assertThat(outcomes).filteredOn(RunFolder.class::isInstance).hasSize(1);
      assertThat(outcomes)
          .filteredOn(String.class::isInstance)
          .allSatisfy(sentence -> assertThat((String) sentence).contains("Another run writes"));
      outcomes.stream()
          .filter(RunFolder.class::isInstance)
          .map(RunFolder.class::cast)
          .forEach(RunFolder::close);
    } finally {
      pool.shutdownNow();
    }
  }

  @Test
  void theClaimOfAnotherMachineLivesWhileItIsRenewed() throws Exception {
    String out = s3.uri("remote");
    RunningProcess elsewhere = new RunningProcess("node-7", 4711, "12345", "another boot");
    RunMark mark = new RunMark("a-run", elsewhere, Instant.parse("2026-01-02T03:52:10Z"), "");
    write(out + "/" + RunMark.NAME, new String(mark.write(Instant.now()), StandardCharsets.UTF_8));

    assertThatThrownBy(() -> claim(out, false, PATIENT))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("since 2026-01-02 03:52 UTC (node-7, process 4711)");

    Thread.sleep(QUICK.expiry().plusSeconds(1).toMillis());
    publish(out, "new", false);
    assertThat(files(out)).containsExactly("maps/part-new", "metrics.json", "run.json");
  }

  private RunFolder claim(String out, boolean overwrite) {
    return claim(out, overwrite, QUICK);
  }

  private RunFolder claim(String out, boolean overwrite, RunClaim.Timing timing) {
    return RunFolder.claim(
        out, overwrite, Request.NONE, new InputPlaces(configuration), timing, configuration);
  }

  private void publish(String out, String content, boolean overwrite) throws IOException {
    try (RunFolder folder = claim(out, overwrite)) {
      write(folder.location() + "/maps/part-" + content, content);
      write(folder.location() + "/metrics.json", content);
      write(
          folder.location() + "/run.json",
          "{\"options\": {}, \"versions\": {\"nightjar\": \"1\"}, \"files\": [\"maps/part-"
              + content
              + "\", \"metrics.json\", \"run.json\"]}");
      folder.publish();
    }
  }

  private void write(String uri, String content) throws IOException {
    Path path = new Path(uri);
    try (FSDataOutputStream out = path.getFileSystem(configuration).create(path, true)) {
      out.write(content.getBytes(StandardCharsets.UTF_8));
    }
  }

  private String read(String uri) throws IOException {
    Path path = new Path(uri);
    try (var in = path.getFileSystem(configuration).open(path)) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  private Set<String> files(String uri) throws IOException {
    Path path = new Path(uri);
    FileSystem files = PlainFiles.of(path, configuration);
    return new java.util.TreeSet<>(FolderFiles.list(files, path));
  }
}
