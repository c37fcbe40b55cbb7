package io.nightjar.cli.options;

import static org.assertj.core.api.Assertions.assertThat;

import io.nightjar.job.EvaluateDataset;
import io.nightjar.job.MetricsPlugin;
import io.nightjar.job.options.EvaluationOptions;
import io.nightjar.job.options.RunOptions;
import io.nightjar.testing.PrometheusText;
import io.nightjar.testing.PrometheusText.Sample;
import io.nightjar.testing.Sparks;
import io.nightjar.testing.TinyDataset;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.spark.SparkConf;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** A run on Spark's own Prometheus pages. */
@Tag("slow")
class SparkMetricsTest {
  private static final String PREFIX =
      "metrics_nightjar_driver_plugin_io_nightjar_job_MetricsPlugin_";

  private SparkSession session;

  @AfterEach
  void stop() {
    if (session != null) {
      session.stop();
    }
  }

  private static SparkConf configuration(String name) {
    return new SparkOptions()
        .configuration(name)
        .setMaster("local[2]")
        .set("spark.ui.enabled", "true")
        .set("spark.ui.port", "0")
        .set("spark.ui.prometheus.enabled", "true")
        .set(
            "spark.metrics.conf.*.sink.prometheusServlet.class",
            "org.apache.spark.metrics.sink.PrometheusServlet")
        .set("spark.metrics.conf.*.sink.prometheusServlet.path", "/metrics/prometheus");
  }

  private String page(String path) throws IOException, InterruptedException {
    String address = session.sparkContext().uiWebUrl().get() + path;
    HttpResponse<String> answer =
        HttpClient.newBuilder()
            .followRedirects(HttpClient.Redirect.NORMAL)
            .build()
            .send(
                HttpRequest.newBuilder(URI.create(address)).build(),
                HttpResponse.BodyHandlers.ofString());
    assertThat(answer.statusCode()).isEqualTo(200);
    return answer.body();
  }

  @Test
  void theDriversPageShowsWhatARunHasDone(@TempDir Path work) throws Exception {
    Sparks.stop();
    Path data = TinyDataset.generate(work.resolve("data"));
    Files.write(data.resolve("bottle/train/good/000.png"), new byte[0]);
    session = SparkSession.builder().config(configuration("Nightjar evaluate")).getOrCreate();

    var result =
        new EvaluateDataset(session)
            .options(
                EvaluationOptions.builder().run(RunOptions.DEFAULT.withMaxQuarantined(0.5)).build())
            .data(data.toString())
            .backbone(TinyDataset.backbone())
            .out(work.resolve("out").toString())
            .execute();

    assertThat(result.complete()).isTrue();
    int train = result.report().categories().stream().mapToInt(c -> c.trainImages()).sum();
    int test = result.report().categories().stream().mapToInt(c -> c.testImages()).sum();
    Map<String, Double> values = own(page("/metrics/prometheus/"));
    assertThat(values)
        .containsEntry("categories_begun", 2.0)
        .containsEntry("categories_done", 2.0)
        .containsEntry("categories_failed", 0.0)
        .containsEntry("categories_running", 0.0)
        .containsEntry("images_embedded", (double) (train + test))
        .containsEntry("images_scored", (double) test)
        .containsEntry("files_quarantined", 1.0)
        .containsEntry("stages_embed_normal_images_images", (double) train);
    double stages =
        result.report().categories().stream().mapToDouble(c -> c.stageSeconds().get("score")).sum();
    assertThat(values.get("stages_score_test_images_seconds")).isBetween(0.3 * stages, 2 * stages);
  }

  private static Map<String, Double> own(String page) {
    return PrometheusText.samples(PrometheusText.typed(page)).entrySet().stream()
        .filter(entry -> entry.getKey().name().startsWith(PREFIX))
        .filter(entry -> entry.getKey().name().endsWith("_Value"))
        .collect(
            Collectors.toMap(
                entry ->
                    entry
                        .getKey()
                        .name()
                        .substring(PREFIX.length())
                        .replaceFirst("_(Number|Value)$", ""),
                Map.Entry::getValue));
  }

  /** Spark writes the application's name between quotation marks as it is. */
  @Test
  void aNameWithQuotationMarksSpoilsNoPage() throws Exception {
    Sparks.stop();
    session =
        SparkSession.builder()
            .config(configuration("Nightjar evaluate /data/\"new\"\\parts\n2"))
            .getOrCreate();
    session.range(10).count();

    String page = page("/metrics/executors/prometheus");

    assertThat(session.sparkContext().appName()).isEqualTo("Nightjar evaluate /data/'new''parts 2");
    Map<Sample, Double> samples = PrometheusText.samples(PrometheusText.typed(page));
    assertThat(samples.keySet())
        .filteredOn(sample -> sample.name().startsWith("metrics_executor_"))
        .isNotEmpty()
        .allSatisfy(
            sample ->
                assertThat(sample.labels())
                    .containsEntry("application_name", "Nightjar evaluate /data/'new''parts 2"));
    assertThat(Stream.of(page.split("\n")).filter(line -> !line.startsWith("#")))
        .allMatch(line -> line.matches("[a-zA-Z0-9_]+\\{([a-z_]+=\"[^\"\\\\]*\"(, )?)*} \\S+"));
  }

  @Test
  void aNameThatWasAskedForSpoilsNoPageEither() {
    SparkOptions options =
        CommandLine.populateCommand(
            new SparkOptions(), "--conf", "spark.app.name=the \"new\" line");

    assertThat(options.configuration("Nightjar evaluate /data").get("spark.app.name"))
        .isEqualTo("the 'new' line");
  }

  @Test
  void pluginsThatWereAskedForStay() {
    String own = MetricsPlugin.class.getName();
    assertThat(new SparkOptions().configuration("a").get("spark.plugins")).isEqualTo(own);
    System.setProperty("spark.plugins", "com.example.Other");
    try {
      assertThat(new SparkOptions().configuration("a").get("spark.plugins"))
          .isEqualTo("com.example.Other," + own);
    } finally {
      System.clearProperty("spark.plugins");
    }
  }
}
