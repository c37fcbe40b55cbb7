package io.nightjar.faults;

import static org.assertj.core.api.Assertions.assertThat;

import io.nightjar.io.artifact.ArtifactStore;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.apache.commons.io.FileUtils;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A run whose process is killed at twenty moments in a row, from the start of its process to the
 * move of its results, and each time started again by the same command.
 */
@Tag("faults")
class RestartedRunsTest {
  /** Fewer for a quick look. */
  private static final int KILLS = Integer.getInteger("nightjar.faults.kills", 20);

  private Path work;
  private Application application;
  private TinyCommand command;

  @Test
  void endsAsIfNothingHadHappened(@TempDir Path directory) throws Exception {
    work = directory;
    application = Application.of(work);
    command = TinyCommand.in(work);
    Path fresh = work.resolve("fresh");
    long begun = System.nanoTime();
    assertEnds(fresh, List.of("--reuse", "none"));
    long millis = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - begun);
    Results undisturbed = Results.of(fresh);

    Path out = work.resolve("out");
    Random random = new Random(20);
    List<Long> moments = new ArrayList<>();
    int ended = 0;
    while (moments.size() < KILLS) {
      long moment = random.nextLong(millis / 10, millis);
      try (SubmittedRun run = start(out, List.of("--overwrite"))) {
        if (run.process().waitFor(moment, TimeUnit.MILLISECONDS)) {
          assertThat(run.await()).as(run.console()).isZero();
          assertThat(Results.of(out)).isEqualTo(undisturbed);
          // What is kept would leave the next nothing to do.
          FileUtils.deleteDirectory(out.toFile());
          ended++;
        } else {
          run.kill();
          moments.add(moment);
        }
      }
      if (out.resolve("metrics.json").toFile().exists()) {
        assertThat(Results.of(out).files()).containsAllEntriesOf(undisturbed.files());
      }
    }

    assertEnds(out, List.of("--overwrite"));
    assertThat(Results.of(out))
        .as("after kills at %s ms of %d, and %d runs that ended before", moments, millis, ended)
        .isEqualTo(undisturbed);
    assertThat(out.toFile().list())
        .as("left over")
        .filteredOn(name -> name.startsWith("."))
        .containsExactly(ArtifactStore.FOLDER);
    assertThat(FileUtils.listFiles(out.resolve(ArtifactStore.FOLDER).toFile(), null, true))
        .extracting(file -> file.getName())
        .noneMatch(name -> name.startsWith("."));
  }

  private void assertEnds(Path out, List<String> more) throws Exception {
    try (SubmittedRun run = start(out, more)) {
      assertThat(run.await()).as(run.console()).isZero();
    }
  }

  private SubmittedRun start(Path out, List<String> more) throws IOException {
    return SubmittedRun.start(
        work,
        application,
        Map.of("SPARK_LOCAL_DIRS", work.resolve("local").toString()),
        List.of("--master", "local[2]"),
        SubmittedRun.properties(),
        command.evaluate(out.toString(), more));
  }
}
