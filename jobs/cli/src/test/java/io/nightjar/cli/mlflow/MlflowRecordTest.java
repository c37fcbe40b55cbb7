package io.nightjar.cli.mlflow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.nightjar.cli.outcome.RecordingServer;
import io.nightjar.cli.outcome.RecordingServer.Answer;
import io.nightjar.cli.outcome.SecretAddress;
import io.nightjar.job.result.RunResult;
import io.nightjar.metric.LabelledImage;
import io.nightjar.report.CategoryResult;
import io.nightjar.report.EvaluationReport;
import io.nightjar.report.comparison.FinishedRun;
import io.nightjar.report.comparison.TestRuns;
import io.nightjar.report.published.Comparison;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;

class MlflowRecordTest {
  private static final String STARTED = "2026-11-24T01:00:00Z";

  private final MlflowRules rules = new MlflowRules();
  private final List<LabelledImage> images = TestRuns.images(1, 6);
  @TempDir private Path work;
  private RunResult result;

  @BeforeEach
  void run() throws IOException {
    Map<String, Object> options = new LinkedHashMap<>();
    options.put("variance", 0.95);
    options.put("note", "x".repeat(700));
    options.put("data", "s3a://key:secret@bucket/a");
    for (int i = 0; i < 120; i++) {
      options.put("option" + i, i);
    }
    String out =
        TestRuns.in(work.resolve("tuesday"), STARTED)
            .category("metal nut (7)", images)
            .category("good only", images.stream().filter(image -> !image.defective()).toList())
            .detail("options", options)
            .write();
    result = result(out);
  }

  private static RunResult result(String out) {
    EvaluationReport report = FinishedRun.read(out, new Configuration()).report();
    return new RunResult(report, Comparison.none("drawn images"), out);
  }

  private static MlflowRecord record(String server, Map<String, String> environment) {
    return new MlflowRecord(
        MlflowClient.of(
            SecretAddress.of("--mlflow", server, Map.of()), environment, Duration.ofMinutes(5)),
        new Configuration());
  }

  @Test
  void theRunHasItsParametersFiguresAndReport() throws IOException {
    try (RecordingServer server = new RecordingServer(rules)) {
      assertThat(record(server.address("/"), Map.of()).write("line 3", result, "2 evaluated."))
          .isEmpty();
    }

    assertThat(rules.status).isEqualTo("FINISHED");
    assertThat(rules.experiments).containsOnlyKeys("line 3");
    assertThat(rules.runName).isEqualTo("tuesday");
    assertThat(rules.started).isEqualTo(Instant.parse(STARTED).toEpochMilli());
    assertThat(rules.params)
        .containsEntry("options.variance", "0.95")
        .containsEntry("options.option119", "119")
        .containsEntry("options.note", "x".repeat(497) + "...")
        .containsEntry("options.data", "s3a://bucket/a");
    CategoryResult nut = result.report().categories().get(0);
    CategoryResult good = result.report().categories().get(1);
    assertThat(good.pixelAuprc().isPresent()).isFalse();
    assertThat(rules.metrics)
        .containsEntry("metal nut _7_/pixel_auprc", nut.pixelAuprc().get())
        .containsEntry("mean/pixel_auprc", nut.pixelAuprc().get())
        .containsEntry("good only/quarantined", 0.0)
        .doesNotContainKey("good only/pixel_auprc");
    assertThat(rules.tags)
        .containsEntry("mlflow.note.content", "2 evaluated.")
        .containsEntry("nightjar.results", result.out())
        .containsEntry("nightjar.failed_categories", "0");
    assertThat(rules.artifacts)
        .containsOnlyKeys(
            "7/abc/artifacts/report.html",
            "7/abc/artifacts/metrics.json",
            "7/abc/artifacts/run.json");
    assertThat(rules.artifacts.get("7/abc/artifacts/run.json"))
        .isEqualTo(Files.readAllBytes(work.resolve("tuesday/run.json")));
  }

  @Test
  void aRelativePlaceOfTheResultsIsSaidInFull() throws IOException {
    Path tuesday = work.resolve("tuesday").toAbsolutePath();
    result = result(Path.of("").toAbsolutePath().relativize(tuesday).toString());

    try (RecordingServer server = new RecordingServer(rules)) {
      record(server.address("/"), Map.of()).write("line 3", result, "2 evaluated.");
    }

    assertThat(rules.tags).containsEntry("nightjar.results", "file:" + tuesday);
  }

