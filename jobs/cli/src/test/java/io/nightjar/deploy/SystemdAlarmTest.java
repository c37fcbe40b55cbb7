package io.nightjar.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import io.nightjar.cli.outcome.RecordingServer;
import io.nightjar.cli.outcome.RecordingServer.Answer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What {@code nightjar-alarm@.service} posts: its command, as systemd would call it. */
@Tag("slow")
class SystemdAlarmTest {
  private static final String UNIT = "nightjar-nightly.service";
  private static final String ALARM = "nightjar-alarm@.service";
  private static final String SUBMIT = "/opt/nightjar/deploy/spark-submit/nightjar-submit";

  @TempDir private Path work;

  /** The words after {@code bash -c}, with systemd's specifiers filled in. */
  private String command(String file, String name) {
    Matcher line =
        Pattern.compile("(?m)^" + name + "=-?/bin/bash -c '(.*)'$")
            .matcher(DeployedFiles.text("systemd/" + file));
    assertThat(line.find()).isTrue();
    return filledIn(line.group(1)).replace("$$", "$");
  }

  private String filledIn(String text) {
    return text.replace("%i", UNIT).replace("%n", UNIT).replace("%S", work.toString());
  }

  @Test
  void theSentenceOfTheRunIsPosted() throws Exception {
    Path status = Files.createDirectories(work.resolve("nightjar")).resolve(UNIT + ".json");
    String text;
    try (NightjarScript nightjar = NightjarScript.submittingIn(work)) {
      Command refused =
          Command.run(
              work,
              Map.of(),
              List.of(nightjar.file().toString(), "--", "evaluate", "--status-file=" + status));
      assertThat(refused.exitCode()).as(refused.err()).isEqualTo(2);

      text = posted(nightjar);
    }

    assertThat(text)
        .startsWith(UNIT + " failed.\nevaluate on ")
        .contains("with exit code 2: Missing required options: ");
  }

  @Test
  void aRunThatLeftNoStatusIsAnnouncedAsWell() throws Exception {
    try (NightjarScript nightjar = NightjarScript.submittingIn(work)) {
      assertThat(posted(nightjar)).startsWith(UNIT + " failed.\nnightjar: There is no status at ");
    }
  }

  /** Systemd's own lines, and those of the history, follow in the journal of the unit. */
  @Test
  void theNightLeavesItsStatusWhereTheAlarmLooks() {
    String status = work + "/nightjar/" + UNIT + ".json";

    assertThat(command(UNIT, "ExecStart")).contains(" --status-file \"" + status + "\"");
    assertThat(command(ALARM, "ExecStart")).contains(" -- status \"" + status + "\"");
    // Nothing of the night before is taken for this one's.
    assertThat(filledIn(DeployedFiles.text("systemd/" + UNIT)))
        .contains("\nExecStartPre=/bin/rm -f " + status + "\n");
  }

  private String posted(NightjarScript nightjar) throws Exception {
    try (RecordingServer server = new RecordingServer(request -> Answer.of(200))) {
      Command alarm =
          Command.run(
              work,
              Map.of("WEBHOOK", server.address("/hook")),
              List.of(
                  "bash",
                  "-c",
                  command(ALARM, "ExecStart").replace(SUBMIT, nightjar.file().toString())));

      assertThat(alarm.exitCode()).as(alarm.err()).isZero();
      assertThat(server.requests()).hasSize(1);
      return server.requests().get(0).text();
    }
  }
}
