package io.nightjar.cli.status;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.nightjar.error.InvalidInputException;
import io.nightjar.report.status.RunStatus;
import io.nightjar.report.status.RunningProcess;
import io.nightjar.report.status.StatusFile;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class StatusWaitTest {
  private static final Duration POLL = Duration.ofMillis(10);
  private static final Optional<Duration> NOT = Optional.of(Duration.ZERO);

  @TempDir Path folder;

  private StatusFile file;
  private RunStatus running;

  @BeforeEach
  void begin() {
    file = StatusFile.at(folder.toString(), new Configuration());
    Instant now = Instant.now();
    running =
        new RunStatus(
            "night 7", "evaluate", RunningProcess.current(), now, now, Optional.empty(), "1.2.3");
  }

  private StatusWait any() {
    return new StatusWait(file, Optional.empty());
  }

  private RunStatus ended(int exitCode, String sentence) {
    return running.ended(new RunStatus.Ending(exitCode, sentence), Instant.now());
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 2, 3, 5, 130})
  void theExitCodeIsTheCommandsOwn(int exitCode) throws IOException {
    file.write(ended(exitCode, "Bottle is worse."));

    StatusWait.Answer answer = any().now();

    assertThat(answer.exitCode()).isEqualTo(exitCode);
    assertThat(answer.sentence())
        .startsWith("evaluate on " + running.process().host() + ", begun at ")
        .endsWith("with exit code " + exitCode + ": Bottle is worse.");
    assertThat(any().await(NOT, POLL)).isEqualTo(answer);
  }

  @Test
  void whatRunsHasNoneYet() throws IOException {
    file.write(running);

    assertThat(any().now().exitCode()).isEqualTo(6);
    assertThat(any().now().sentence()).contains(" runs; last heard of at " + running.heard());
    assertThat(any().await(NOT, POLL).exitCode()).isEqualTo(6);
    assertThat(any().await(NOT, POLL).sentence()).startsWith("Not waited any longer. evaluate on ");
  }

  @Test
  void whatIsHeardOfNoLongerHasFailed() throws IOException {
    RunningProcess elsewhere = new RunningProcess("node-7", 1, "1", "another boot");
    Instant long_ago = Instant.now().minus(Duration.ofMinutes(4));
    file.write(
        new RunStatus(
            "night 7", "evaluate", elsewhere, long_ago, long_ago, Optional.empty(), "1.2.3"));

    assertThat(any().await(Optional.empty(), POLL).exitCode()).isEqualTo(1);
    assertThat(any().now().sentence()).contains("node-7", "has not said how it ended");
  }

  @Test
  void aWaitEndsWithTheCommand() throws Exception {
    CompletableFuture<StatusWait.Answer> waiting =
        CompletableFuture.supplyAsync(() -> any().await(Optional.empty(), POLL));
    Thread.sleep(100);
    file.write(running);
    Thread.sleep(100);
    assertThat(waiting).isNotDone();

    file.write(ended(3, "One of 2 failed."));

    assertThat(waiting.get(5, TimeUnit.MINUTES).exitCode()).isEqualTo(3);
  }

  @Test
  void anEarlierRunIsNotTheOneThatIsWaitedFor() throws IOException {
    file.write(ended(0, "Passed."));

    StatusWait next = new StatusWait(file, Optional.of("night 8"));

    assertThatThrownBy(next::now)
        .isInstanceOf(InvalidInputException.class)
        .hasMessageStartingWith("There is no status of the run night 8 at ");
    assertThat(next.await(NOT, POLL).exitCode()).isEqualTo(6);
    assertThat(new StatusWait(file, Optional.of("night 7")).now().exitCode()).isZero();
  }

  @Test
  void whereThereIsNothingItIsSaidWhatToName() {
    assertThatThrownBy(() -> any().now())
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining(
            "There is no status at " + folder + "/status.json; name the --out of");
  }

  @ParameterizedTest
  @CsvSource({"30s, PT30S", "90m, PT1H30M", "6h, PT6H", "1d, PT24H"})
  void durations(String text, Duration duration) {
    assertThat(StatusWait.duration(text)).isEqualTo(duration);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "6", "h", "-1h", "1.5h", "6 h", "1D", "99999999d"})
  void noDurations(String text) {
    assertThatThrownBy(() -> StatusWait.duration(text))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("--timeout has \"" + text + "\"; give a whole number");
  }
}
