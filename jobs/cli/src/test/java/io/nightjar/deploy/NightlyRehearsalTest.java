package io.nightjar.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import io.nightjar.testing.Repository;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The script that rehearses three nights, with the real command. */
@Tag("slow")
class NightlyRehearsalTest {
  /** Five processes of Java one after another: less than a minute where nothing else runs. */
  private static final int LONGEST_MINUTES = 10;

  @TempDir private Path work;

  @Test
  void theGateLetsTwoNightsPassAndStopsTheThird() throws Exception {
    Path script = Repository.file("deploy/local/nightly-rehearsal");

    Command rehearsal =
        Command.run(
            work,
            Map.of("NIGHTJAR", NightjarScript.in(work).toString()),
            List.of("bash", script.toString(), "rehearsal"),
            LONGEST_MINUTES);

    assertThat(rehearsal.exitCode()).as(rehearsal.out() + rehearsal.err()).isZero();
    assertThat(rehearsal.out().lines().filter(line -> line.startsWith("Exit code ")))
        .containsExactly("Exit code 0", "Exit code 0", "Exit code 5");
    assertThat(rehearsal.out())
        .contains("3 runs of 1 data set: 3 read, 0 remembered.")
        .contains("options.variance: 0.95, then 0.1")
        .contains("Open rehearsal/history/history.html in a browser.");
    assertThat(Files.readString(work.resolve("rehearsal/history/history.html")))
        .contains("href=\"../runs/3/report.html\"")
        .doesNotContain("<script");

    Command again =
        Command.run(
            work,
            Map.of("NIGHTJAR", NightjarScript.in(work).toString()),
            List.of("bash", script.toString(), "rehearsal"));
    assertThat(again.exitCode()).isEqualTo(1);
    assertThat(again.err()).contains("rehearsal/runs is there already");
  }
}
