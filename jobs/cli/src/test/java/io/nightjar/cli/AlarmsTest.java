package io.nightjar.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.nightjar.cli.CommandLines.Ended;
import io.nightjar.cli.outcome.RecordingServer;
import io.nightjar.cli.outcome.RecordingServer.Answer;
import io.nightjar.json.JsonDocument;
import io.nightjar.metric.LabelledImage;
import io.nightjar.report.comparison.TestRuns;
import io.nightjar.testing.PrometheusText;
import io.nightjar.testing.PrometheusText.Sample;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** How the end of a command is announced; comparisons are the quickest of them. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class AlarmsTest {
  private static final String SECRET = "/services/s3cr3t";

  private final List<LabelledImage> images = TestRuns.images(1, 6);
  private String monday;
  private String tuesday;
  private Path work;

  @BeforeAll
  void write(@TempDir Path folder) throws IOException {
    work = folder;
    monday =
        TestRuns.in(work.resolve("monday"), "2026-11-23T01:00:00Z")
            .category("bottle", images)
            .write();
    tuesday =
        TestRuns.in(work.resolve("tuesday"), "2026-11-24T01:00:00Z")
            .category("bottle", TestRuns.rescored(images, 0.6, 0, 3))
            .write();
  }

  private static Ended compare(String before, String after, String... arguments) {
    String[] line = new String[arguments.length + 4];
    line[0] = "compare";
    line[1] = "--master=local[1]";
    line[2] = before;
    line[3] = after;
    System.arraycopy(arguments, 0, line, 4, arguments.length);
    return CommandLines.run(line);
  }

  private Map<Sample, Double> metrics(String name) throws IOException {
    return PrometheusText.samples(Files.readString(work.resolve(name)));
  }

  private static double value(Map<Sample, Double> metrics, String name) {
    return metrics.entrySet().stream()
        .filter(entry -> entry.getKey().name().equals(name))
        .findFirst()
        .orElseThrow()
        .getValue();
  }

  @Test
  void aRelativePlaceOfTheResultsIsSaidInFull() throws IOException {
    Path out = work.resolve("relative").toAbsolutePath();
    try (RecordingServer server = new RecordingServer(request -> Answer.of(200))) {
      compare(
          monday,
          tuesday,
          "--out",
          Path.of("").toAbsolutePath().relativize(out).toString(),
          "--webhook",
          server.address(SECRET));

      assertThat(JsonDocument.parse(server.requests().get(0).text()).text("results"))
          .isEqualTo("file:" + out);
    }
  }

  @Test
  void aGateThatIsNotPassedIsInTheMetricsAndTheMessage() throws IOException {
    try (RecordingServer server = new RecordingServer(request -> Answer.of(200))) {
      Instant before = Instant.now();
      Ended ended =
          compare(
              monday,
              tuesday,
              "--out",
              work.resolve("gate").toString(),
              "--metrics-file",
              work.resolve("gate.prom").toString(),
              "--webhook",
              server.address(SECRET),
              "--report-url",
              "https://plant.example/comparisons");

      assertThat(ended.exitCode()).as(ended.err()).isEqualTo(5);
      assertThat(ended.out() + ended.err()).doesNotContain("s3cr3t");
      assertThat(server.requests()).hasSize(1);
      assertThat(server.requests().get(0).target()).isEqualTo(SECRET);
      JsonDocument message = JsonDocument.parse(server.requests().get(0).text());
      String last = ended.out().lines().reduce((a, b) -> b).orElseThrow();
      assertThat(message.text("sentence")).isEqualTo(last).isEqualTo(message.text("text"));
      assertThat(message.number("exit_code")).hasValue(5);
      assertThat(message.text("command")).isEqualTo("compare");
      assertThat(message.text("verdict")).isEqualTo("worse");
      assertThat(message.text("dataset")).isEqualTo("tuesday");
      assertThat(message.text("report"))
          .isEqualTo("https://plant.example/comparisons/gate/compare.html");
      assertThat(Instant.parse(message.text("ended"))).isAfterOrEqualTo(before);

      Map<Sample, Double> metrics = metrics("gate.prom");
      assertThat(metrics)
          .containsEntry(
              Sample.of("nightjar_run_exit_code", "command", "compare", "dataset", "tuesday"), 5.0)
          .containsEntry(
              Sample.of("nightjar_gate_passed", "command", "compare", "dataset", "tuesday"), 0.0);
      assertThat(value(metrics, "nightjar_run_ended_timestamp_seconds"))
          .isBetween(before.toEpochMilli() / 1e3, System.currentTimeMillis() / 1e3);
    }
  }

  @Test
  void onFailureAloneASuccessCallsNoWebhook() throws IOException {
    try (RecordingServer server = new RecordingServer(request -> Answer.of(200))) {
      assertThat(compare(monday, monday, "--webhook", server.address(SECRET)).exitCode()).isZero();
      assertThat(server.requests()).isEmpty();

      Ended always =
          compare(monday, monday, "--webhook", server.address(SECRET), "--webhook-on", "always");
      assertThat(always.exitCode()).isZero();
      assertThat(server.requests()).hasSize(1);
      assertThat(server.requests().get(0).text())
          .contains("\"exit_code\":0,\"sentence\":\"Passed: of 1 category 1 is identical.\"");
    }
  }

  @Test
  void inputThatCannotBeUsedIsAnnouncedToo() throws IOException {
    try (RecordingServer server = new RecordingServer(request -> Answer.of(200))) {
      Ended ended =
          compare(
              monday,
              work + "/wednesday",
              "--webhook",
              server.address(SECRET),
              "--metrics-file",
              work.resolve("refused.prom").toString(),
              "--metrics-dataset",
              "line 3");

      assertThat(ended.exitCode()).isEqualTo(2);
      assertThat(JsonDocument.parse(server.requests().get(0).text()).text("sentence"))
          .startsWith("There is no finished run in ");
      assertThat(metrics("refused.prom"))
          .containsEntry(
              Sample.of("nightjar_run_exit_code", "command", "compare", "dataset", "line 3"), 2.0);
    }
  }

  @Test
  void whatCannotBeAnnouncedIsASentenceAndChangesNoExitCode() throws IOException {
    Files.writeString(work.resolve("file"), "in the way");
    try (RecordingServer server = new RecordingServer(request -> Answer.of(404))) {
      Ended ended =
          compare(
              monday,
              tuesday,
              "--metrics-file",
              work + "/file/n.prom",
              "--webhook",
              server.address(SECRET));

      assertThat(ended.exitCode()).isEqualTo(5);
      assertThat(ended.err())
          .contains("nightjar: the metrics could not be written to " + work + "/file/n.prom: ")
          .contains("--webhook names did not take the message: it answers with status 404.")
          .doesNotContain("s3cr3t", "\tat ");
    }
  }

  @Test
  void whatCouldNotBeAnnouncedIsRefusedBeforeAnyWork() {
    Ended unset = compare(monday, monday, "--webhook", "env:NIGHTJAR_NO_SUCH_VARIABLE");
    assertThat(unset.exitCode()).isEqualTo(2);
    assertThat(unset.err())
        .contains("NIGHTJAR_NO_SUCH_VARIABLE, which --webhook names, is not set");

    Ended noAddress = compare(monday, monday, "--webhook", "s3cr3t");
    assertThat(noAddress.exitCode()).isEqualTo(2);
    assertThat(noAddress.err()).doesNotContain("s3cr3t");

    Ended pointless = compare(monday, monday, "--webhook-on", "always");
    assertThat(pointless.err()).contains("The option --webhook-on is about --webhook");
    assertThat(compare(monday, monday, "--metrics-file", "/tmp/").err())
        .contains("--metrics-file /tmp/ is a folder; name a file");
  }
}
