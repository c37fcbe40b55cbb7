package io.nightjar.report.status;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.nightjar.error.InvalidInputException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class StatusFileTest {
  private static final Instant STARTED = Instant.parse("2026-02-21T01:00:00Z");
  private static final RunningProcess HERE = RunningProcess.current();

  /** Of another machine: its process may have any number here. */
  private static final RunningProcess ELSEWHERE =
      new RunningProcess("node-7", HERE.pid(), HERE.birth(), "another boot");

  @TempDir Path folder;

  private static RunStatus running(RunningProcess process) {
    return new RunStatus(
        "night 7", "evaluate", process, STARTED, STARTED, Optional.empty(), "1.2.3");
  }

  private StatusFile file() {
    return StatusFile.at(folder.toString(), new Configuration());
  }

  @Test
  void whatIsWrittenIsRead() throws IOException {
    RunStatus running = running(HERE);
    RunStatus ended =
        running.ended(new RunStatus.Ending(3, "One of 2 failed."), STARTED.plusSeconds(60));

    file().write(running);
    assertThat(file().read()).contains(running);

    file().write(ended);
    assertThat(file().read()).contains(ended);
    assertThat(folder.toFile().list()).containsExactly("status.json");
  }

  @Test
  void aLocationIsTheFileOrItsFolder() {
    Configuration configuration = new Configuration();

    assertThat(StatusFile.at("s3a://runs/night", configuration).location())
        .isEqualTo("s3a://runs/night/status.json");
    assertThat(StatusFile.at("s3a://runs/night.json", configuration).location())
        .isEqualTo("s3a://runs/night.json");
  }

  @Test
  void whereThereIsNoFileThereIsNoStatus() throws IOException {
    assertThat(StatusFile.at(folder.resolve("none").toString(), new Configuration()).read())
        .isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "[]",
        "{\"state\": \"running\"}",
        "{\"format_version\": 2}",
        "{\"format_version\": 1, \"state\": \"ended\", \"run_id\": \"a\", \"command\": \"score\","
            + " \"host\": \"h\", \"process\": 1, \"process_started\": \"1\", \"process_space\": \"s\","
            + " \"started\": \"2026-02-21T01:00:00Z\", \"heard\": \"2026-02-21T01:00:00Z\","
            + " \"version\": \"1\"}",
        "{\"format_version\": 1, \"state\": \"running\", \"run_id\": \"a\", \"command\": \"score\","
            + " \"host\": \"h\", \"process\": 1, \"process_started\": \"1\", \"process_space\": \"s\","
            + " \"started\": \"yesterday\", \"heard\": \"2026-02-21T01:00:00Z\", \"version\": \"1\"}"
      })
  void anotherFileIsNamed(String content) throws IOException {
    Files.writeString(folder.resolve("status.json"), content);

    assertThatThrownBy(() -> file().read())
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining(folder.resolve("status.json") + " is not a status of Nightjar: ");
  }

  /** A process of this machine is seen; of any other there is only what it says. */
  @Test
  void aProcessIsLostWhereItIsSeenToHaveEndedOrHasLongBeenSilent() {
    RunStatus here = running(HERE);
    RunStatus dead = running(new RunningProcess(HERE.host(), 1L << 40, "1", HERE.space()));
    RunStatus elsewhere = running(ELSEWHERE);
    Instant soon = STARTED.plus(Duration.ofMinutes(3));
    Instant late = soon.plusMillis(1);

    assertThat(here.isLost(late)).isFalse();
    assertThat(dead.isLost(STARTED)).isTrue();
    assertThat(elsewhere.isLost(soon)).isFalse();
    assertThat(elsewhere.isLost(late)).isTrue();
    assertThat(elsewhere.at(soon).isLost(late)).isFalse();
    assertThat(elsewhere.isRunning(soon)).isTrue();
    RunStatus ended = elsewhere.ended(new RunStatus.Ending(0, ""), STARTED);
    assertThat(ended.isLost(late)).isFalse();
    assertThat(ended.isRunning(STARTED)).isFalse();
  }
}
