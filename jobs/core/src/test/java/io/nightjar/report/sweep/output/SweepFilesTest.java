package io.nightjar.report.sweep.output;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.nightjar.error.InvalidInputException;
import io.nightjar.metric.LabelledImage;
import io.nightjar.report.comparison.ComparisonOptions;
import io.nightjar.report.comparison.FinishedRun;
import io.nightjar.report.comparison.TestRuns;
import io.nightjar.report.console.SweepTable;
import io.nightjar.report.sweep.ConfigurationOutcome;
import io.nightjar.report.sweep.SweepAnalysis;
import io.nightjar.report.sweep.SweepOptions;
import io.nightjar.report.sweep.SweepReport;
import io.nightjar.report.sweep.SweptConfiguration;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class SweepFilesTest {
  /** A name that means something in HTML and in a table. */
  private static final String ODD = "a<b>,c&d";

  private Path work;
  private SweepReport report;

  @BeforeAll
  void sweep(@TempDir Path folder) throws IOException {
    work = folder;
    List<LabelledImage> images = TestRuns.images(1, 8);
    List<LabelledImage> others = TestRuns.images(2, 8);
    String plain =
        TestRuns.in(work.resolve("a"), "2026-11-23T01:00:00Z")
            .category("bottle", images)
            .category(ODD, others)
            .write();
    String worse =
        TestRuns.in(work.resolve("b"), "2026-11-23T02:00:00Z")
            .category("bottle", TestRuns.rescored(images, 0.6, 0, 3))
            .category(ODD, others)
            .write();
    report =
        SweepAnalysis.of(
            "s3a://user:secret@host/data",
            List.of(
                outcome("plain", "0", plain),
                outcome("worse", "4", worse),
                ConfigurationOutcome.failed(
                    new SweptConfiguration("broken", Map.of("smoothing", "-1")),
                    "The option --smoothing is -1 <odd>.")),
            new SweepOptions(
                new ComparisonOptions(0.005, 0.05, 200, 42, List.of(), Set.of()), 20, 1));
    SweepFiles.write(report, work.resolve("out").toString(), TestRuns.CONFIGURATION);
  }

  private static ConfigurationOutcome outcome(String name, String smoothing, String folder) {
    return ConfigurationOutcome.of(
        new SweptConfiguration(name, Map.of("smoothing", smoothing)),
        FinishedRun.read(folder, TestRuns.CONFIGURATION));
  }

  private String file(String name) throws IOException {
    return Files.readString(work.resolve("out").resolve(name));
  }

  @Test
  void jsonHasEveryFigure() throws IOException {
    JsonNode json = new ObjectMapper().readTree(file(SweepFiles.JSON));

    assertThat(json.fieldNames().next()).isEqualTo("format_version");
    assertThat(json.at("/data").asText()).doesNotContain("secret");
    assertThat(json.at("/figure").asText()).isEqualTo("pixel_auprc");
    assertThat(json.at("/selection/best").asText()).isEqualTo("plain");
    assertThat(json.at("/selection/naive").asDouble())
        .isEqualTo(json.at("/configurations/0/value").asDouble());
    assertThat(json.at("/selection/optimism").asDouble())
        .isEqualTo(
            json.at("/selection/naive").asDouble() - json.at("/selection/honest").asDouble());
    assertThat(json.at("/configurations/0/with_plain").isNull()).isTrue();
    assertThat(json.at("/configurations/1/with_plain/verdict").asText()).isEqualTo("worse");
    assertThat(json.at("/configurations/1/settings/smoothing").asText()).isEqualTo("4");
    assertThat(json.at("/configurations/0/wins").asInt()).isEqualTo(40);
    assertThat(json.at("/failed/0/reason").asText()).startsWith("The option --smoothing");
  }

  @Test
  void theTableHasALineForEachConfiguration() throws IOException {
    List<String> lines = file(SweepFiles.CSV).lines().toList();

    assertThat(lines).hasSize(4);
    assertThat(lines.get(0))
        .isEqualTo(
            "configuration,smoothing,value,wins,difference,difference_lower,difference_upper,"
                + "p_different,p_same,verdict,wall_seconds,bottle,\"a<b>,c&d\",failure");
    assertThat(lines.get(1))
        .startsWith("plain,0," + report.results().get(0).value() + ",40,,,,,,,60.0,");
    assertThat(lines.get(2)).startsWith("worse,4,").contains(",worse,60.0,");
    assertThat(lines.get(3))
        .startsWith("broken,")
        .endsWith(",,,,,,,,,,,The option --smoothing is -1 <odd>.");
  }

  @Test
  void thePageEscapesAndLinksToTheReports() throws IOException {
    assertThat(file(SweepFiles.PAGE))
        .contains(
            "a&lt;b&gt;,c&amp;d", "-1 &lt;odd&gt;", "href=\"configurations/worse/report.html\"")
        .contains("40 of 40", "What the choice is worth", "Configurations that failed")
        .doesNotContain("secret", "a<b>");
  }

  @Test
  void theConsoleEndsWithTheOutcome() {
    List<String> lines = SweepTable.render(report, false).lines().toList();

    assertThat(lines.get(lines.size() - 1)).isEqualTo(report.sentence());
    assertThat(lines).anyMatch(line -> line.startsWith("plain ") && line.contains("100.0 %"));
    assertThat(lines).anyMatch(line -> line.startsWith("worse ") && line.endsWith("worse"));
    assertThat(lines).contains("broken FAILED: The option --smoothing is -1 <odd>.");
  }

  @Test
  void aFolderOfAnythingElseIsRefused() throws IOException {
    Path other = Files.createDirectories(work.resolve("other"));
    SweepFiles.requireOwn(work.resolve("none").toString(), TestRuns.CONFIGURATION);
    SweepFiles.requireOwn(work.resolve("out").toString(), TestRuns.CONFIGURATION);
    SweepFiles.requireOwn(other.toString(), TestRuns.CONFIGURATION);
    Files.writeString(other.resolve("thesis.tex"), "mine");

    assertThatThrownBy(() -> SweepFiles.requireOwn(other.toString(), TestRuns.CONFIGURATION))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("holds files that no sweep has written (thesis.tex)");
  }
}
