package io.nightjar.report.html;

import static org.assertj.core.api.Assertions.assertThat;

import io.nightjar.metric.result.CategoryMetrics;
import io.nightjar.metric.result.Estimate;
import io.nightjar.metric.result.SaturatedOverlap;
import io.nightjar.metric.result.SubsetMetrics;
import io.nightjar.report.CategoryResult;
import io.nightjar.report.EvaluationReport;
import io.nightjar.report.FailedCategory;
import io.nightjar.report.QuarantinedFile;
import io.nightjar.report.RunInfo;
import io.nightjar.report.SampleMetrics;
import io.nightjar.report.VisualizationRef;
import io.nightjar.report.page.BaselineSummary;
import io.nightjar.report.page.CategoryParts;
import io.nightjar.report.page.PageContext;
import io.nightjar.report.published.Comparison;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** No text of a run becomes markup, wherever it is on the page. */
class EscapingTest {
  static final String HOSTILE = "<b>\"'&</script><img src=x onerror=alert(1)>";

  private static final Pattern TAG =
      Pattern.compile(
          "<(/?[a-zA-Z][a-zA-Z0-9]*)((?:\\s+[a-zA-Z][a-zA-Z0-9-]*(?:=\"[^\"<]*\")?)*)\\s*/?>");
  private static final Pattern ATTRIBUTE =
      Pattern.compile("([a-zA-Z][a-zA-Z0-9-]*)(?:=\"([^\"]*)\")?");

  @ParameterizedTest
  @ValueSource(
      strings = {
        "<",
        ">",
        "\"",
        "'",
        "&",
        "&lt;",
        "</script>",
        "</style></title>",
        "<!--",
        "]]>",
        "\" onmouseover=\"alert(1)",
        "' onmouseover='alert(1)",
        "javascript:alert(1)",
        "data:text/html,<script>alert(1)</script>",
        "${1 + 1}",
        "\u2028<\u0000b>",
        HOSTILE
      })
  void hasTheStructureOfAHarmlessPage(String text) {
    assertThat(structure(page(everywhere(text), text)))
        .isEqualTo(structure(page(everywhere("harmless"), "harmless")));
  }

  @Test
  void escapesTextAndAttributes() {
    assertThat(page(everywhere(HOSTILE), HOSTILE))
        .contains(
            "<title>&lt;b&gt;\"'&amp;&lt;/script&gt;&lt;img src=x onerror=alert(1)&gt;</title>",
            "alt=\"&lt;b>&#34;&#39;&amp;&lt;/script>&lt;img src=x onerror=alert(1)>\"");
  }

  @Test
  void neverLinksToAScheme() {
    String page = page(everywhere("javascript:alert(1)"), "javascript:alert(1)");
    Matcher link = Pattern.compile(" (?:href|src)=\"([^\"]*)\"").matcher(page);
    List<String> links = link.results().map(found -> found.group(1)).toList();

    assertThat(links)
        .contains("javascript%3Aalert%281%29/javascript%3Aalert%281%29")
        .noneMatch(url -> url.replaceFirst("^data:image/(png|jpeg);base64,", "").contains(":"));
  }

  @Test
  void noTemplateSwitchesEscapingOff() throws IOException {
    try (Stream<Path> templates = Files.walk(Path.of("src", "main", "jte"))) {
      List<Path> files = templates.filter(Files::isRegularFile).toList();

      assertThat(files).isNotEmpty();
      for (Path file : files) {
        assertThat(file).content().doesNotContain("$unsafe");
      }
    }
  }

  /** A report with the text wherever a run's own text may be. */
  static EvaluationReport everywhere(String text) {
    Estimate half = SampleMetrics.known(0.5);
    List<QuarantinedFile> files = List.of(new QuarantinedFile(text, text));
    CategoryResult undefined =
        new CategoryResult(
            text,
            1,
            1,
            files,
            1,
            1,
            SampleMetrics.without(text),
            text,
            1,
            Map.of(text, 1.0),
            List.of(text));
    CategoryResult complete =
        new CategoryResult(
            text,
            1,
            1,
            List.of(),
            1,
            1,
            withDefect(
                text,
                new SubsetMetrics(
                    1,
                    1,
                    9,
                    half,
                    half,
                    half,
                    Optional.empty(),
                    new Estimate.Undefined(text),
                    new Estimate.Undefined(text))),
            text,
            1,
            Map.of(text, 1.0),
            List.of(text));
    return new EvaluationReport(
        new RunInfo(text, List.of(text), Map.of(text, List.of(text, Map.of(text, text)))),
        List.of(undefined, complete),
        List.of(new FailedCategory(text, text, files)));
  }

  private static CategoryMetrics withDefect(String name, SubsetMetrics defect) {
    CategoryMetrics m = SampleMetrics.of(0.75);
    return new CategoryMetrics(
        m.pixel(),
        m.aupro30(),
        m.aupro05(),
        m.aupimo(),
        m.pixelBestF1(),
        m.fprAt95Tpr(),
        m.pixelAuprcCi95(),
        m.imageAuroc(),
        m.imageAveragePrecision(),
        m.imageBestF1(),
        m.imageAurocCi95(),
        Map.of(name, defect),
        m.aupimoByImage(),
        m.curves(),
        Optional.of(SaturatedOverlap.undefined(name)),
        Map.of(name, defect),
        Optional.empty(),
        m.byImageScore(),
        m.exact());
  }

  private static String page(EvaluationReport report, String text) {
    return HtmlReport.render(
        report,
        Comparison.none(text),
        new PageContext(
            List.of(
                new VisualizationRef(text, text, text + "/" + text, 1),
                SamplePages.visualization(text, text, VisualizationRef.Kind.WORST, 8, 6)),
            List.of(new CategoryParts(text, List.of(new CategoryParts.Part(text, text, text, 0)))),
            Optional.of(
                new BaselineSummary(
                    BaselineSummary.State.NOT_PASSED,
                    text,
                    text,
                    text,
                    List.of(text, text),
                    List.of(new BaselineSummary.Change(text, text, text, text, text, text, "up")),
                    List.of(text),
                    "compare.html"))));
  }

  /** The tags with the names of their attributes; fails where a bracket belongs to no tag. */
  private static List<String> structure(String page) {
    String body = page.substring(page.indexOf("<html"));
    String withoutStyle =
        body.replaceFirst("(?s)<style>.*?</style>", "")
            .replaceFirst("(?s)<script>\n\\(function.*?\\}\\)\\(\\);\n</script>", "");
    List<String> tags = new ArrayList<>();
    Matcher tag = TAG.matcher(withoutStyle);
    while (tag.find()) {
      List<String> names =
          ATTRIBUTE.matcher(tag.group(2)).results().map(attribute -> attribute.group(1)).toList();
      tags.add(tag.group(1) + names);
    }
    assertThat(tag.reset().replaceAll("")).doesNotContain("<");
    return tags;
  }
}
