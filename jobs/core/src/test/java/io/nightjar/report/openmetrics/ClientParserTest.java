package io.nightjar.report.openmetrics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Files of metrics as Prometheus' own client for Python reads them, whose parser of OpenMetrics
 * refuses what the specification does not allow. It runs where {@code python3} has {@code
 * prometheus_client}, on its path or in the folder that {@code NIGHTJAR_PROMETHEUS_CLIENT} names.
 */
class ClientParserTest {
  /** Samples as lists of name, labels and value; types by name. */
  private static final String READ =
      String.join(
          "\n",
          "import importlib, json, sys",
          "parser = importlib.import_module(sys.argv[1])",
          "text = open(sys.argv[2], encoding='utf-8', newline='').read()",
          "families = list(parser.text_string_to_metric_families(text))",
          "print(json.dumps({",
          "  'types': {family.name: family.type for family in families},",
          "  'samples': [[s.name, s.labels, s.value] for family in families for s in"
              + " family.samples]}))");

  private static final String ODD = "a \"b\"\\ {c}, 螺丝\nnext";

  @TempDir private Path work;
  private final MetricFamilies families = new MetricFamilies(Map.of("dataset", ODD));

  private record Ended(int exitCode, String printed) {}

  private Ended python(List<String> arguments) throws IOException, InterruptedException {
    Path printed = work.resolve("printed");
    ProcessBuilder builder =
        new ProcessBuilder(arguments).redirectErrorStream(true).redirectOutput(printed.toFile());
    builder.environment().put("PYTHONDONTWRITEBYTECODE", "1");
    builder.environment().put("PYTHONIOENCODING", "utf-8");
    String folder = System.getenv("NIGHTJAR_PROMETHEUS_CLIENT");
    if (folder != null) {
      builder.environment().put("PYTHONPATH", folder);
    }
    Process process = builder.start();
    try {
      assertThat(process.waitFor(10, TimeUnit.MINUTES)).isTrue();
    } finally {
      process.destroyForcibly();
    }
    return new Ended(process.exitValue(), Files.readString(printed, StandardCharsets.UTF_8));
  }

  @BeforeEach
  void requireTheClient() throws InterruptedException {
    boolean isThere;
    try {
      isThere =
          python(List.of("python3", "-c", "import prometheus_client.openmetrics.parser")).exitCode
              == 0;
    } catch (IOException e) {
      isThere = false;
    }
    assumeTrue(isThere, "Skipped: python3 needs prometheus_client");
  }

  @BeforeEach
  void addOneOfEachFamily() {
    for (Family family : Family.values()) {
      switch (family.kind()) {
        case INFO -> families.addInfo(family, "version", "1.0");
        case STATES -> families.addState(family, List.of("worse", "same"), "worse");
        case GAUGE, SECONDS -> families.add(family, 0.1 + 0.2, "category", ODD).add(family, -7);
      }
    }
  }

  private JsonNode read(String name, String parser) throws Exception {
    Path file = Files.write(work.resolve(name), MetricsFile.content(name, families));
    Ended ended = python(List.of("python3", "-c", READ, parser, file.toString()));
    assertThat(ended.exitCode).as(ended.printed).isZero();
    return new ObjectMapper().readTree(ended.printed);
  }

  @ParameterizedTest
  @CsvSource({"n.prom, prometheus_client.parser", "n.txt, prometheus_client.openmetrics.parser"})
  void readsEveryValueWithItsLabels(String name, String parser) throws Exception {
    JsonNode samples = read(name, parser).get("samples");

    TreeSet<String> found = new TreeSet<>();
    for (JsonNode sample : samples) {
      assertThat(sample.get(1).get("dataset").asText()).isEqualTo(ODD);
      if (sample.get(1).has("category")) {
        assertThat(sample.get(1).get("category").asText()).isEqualTo(ODD);
        assertThat(sample.get(2).asDouble()).isEqualTo(0.1 + 0.2);
        found.add(sample.get(0).asText());
      }
    }
    assertThat(found)
        .hasSize(Family.values().length - 2)
        .contains("nightjar_run_seconds", "nightjar_figure", "nightjar_drift_ks_p_value");
    assertThat(samples).hasSize(2 * (Family.values().length - 2) + 3);
  }

  @Test
  void knowsTheTypesOfOpenMetrics() throws Exception {
    JsonNode types = read("n.txt", "prometheus_client.openmetrics.parser").get("types");

    assertThat(types.get("nightjar_build").asText()).isEqualTo("info");
    assertThat(types.get("nightjar_verdict").asText()).isEqualTo("stateset");
    assertThat(types.get("nightjar_run_seconds").asText()).isEqualTo("gauge");
  }
}
