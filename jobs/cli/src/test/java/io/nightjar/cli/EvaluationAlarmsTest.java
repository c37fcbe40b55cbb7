package io.nightjar.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.nightjar.cli.outcome.RecordingServer;
import io.nightjar.cli.outcome.RecordingServer.Answer;
import io.nightjar.json.JsonDocument;
import io.nightjar.testing.PrometheusText;
import io.nightjar.testing.PrometheusText.Sample;
import io.nightjar.testing.TinyDataset;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** How the end of an evaluation is announced, and that the address is kept nowhere. */
@Tag("slow")
class EvaluationAlarmsTest extends CommandLineFixture {

  @Test
  void aFailedCategoryIsAnnouncedAndTheAddressIsKeptNowhere() throws IOException {
    Path broken = TinyDataset.generate(work.resolve("line 3"));
    Files.write(broken.resolve("carpet/train/good/000.png"), new byte[0]);
    Path out = work.resolve("runs/alarmed");
    Path metrics = work.resolve("textfile/nightjar.prom");
    Path events = Files.createDirectories(work.resolve("events"));
    try (RecordingServer server = new RecordingServer(request -> Answer.of(200))) {
      Ended ended =
          evaluate(
              "--data",
              broken.toString(),
              "--out",
              out.toString(),
              "--conf",
              "spark.eventLog.enabled=true",
              "--conf",
              "spark.eventLog.dir=" + events.toUri(),
              "--metrics-file",
              metrics.toString(),
              "--webhook",
              server.address("/services/s3cr3t"),
              "--report-url",
              "https://plant.example/runs/");

      assertThat(ended.exitCode()).as(ended.err()).isEqualTo(3);
      assertThat(server.requests()).hasSize(1);
      JsonDocument message = JsonDocument.parse(server.requests().get(0).text());
      assertThat(message.number("exit_code")).hasValue(3);
      assertThat(message.text("dataset")).isEqualTo("line 3");
      assertThat(message.text("sentence"))
          .startsWith("1 category evaluated. 1 failed: carpet: ")
          .contains("train/good/000.png");
      assertThat(message.text("report"))
          .isEqualTo("https://plant.example/runs/alarmed/report.html");
      assertThat(out.resolve("report.html")).exists();
      assertThat(ended.out() + ended.err()).doesNotContain("s3cr3t");
    }
    JsonDocument report = JsonDocument.parse(Files.readString(out.resolve("metrics.json")));
    double auroc =
        report.children("categories").stream()
            .filter(category -> category.text("category").equals("bottle"))
            .findFirst()
            .orElseThrow()
            .number("image_auroc")
            .orElseThrow();
    Map<Sample, Double> values = PrometheusText.samples(Files.readString(metrics));
    assertThat(values)
        .containsEntry(sample("nightjar_run_exit_code"), 3.0)
        .containsEntry(sample("nightjar_category_failed", "category", "carpet"), 1.0)
        .containsEntry(sample("nightjar_category_failed", "category", "bottle"), 0.0)
        .containsEntry(
            sample("nightjar_figure", "category", "bottle", "figure", "image_auroc"), auroc);
    assertKeptNowhere(out, events);
  }

  private static Sample sample(String name, String... labels) {
    return Sample.of(
        name,
        Stream.concat(Stream.of("command", "evaluate", "dataset", "line 3"), Stream.of(labels))
            .toArray(String[]::new));
  }

  /** Neither the results nor what Spark records of the process have the address. */
  private static void assertKeptNowhere(Path... folders) throws IOException {
    int looked = 0;
    for (Path folder : folders) {
      List<Path> files;
      try (Stream<Path> all = Files.walk(folder)) {
        files = all.filter(Files::isRegularFile).toList();
      }
      for (Path file : files) {
        assertThat(new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1))
            .as(file.toString())
            .doesNotContain("s3cr3t");
        looked++;
      }
    }
    assertThat(looked).isGreaterThan(5);
  }

  @Test
  void aRunThatIsRecordedInMlflowIsTheSameRun() throws IOException {
    Path out = work.resolve("recorded");
    Path metrics = work.resolve("recorded.prom");
    try (RecordingServer server = new RecordingServer(request -> Answer.of(503))) {
      Ended ended =
          evaluate(
              "--category",
              "bottle",
              "--out",
              out.toString(),
              "--metrics-file",
              metrics.toString(),
              "--mlflow",
              server.address("/s3cr3t"));

      assertThat(ended.exitCode()).as(ended.err()).isZero();
      assertThat(ended.err())
          .contains(
              "nightjar: the run was not recorded in MLflow: the server answers to"
                  + " experiments/get-by-name with status 503. Its results are not affected.")
          .doesNotContain("s3cr3t", "\tat ");
      assertThat(server.requests()).hasSize(1);
    }
    assertThat(out.resolve("metrics.json")).exists();
    assertThat(PrometheusText.samples(Files.readString(metrics)))
        .containsEntry(
            Sample.of("nightjar_run_exit_code", "command", "evaluate", "dataset", "data"), 0.0);
  }
}
