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

/** The script that rehearses three nights, with the real command lines. */
@Tag("slow")
class NightlyRehearsalTest {
  /** Five command lines one after another: less than half a minute where nothing else runs. */
  private static final int LONGEST_MINUTES = 15;

  @TempDir private Path work;

  @Test
  void theGateLetsTwoNightsPassAndStopsTheThird() throws Exception {
    String script = Repository.file("deploy/local/nightly-rehearsal").toString();
    Path folder = work.resolve("rehearsal");

    try (NightjarScript nightjar = NightjarScript.in(work)) {
      Map<String, String> environment = Map.of("NIGHTJAR", nightjar.file().toString());
      List<String> words = List.of("bash", script, folder.toString());
      Command rehearsal = Command.run(work, environment, words, LONGEST_MINUTES);

      assertThat(rehearsal.exitCode()).as(rehearsal.out() + rehearsal.err()).isZero();
      assertThat(rehearsal.out().lines().filter(line -> line.startsWith("Exit code ")))
          .containsExactly("Exit code 0", "Exit code 0", "Exit code 5");
      assertThat(rehearsal.out())
          .contains("3 runs of 1 data set: 3 read, 0 remembered.")
          .contains("options.variance: 0.95, then 0.1")
          .contains("Open " + folder + "/history/history.html in a browser.");
      assertThat(Files.readString(folder.resolve("history/history.html")))
          .contains("href=\"../runs/3/report.html\"")
          .doesNotContain("<script");

      Command again = Command.run(work, environment, words);
      assertThat(again.exitCode()).isEqualTo(1);
      assertThat(again.err()).contains(folder + "/runs is there already");
    }
  }
}
