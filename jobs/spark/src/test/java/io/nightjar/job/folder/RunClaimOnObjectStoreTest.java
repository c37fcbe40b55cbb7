package io.nightjar.job.folder;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.nightjar.error.InvalidInputException;
import io.nightjar.io.PlainFiles;
import io.nightjar.report.status.RunningProcess;
import io.nightjar.testing.MemoryStore;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.UUID;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Claims on stores that refuse the second of two uploads, and on others. */
class RunClaimOnObjectStoreTest {
  private final Configuration configuration = MemoryStore.configuration();

  private RunClaim take(String folder) throws IOException {
    Path path = new Path(folder);
    RunClaim.Timing timing =
        new RunClaim.Timing(
            Duration.ofMinutes(1),
            Duration.ofMinutes(10),
            Duration.ofMillis(200),
            Duration.ofSeconds(5));
    return RunClaim.take(
        PlainFiles.of(path, configuration), path, folder, Request.NONE, timing, configuration);
  }

  private static String folder(String bucket) {
    return "gs://" + bucket + "/" + UUID.randomUUID();
  }

  @ParameterizedTest
  @ValueSource(strings = {"conditional", "ignoring", "last-wins"})
  void oneRunAloneHasTheFolder(String bucket) throws IOException {
    String folder = folder(bucket);

    try (RunClaim claim = take(folder)) {
      claim.requireHeld();
      assertThatThrownBy(() -> take(folder))
          .isInstanceOf(InvalidInputException.class)
          .hasMessageContaining("Another run writes");
    }
    assertThat(MemoryStore.objects(bucket)).noneMatch(name -> name.startsWith(folder));
  }

  /** The client repeats the upload whose answer was lost, and the store refuses it. */
  @Test
  void aClaimWhoseAnswerWasLostCounts() throws IOException {
    try (RunClaim claim = take(folder("lost"))) {
      claim.requireHeld();
    }
  }

  /** Both looked before either wrote, and the store took both. */
  @Test
  void aRunYieldsToTheMarkThatIsThereAfterAMoment() {
    String folder = folder("ignoring");
    RunMark other =
        new RunMark("another", RunningProcess.current(), Instant.parse("2026-01-02T03:52:10Z"), "");
    MemoryStore.afterUpload(
        folder + "/" + RunMark.NAME,
        () -> MemoryStore.put(folder + "/" + RunMark.NAME, other.write(Instant.now())));

    assertThatThrownBy(() -> take(folder))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("since 2026-01-02 03:52 UTC");
  }
}
