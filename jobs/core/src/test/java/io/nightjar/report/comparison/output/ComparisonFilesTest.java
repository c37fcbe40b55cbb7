package io.nightjar.report.comparison.output;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.nightjar.metric.LabelledImage;
import io.nightjar.report.comparison.ComparisonOptions;
import io.nightjar.report.comparison.ComparisonReport;
import io.nightjar.report.comparison.FinishedRun;
import io.nightjar.report.comparison.Gate;
import io.nightjar.report.comparison.TestRuns;
import io.nightjar.report.console.ComparisonTable;
import io.nightjar.report.page.BaselineSummary;
import java.io.IOException;
import java.io.StringReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;
import org.xml.sax.InputSource;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ComparisonFilesTest {
  /** A name that means something in HTML, in Markdown and in XML. */
  private static final String ODD = "a<b>|c&d";

  private Path work;
  private ComparisonReport report;

  @BeforeAll
  void compare(@TempDir Path folder) throws IOException {
    work = folder;
    List<LabelledImage> images = TestRuns.images(1, 8);
    List<LabelledImage> worse = TestRuns.rescored(images, 0.7, 0, 3);
    List<LabelledImage> other = TestRuns.images(2, 8);
    String before =
        TestRuns.in(work.resolve("a"), "2026-11-23T01:00:00Z")
            .category("bottle", images)
            .category(ODD, other)
            .detail("options", Map.of("token", "s3a://user:secret@host/x?key=1"))
            .write();
    String after =
        TestRuns.in(work.resolve("b"), "2026-11-24T01:00:00Z")
            .category("bottle", worse)
            .category(ODD, other)
            .write();
    String third =
        TestRuns.in(work.resolve("c"), "2026-11-25T01:00:00Z")
            .category("bottle", images)
            .category(ODD, TestRuns.rescored(other, 1, 0.01, 4))
            .write();
    report =
        ComparisonReport.of(
            FinishedRun.read(before, TestRuns.CONFIGURATION),
            List.of(
                FinishedRun.read(after, TestRuns.CONFIGURATION),
                FinishedRun.read(third, TestRuns.CONFIGURATION)),
            new ComparisonOptions(0.005, 0.05, 200, 42, List.of(), Set.of()),
            Gate.DEFAULT,
            List.of());
    ComparisonFiles.write(report, work.resolve("out").toString(), TestRuns.CONFIGURATION);
  }

  private String file(String name) throws IOException {
    return Files.readString(work.resolve("out").resolve(name));
  }

  @Test
  void writesAllFilesAndNoSecrets() throws IOException {
    for (String name : ComparisonFiles.NAMES) {
      assertThat(file(name)).as(name).isNotEmpty().doesNotContain("secret");
    }
  }

  @Test
  void thePageHasTimesToTheSecond() throws IOException {
    String run =
        TestRuns.in(work.resolve("exact"), "2026-11-23T02:00:00.264741296Z")
            .category("bottle", TestRuns.images(1, 2))
            .write();
    FinishedRun finished = FinishedRun.read(run, TestRuns.CONFIGURATION);

    String page =
        ComparisonHtml.render(
            ComparisonReport.of(
                finished, List.of(finished), ComparisonOptions.DEFAULT, Gate.DEFAULT, List.of()),
            TestRuns.CONFIGURATION);

    assertThat(page).contains("2026-11-23T02:00:00Z").doesNotContain("264741296");
    assertThat(page).doesNotContain("-0.0<");
  }

  @Test
  void jsonHasTheVerdicts() throws IOException {
    JsonNode json = new ObjectMapper().readTree(file("compare.json"));

    assertThat(json.fieldNames().next()).isEqualTo("format_version");
    assertThat(json.get("passed").asBoolean()).isFalse();
    JsonNode bottle = json.at("/comparisons/0/categories/0");
    assertThat(bottle.get("verdict").asText()).isEqualTo("worse");
    JsonNode auprc = bottle.at("/figures/pixel_auprc");
    assertThat(auprc.get("difference").asDouble())
        .isEqualTo(auprc.get("candidate").asDouble() - auprc.get("baseline").asDouble());
    assertThat(auprc.at("/interval/1").asDouble()).isNegative();
    assertThat(bottle.get("changes")).hasSize(10);
    assertThat(json.at("/comparisons/0/categories/1/verdict").asText()).isEqualTo("identical");
    assertThat(json.at("/comparisons/1/categories/0/verdict").asText()).isEqualTo("identical");
    assertThat(json.at("/ranking/runs")).hasSize(3);
    assertThat(json.at("/options/fail_on/0").asText()).isEqualTo("worse");
  }

  @Test
  void junitHasACaseForEachCategory() throws Exception {
    Element root =
        DocumentBuilderFactory.newInstance()
            .newDocumentBuilder()
            .parse(new InputSource(new StringReader(file("compare-junit.xml"))))
            .getDocumentElement();

    NodeList suites = root.getElementsByTagName("testsuite");
    assertThat(suites.getLength()).isEqualTo(2);
    assertThat(((Element) suites.item(0)).getAttribute("failures")).isEqualTo("1");
    Map<String, Integer> failures = new TreeMap<>();
    NodeList cases = ((Element) suites.item(0)).getElementsByTagName("testcase");
    for (int i = 0; i < cases.getLength(); i++) {
      Element one = (Element) cases.item(i);
      failures.put(one.getAttribute("name"), one.getElementsByTagName("failure").getLength());
    }
    assertThat(failures).isEqualTo(Map.of("bottle", 1, ODD, 0, "the run", 0));
    assertThat(((Element) root.getElementsByTagName("failure").item(0)).getAttribute("message"))
        .startsWith("pixel AUPRC of bottle fell from ");
  }

  @Test
  void markdownEscapesNames() throws IOException {
    assertThat(file("compare.md"))
        .startsWith("## Nightjar: not passed\n")
        .contains("| a&lt;b>\\|c&amp;d | pixel AUPRC |")
        .doesNotContain("<b>");
  }

  @Test
  void thePageIsWholeAndEscapesNames() throws IOException {
    assertThat(file("compare.html"))
        .contains("Not passed: pixel AUPRC of bottle", "a&lt;b&gt;|c&amp;d", "Ranking")
        .contains("Images that changed most", "options.token");
    assertThat(file("compare.html").contains("<b>")).isFalse();
    assertThat(file("compare.html").matches("(?s).*(<script|https?://).*")).isFalse();
  }

  @Test
  void theSummaryHasTheDecidingFiguresAndTheirMean() {
    BaselineSummary summary = ComparisonSummary.of(report);

    assertThat(summary.state()).isEqualTo(BaselineSummary.State.NOT_PASSED);
    assertThat(summary.sentence()).isEqualTo(report.outcomes().get(0).sentence());
    assertThat(summary.started()).isEqualTo("2026-11-23 01:00 UTC");
    assertThat(summary.changes())
        .extracting(change -> change.category() + " " + change.figure() + " " + change.verdict())
        .containsExactly(
            "bottle Pixel AUPRC worse", ODD + " Pixel AUPRC identical", "mean Pixel AUPRC worse");
    assertThat(summary.settings()).contains("options.variance: nothing, now 0.95");
    assertThat(summary.page()).isEqualTo("compare.html");
  }

  @Test
  void theConsoleEndsWithTheOutcome() {
    String table = ComparisonTable.render(report, false);

    assertThat(table.lines().toList()).last().isEqualTo(report.sentence());
    assertThat(table).contains("bottle", "worse", "identical", "mean", "Mean ranks by");
    assertThat(table.chars()).allMatch(c -> c < 128);
  }
}
