package io.nightjar.report.openmetrics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.nightjar.error.InvalidInputException;
import io.nightjar.testing.PrometheusText;
import io.nightjar.testing.PrometheusText.Sample;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.hadoop.conf.Configuration;
import org.hawkular.agent.prometheus.types.MetricFamily;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MetricsFileTest {
  private static final Configuration CONFIGURATION = new Configuration();

  private final MetricFamilies families = new MetricFamilies(Map.of("dataset", "mvtec_ad"));

  private String text(String name) throws IOException {
    return new String(MetricsFile.content(name, families), StandardCharsets.UTF_8);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "bottle",
        "Größe 7",
        "a \"quoted\" name",
        "back\\slash",
        "two\nlines",
        "{braces}, commas = and #",
        "螺丝",
      })
  void anyNameIsReadAsItWasWritten(String category) throws IOException {
    families.add(Family.FIGURE, 0.625, "category", category, "figure", "pixel_auprc");

    Sample expected =
        Sample.of(
            "nightjar_figure",
            "dataset",
            "mvtec_ad",
            "category",
            category,
            "figure",
            "pixel_auprc");
    assertThat(PrometheusText.samples(text("n.prom"))).containsExactly(Map.entry(expected, 0.625));
    assertThat(PrometheusText.samples(text("n.txt"))).containsExactly(Map.entry(expected, 0.625));
  }

  @Test
  void everyDigitOfAValueIsWritten() throws IOException {
    families
        .add(Family.RUN_STARTED, 1_795_999_999.123)
        .add(Family.FIGURE, 0.1 + 0.2, "figure", "a")
        .add(Family.FIGURE, 4.9e-324, "figure", "b");

    assertThat(PrometheusText.samples(text("n.prom")).values())
        .containsExactlyInAnyOrder(1_795_999_999.123, 0.1 + 0.2, 4.9e-324);
  }

  @Test
  void aValueThatIsNoFiniteNumberIsLeftOut() throws IOException {
    families
        .add(Family.FIGURE, Double.NaN, "figure", "a")
        .add(Family.FIGURE, Double.NEGATIVE_INFINITY, "figure", "b")
        .add(Family.RUN_EXIT_CODE, 3);

    assertThat(PrometheusText.families(text("n.prom")))
        .extracting(MetricFamily::getName)
        .containsExactly("nightjar_run_exit_code");
    assertThat(text("n.prom") + text("n")).doesNotContain("NaN", "Inf");
  }

  @Test
  void ofASetOfStatesOneHolds() throws IOException {
    families.addState(Family.VERDICT, List.of("worse", "same"), "same", "category", "nut");

    assertThat(PrometheusText.samples(text("n.prom")))
        .containsOnly(
            Map.entry(
                Sample.of(
                    "nightjar_verdict",
                    "dataset",
                    "mvtec_ad",
                    "category",
                    "nut",
                    "nightjar_verdict",
                    "worse"),
                0.0),
            Map.entry(
                Sample.of(
                    "nightjar_verdict",
                    "dataset",
                    "mvtec_ad",
                    "category",
                    "nut",
                    "nightjar_verdict",
                    "same"),
                1.0));
    assertThat(text("n.txt")).contains("# TYPE nightjar_verdict stateset\n");
  }

  @Test
  void openMetricsNamesTypeUnitAndHelpAndEndsWithItsMark() throws IOException {
    families.add(Family.RUN_SECONDS, 61.5).addInfo(Family.BUILD, "version", "1.0");

    assertThat(text("n.openmetrics"))
        .contains(
            "# TYPE nightjar_run_seconds gauge\n",
            "# UNIT nightjar_run_seconds seconds\n",
            "# HELP nightjar_run_seconds How long the command took.\n",
            "# TYPE nightjar_build info\n",
            "\nnightjar_build_info{")
        .endsWith("\n# EOF\n");
    assertThat(text("n.prom"))
        .contains("# TYPE nightjar_run_seconds gauge\n", "# TYPE nightjar_build_info gauge\n")
        .doesNotContain("# UNIT", "# EOF", "stateset");
  }

  /** The node exporter's textfile collector leaves out a file whose values have timestamps. */
  @Test
  void noValueHasATimestamp() throws IOException {
    families.add(Family.RUN_SECONDS, 61.5).add(Family.RUN_EXIT_CODE, 0);

    assertThat(Stream.of(text("n.prom"), text("n.txt")).flatMap(String::lines))
        .filteredOn(line -> !line.startsWith("#"))
        .hasSize(4)
        .allMatch(line -> line.matches("[a-z_]+\\{[^ ]*} [0-9.]+"));
  }

  @Test
  void aKeyInAnAddressIsNotInALabel() throws IOException {
    families.add(Family.FIGURE, 1, "figure", "s3a://key:secret@bucket/a");

    assertThat(text("n.prom")).contains("s3a://bucket/a").doesNotContain("secret");
  }

  @Test
  void theFileIsReplacedAndNothingIsLeftNextToIt(@TempDir Path folder) throws IOException {
    Path file = folder.resolve("new/nightjar.prom");
    MetricsFile.write(file.toString(), families.add(Family.RUN_EXIT_CODE, 0), CONFIGURATION);
    families.add(Family.RUN_SECONDS, 7);
    MetricsFile.write(file.toUri().toString(), families, CONFIGURATION);

    assertThat(PrometheusText.samples(Files.readString(file))).hasSize(2);
    try (Stream<Path> left = Files.list(file.getParent())) {
      assertThat(left).containsExactly(file);
    }
  }

  @Test
  void aFileThatCannotBeWrittenIsAnError(@TempDir Path folder) throws IOException {
    Path file = Files.writeString(folder.resolve("file"), "in the way");

    assertThatThrownBy(() -> MetricsFile.write(file + "/n.prom", families, CONFIGURATION))
        .isInstanceOf(IOException.class);
  }

  @Test
  void aFolderIsRefused() {
    assertThatThrownBy(() -> MetricsFile.requireLocation("/var/lib/textfile/"))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("is a folder; name a file");
    MetricsFile.requireLocation("s3a://bucket/nightjar.prom");
  }
}
