package io.nightjar.cli.mlflow;

import io.nightjar.io.BoundedFiles;
import io.nightjar.io.HadoopPaths;
import io.nightjar.io.PlainFiles;
import io.nightjar.job.result.RunResult;
import io.nightjar.json.JsonDocument;
import io.nightjar.report.CategoryResult;
import io.nightjar.report.EvaluationReport;
import io.nightjar.report.OptionalMetric;
import io.nightjar.report.ReportedMetric;
import io.nightjar.text.Addresses;
import io.nightjar.text.Text;
import java.io.IOException;
import java.net.URI;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;

/** Writes a finished run as a run of MLflow. */
final class MlflowRecord {
  /** The most that one request may hold, of parameters and of metrics. */
  static final int MOST_PARAMS = 100;

  static final int MOST_METRICS = 1000;

  /** What every server takes; newer ones take more. */
  static final int LONGEST_PARAM = 500;

  static final int LONGEST_KEY = 250;
  static final int LONGEST_TAG = 5000;

  private static final List<String> ARTIFACTS = List.of("report.html", "metrics.json", "run.json");
  private static final long LARGEST_ARTIFACT = 1L << 29;
  private static final String PROXIED = "mlflow-artifacts";

  private final MlflowClient client;
  private final Configuration configuration;

  MlflowRecord(MlflowClient client, Configuration configuration) {
    this.client = client;
    this.configuration = configuration;
  }

  record Entry(String key, String value) {}

  record Metric(String key, double value, long timestamp, long step) {}

  private record NewExperiment(String name) {}

  private record NewRun(String experimentId, String runName, long startTime, List<Entry> tags) {}

  private record Batch(String runId, List<Metric> metrics, List<Entry> params, List<Entry> tags) {}

  private record Update(String runId, String status, long endTime) {}

  /**
   * Writes it.
   *
   * @return a note where the artifacts could not be stored by the server
   * @throws IOException if the server does not take it, in a phrase; the run is then marked as
   *     failed there
   */
  Optional<String> write(String experiment, RunResult result, String sentence) throws IOException {
    EvaluationReport report = result.report();
    long started = started(report);
    JsonDocument info =
        client
            .post(
                "runs/create",
                new NewRun(
                    experimentId(experiment), name(result.out()), started, tags(result, sentence)))
            .child("run")
            .child("info");
    String run = info.text("run_id");
    try {
      for (List<Entry> params : parts(params(report.run().details()), MOST_PARAMS)) {
        client.post("runs/log-batch", new Batch(run, List.of(), params, List.of()));
      }
      for (List<Metric> metrics : parts(metrics(report, started), MOST_METRICS)) {
        client.post("runs/log-batch", new Batch(run, metrics, List.of(), List.of()));
      }
      Optional<String> note = store(info.text("artifact_uri"), result.out());
      end(run, result.complete() ? "FINISHED" : "FAILED");
      return note;
    } catch (IOException | RuntimeException e) {
      try {
        end(run, "FAILED");
      } catch (IOException again) {
        e.addSuppressed(again);
      }
      throw e;
    }
  }

  private void end(String run, String status) throws IOException {
    client.post("runs/update", new Update(run, status, Instant.now().toEpochMilli()));
  }

  private String experimentId(String name) throws IOException {
    Optional<JsonDocument> found = client.find("experiments/get-by-name", "experiment_name", name);
    return found.isPresent()
        ? found.get().child("experiment").text("experiment_id")
        : client.post("experiments/create", new NewExperiment(name)).text("experiment_id");
  }

  private List<Entry> tags(RunResult result, String sentence) throws IOException {
    List<Entry> tags = new ArrayList<>();
    tags.add(tag("mlflow.source.name", "nightjar"));
    tags.add(tag("mlflow.note.content", sentence));
    tags.add(tag("nightjar.results", HadoopPaths.absolute(result.out(), configuration)));
    tags.add(tag("nightjar.failed_categories", String.valueOf(result.report().failed().size())));
    result
        .baseline()
        .ifPresent(outcome -> tags.add(tag("nightjar.passed", String.valueOf(outcome.passed()))));
    return tags;
  }

