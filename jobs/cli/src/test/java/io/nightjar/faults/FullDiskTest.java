package io.nightjar.faults;

import static org.assertj.core.api.Assertions.assertThat;

import io.nightjar.io.StorageRetry;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** Disks that are full: a sentence that names the folder, and no result that is half there. */
@Tag("faults")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class FullDiskTest {
  private Path work;
  private Application application;
  private TinyCommand command;
  private SmallDisk disk;

  private record Ended(int code, String console) {}

  @BeforeAll
  void prepare(@TempDir Path directory) throws Exception {
    work = directory;
    application = Application.of(work);
    command = TinyCommand.in(work);
  }

  @BeforeEach
  void mount(TestInfo test) throws Exception {
    disk = SmallDisk.mount(work.resolve(test.getTestMethod().orElseThrow().getName()), 8 << 10);
  }

  @AfterEach
  void unmount() throws Exception {
    if (disk != null) {
      disk.unmount();
      disk = null;
    }
  }

  @Test
  void theFolderOfBlocks() throws Exception {
    disk.fill(256);
    Path out = work.resolve("out-of-blocks");

    Ended ended = evaluate(out, disk.folder(), List.of("--broadcast-limit", "14336"));

    assertThat(ended.code()).as(ended.console()).isEqualTo(3);
    assertThat(ended.console())
        .contains(
            "FAILED: A disk is full", disk.folder().toString(), "spark.local.dir", "Free space")
        .doesNotContain("\tat ");
  }

  @Test
  void theFolderOfResults() throws Exception {
    disk.fill(64);
    Path out = disk.folder().resolve("out");

    Ended ended = evaluate(out, work.resolve("blocks"), List.of("--reuse", "none"));

    assertThat(ended.code()).as(ended.console()).isEqualTo(1);
    assertThat(ended.console())
        .contains(
            "nightjar: The storage did not answer when ", out + "/.nightjar-", "was to be written")
        .contains("since a disk is full", "Free space there, or choose another place (--out")
        .doesNotContain("\tat ", "Exception");
    assertThat(names(out)).as("half-written").isEmpty();
  }

  @Test
  void theFolderOfResultsThatAreToBeReplaced() throws Exception {
    Path out = disk.folder().resolve("out");
    assertThat(evaluate(out, work.resolve("blocks"), List.of("--reuse", "none")).code()).isZero();
    Results before = Results.of(out);
    disk.fill(96);

    Ended ended = evaluate(out, work.resolve("blocks"), List.of("--reuse", "none", "--overwrite"));

    assertThat(ended.code()).as(ended.console()).isEqualTo(1);
    assertThat(ended.console()).contains("since a disk is full", out.toString());
    assertThat(Results.of(out)).isEqualTo(before);
  }

  @Test
  void theFolderOfScores() throws Exception {
    Path banks = work.resolve("banks");
    assertThat(run(work.resolve("blocks"), command.buildBank(banks.toString())).code()).isZero();
    disk.fill(40);
    Path out = disk.folder().resolve("out");

    Ended ended = run(work.resolve("blocks"), command.score(banks.toString(), out.toString()));

    assertThat(ended.code()).as(ended.console()).isEqualTo(1);
    assertThat(ended.console())
        .contains("disk is full", "No space left on device", "--out")
        .doesNotContain("\tat ", "Exception");
    assertThat(names(out)).as("half-written").isEmpty();
  }

  @Test
  void theStore() throws Exception {
    disk.fill(64);
    Path out = work.resolve("without-store");

    Ended ended =
        evaluate(out, work.resolve("blocks"), List.of("--reuse", disk.folder().toString()));

    // What is kept for later runs costs no figure.
    assertThat(ended.code()).as(ended.console()).isZero();
    assertThat(Files.readString(out.resolve("run.json"))).contains("No space left on device");
    assertThat(names(disk.folder()))
        .as("half-written")
        .noneMatch(name -> name.matches(".*/\\.[^/]+"));
  }

  @Test
  void aDiskWithoutAByteLeft() throws Exception {
    Files.createDirectories(disk.folder().resolve("out"));
    disk.fill(0);

    Ended ended = evaluate(disk.folder().resolve("out"), work.resolve("blocks"), List.of());

    assertThat(ended.code()).as(ended.console()).isEqualTo(2);
    assertThat(ended.console()).contains("--out " + disk.folder(), "No space left on device");
    assertThat(names(disk.folder().resolve("out"))).isEmpty();
  }

  private Ended evaluate(Path out, Path blocks, List<String> more) throws Exception {
    return run(blocks, command.evaluate(out.toString(), more));
  }

  private Ended run(Path blocks, List<String> arguments) throws Exception {
    Map<String, String> properties = SubmittedRun.properties();
    properties.put("spark.hadoop." + StorageRetry.PAUSE, "50");
    Files.createDirectories(blocks);
    try (SubmittedRun run =
        SubmittedRun.start(
            work,
            application,
            Map.of("SPARK_LOCAL_DIRS", blocks.toString()),
            List.of("--master", "local[2]"),
            properties,
            arguments)) {
      int code = run.await();
      return new Ended(code, run.console());
    }
  }

  /** Of all files, hidden ones too. */
  private static Set<String> names(Path folder) throws Exception {
    Set<String> names = new TreeSet<>();
    try (Stream<Path> files = Files.walk(folder)) {
      files.filter(Files::isRegularFile).forEach(file -> names.add("/" + folder.relativize(file)));
    }
    names.remove("/" + SmallDisk.FILLING);
    return names;
  }
}