  @Test
  void theApiIsBelowThePathOfTheAddress() throws IOException {
    try (RecordingServer server =
        new RecordingServer(
            request ->
                rules.apply(
                    new RecordingServer.Request(
                        request.method(),
                        request.target().replaceFirst("^/mlflow/", "/"),
                        request.headers(),
                        request.text())))) {
      record(server.address("/mlflow/"), Map.of()).write("line 3", result, "Done.");

      assertThat(server.requests())
          .hasSizeGreaterThan(6)
          .allMatch(request -> request.target().startsWith("/mlflow/api/2.0/"));
    }
    assertThat(rules.status).isEqualTo("FINISHED");
  }

  @Test
  void anExperimentThatIsThereIsUsed() throws IOException {
    rules.experiments.put("nightjar", "3");
    try (RecordingServer server = new RecordingServer(rules)) {
      record(server.address(""), Map.of()).write("nightjar", result, "Done.");

      assertThat(server.requests())
          .noneMatch(request -> request.target().endsWith("experiments/create"));
    }
  }

  @Test
  void aRunWithAFailedCategoryHasFailed() throws IOException {
    String out =
        TestRuns.in(work.resolve("failed"), STARTED)
            .category("nut", images)
            .failed("screw", "It has no image.")
            .write();
    try (RecordingServer server = new RecordingServer(rules)) {
      record(server.address(""), Map.of()).write("nightjar", result(out), "One failed.");
    }

    assertThat(rules.status).isEqualTo("FAILED");
    assertThat(rules.tags).containsEntry("nightjar.failed_categories", "1");
  }

  @Test
  void artifactsThatTheServerDoesNotKeepAreNamed() throws IOException {
    rules.artifactUri = "s3://key:secret@bucket/7/abc/artifacts";
    try (RecordingServer server = new RecordingServer(rules)) {
      Optional<String> note = record(server.address(""), Map.of()).write("a", result, "Done.");

      assertThat(note.orElseThrow())
          .contains("MLflow keeps artifacts in s3://bucket/7/abc/artifacts itself")
          .doesNotContain("secret");
    }
    assertThat(rules.status).isEqualTo("FINISHED");
    assertThat(rules.artifacts).isEmpty();
  }

  @Test
  void aRefusalIsASentenceAndTheRunDoesNotStayOpen() throws IOException {
    try (RecordingServer server =
        new RecordingServer(
            request ->
                request.method().equals("PUT")
                    ? new Answer(403, "{\"message\": \"Not allowed\\n at line 1\"}", Map.of())
                    : rules.apply(request))) {
      assertThatThrownBy(() -> record(server.address(""), Map.of()).write("a", result, "Done."))
          .isInstanceOf(IOException.class)
          .hasMessage("the server answers to artifacts with status 403 (Not allowed)");
    }
    assertThat(rules.status).isEqualTo("FAILED");
  }

  @Test
  void keysComeFromTheEnvironment() throws IOException {
    try (RecordingServer server = new RecordingServer(rules)) {
      record(server.address(""), Map.of("MLFLOW_TRACKING_TOKEN", "t0k3n"))
          .write("a", result, "Done.");
      assertThat(server.requests())
          .allMatch(request -> "Bearer t0k3n".equals(request.headers().get("Authorization")));
    }
    MlflowRules others = new MlflowRules();
    try (RecordingServer server = new RecordingServer(others)) {
      record(
              server.address(""),
              Map.of("MLFLOW_TRACKING_USERNAME", "a", "MLFLOW_TRACKING_PASSWORD", "b"))
          .write("a", result, "Done.");
      // "a:b" in base 64.
      assertThat(server.requests())
          .allMatch(request -> "Basic YTpi".equals(request.headers().get("Authorization")));
    }
  }

  @Test
  void whatIsNotMlflowIsASentence() throws IOException {
    try (RecordingServer server =
        new RecordingServer(request -> new Answer(200, "<html>", Map.of()))) {
      assertThatThrownBy(() -> record(server.address(""), Map.of()).write("a", result, "Done."))
          .isInstanceOf(IOException.class)
          .hasMessageContaining("answer to experiments/get-by-name is not of MLflow");
    }
  }

  /** With a server of one's own: {@code -Dnightjar.mlflow=http://127.0.0.1:5000}. */
  @Test
  @EnabledIfSystemProperty(named = "nightjar.mlflow", matches = "http.*")
  void aRealServerTakesIt() throws IOException {
    Optional<String> note =
        record(System.getProperty("nightjar.mlflow"), System.getenv())
            .write("nightjar-test", result, "2 categories evaluated.");

    assertThat(note).isEmpty();
  }

  @Test
  void aNameKeepsTheCharactersThatMlflowTakes() {
    assertThat(MlflowRecord.key("metal nut/pixel_auprc-1.0"))
        .isEqualTo("metal nut/pixel_auprc-1.0");
    assertThat(MlflowRecord.key("Größe:7")).isEqualTo("Gr__e_7");
    assertThat(MlflowRecord.key("x".repeat(300))).hasSize(250);
  }
}