  private static Entry tag(String key, String value) {
    return new Entry(key, shortened(Addresses.redacted(value), LONGEST_TAG));
  }

  /** What the record of the run says of how it was made; hashes of single files are in run.json. */
  static List<Entry> params(Map<String, Object> details) {
    Map<String, String> flat = new LinkedHashMap<>();
    for (String section : List.of("backbone", "options", "versions")) {
      flatten(section, details.get(section), flat);
    }
    if (details.get("data") instanceof Map<?, ?> data) {
      flatten("data.root", data.get("root"), flat);
      flatten("data.sha256", data.get("sha256"), flat);
    }
    return flat.entrySet().stream()
        .map(
            entry ->
                new Entry(
                    key(entry.getKey()),
                    shortened(Addresses.redacted(entry.getValue()), LONGEST_PARAM)))
        .toList();
  }

  private static void flatten(String name, Object value, Map<String, String> flat) {
    if (value instanceof Map<?, ?> map) {
      map.forEach((key, inner) -> flatten(name + "." + key, inner, flat));
    } else if (value != null) {
      flat.put(name, String.valueOf(value));
    }
  }

  static List<Metric> metrics(EvaluationReport report, long timestamp) {
    List<Metric> metrics = new ArrayList<>();
    for (CategoryResult category : report.categories()) {
      for (ReportedMetric figure : ReportedMetric.in(category.metrics())) {
        add(category.category() + "/" + figure.key(), figure.of(category), timestamp, metrics);
      }
      metrics.add(
          new Metric(
              key(category.category() + "/quarantined"),
              category.quarantined().size(),
              timestamp,
              0));
    }
    for (ReportedMetric figure : ReportedMetric.in(report)) {
      if (figure.isAveraged()) {
        add("mean/" + figure.key(), figure.mean(report), timestamp, metrics);
      }
    }
    return metrics;
  }

  private static void add(String name, OptionalMetric value, long timestamp, List<Metric> metrics) {
    if (value.isPresent()) {
      metrics.add(new Metric(key(name), value.get(), timestamp, 0));
    }
  }

  /** A name of the characters that MLflow takes. */
  static String key(String name) {
    return shortened(name.replaceAll("[^A-Za-z0-9_\\-. /]", "_"), LONGEST_KEY);
  }

  private static String shortened(String text, int most) {
    return text.length() <= most ? text : text.substring(0, most - 3) + "...";
  }

  private Optional<String> store(String place, String out) throws IOException {
    URI uri = URI.create(place);
    if (!PROXIED.equals(uri.getScheme()) || uri.getHost() != null) {
      return Optional.of(
          Text.format(
              "MLflow keeps artifacts in %s itself, not through its server, so the report was not"
                  + " stored there; the run's tag nightjar.results says where it is.",
              Addresses.redacted(place)));
    }
    Path folder = HadoopPaths.parse(out);
    FileSystem files = PlainFiles.of(folder, configuration);
    for (String name : ARTIFACTS) {
      Path file = HadoopPaths.child(folder, name);
      client.putArtifact(
          uri.getPath() + "/" + name, BoundedFiles.read(files, file, LARGEST_ARTIFACT));
    }
    return Optional.empty();
  }

  private static long started(EvaluationReport report) {
    try {
      return Instant.parse(String.valueOf(report.run().details().get("started"))).toEpochMilli();
    } catch (DateTimeParseException e) {
      return Instant.now().toEpochMilli();
    }
  }

  private static String name(String out) {
    return HadoopPaths.name(out.replaceFirst("/+$", ""));
  }

  private static <T> List<List<T>> parts(List<T> all, int most) {
    List<List<T>> parts = new ArrayList<>();
    for (int from = 0; from < all.size(); from += most) {
      parts.add(all.subList(from, Math.min(all.size(), from + most)));
    }
    return parts;
  }
}
