package io.nightjar.cli.status;

import static org.assertj.core.api.Assertions.assertThat;

import io.nightjar.report.status.RunStatus;
import io.nightjar.report.status.StatusFile;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StatusReportTest {
  private static final Duration SELDOM = Duration.ofHours(1);

  @TempDir Path folder;

  private final StringWriter console = new StringWriter();

  private StatusFile file(Path place) {
    return StatusFile.at(place.toString(), new Configuration());
  }

  private StatusReport report(Path place, Duration beat) {
    return new StatusReport(file(place), "night 7", "evaluate", new PrintWriter(console), beat);
  }

  private RunStatus read() throws IOException {
    return file(folder).read().orElseThrow();
  }

  @Test
  void itSaysThatTheCommandRunsAndHowItEnded() throws IOException {
    StatusReport report = report(folder, SELDOM);
    assertThat(file(folder).read()).isEmpty();

    report.begin();
    RunStatus running = read();
    report.end(5, "Not passed: bottle is worse.", false);
    RunStatus ended = read();

    assertThat(running.isRunning(Instant.now())).isTrue();
    assertThat(running.runId()).isEqualTo("night 7");
    assertThat(running.command()).isEqualTo("evaluate");
    assertThat(ended.ending()).contains(new RunStatus.Ending(5, "Not passed: bottle is worse."));
    assertThat(ended.started()).isEqualTo(running.started());
    assertThat(console.toString()).isEmpty();
  }

  @Test
  void itSaysSoAgainAndAgainUntilTheEnd() throws Exception {
    StatusReport report = report(folder, Duration.ofMillis(20));
    report.begin();
    Instant first = read().heard();
    for (int i = 0; i < 15_000 && !read().heard().isAfter(first); i++) {
      Thread.sleep(20);
    }
    assertThat(read().heard()).isAfter(first);

    report.end(0, "", false);
    RunStatus ended = read();
    Thread.sleep(100);
    assertThat(read()).isEqualTo(ended);
  }

  @Test
  void whatHasNotBegunHasNoEnd() throws IOException {
    report(folder, SELDOM).end(2, "The data set is empty.", false);

    assertThat(file(folder).read()).isEmpty();
  }

  @Test
  void whatCannotBeWrittenIsASentence() throws IOException {
    Path occupied = Files.createFile(folder.resolve("occupied"));

    StatusReport report = report(occupied, SELDOM);
    report.begin();
    report.end(0, "", false);

    assertThat(console.toString().lines())
        .hasSize(2)
        .allSatisfy(
            line ->
                assertThat(line)
                    .startsWith(
                        "nightjar: the status could not be written to "
                            + occupied
                            + "/status.json"));
    assertThat(Optional.of(occupied)).hasValueSatisfying(path -> assertThat(path).isEmptyFile());
  }
}
