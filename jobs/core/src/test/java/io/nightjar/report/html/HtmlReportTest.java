package io.nightjar.report.html;

import static io.nightjar.report.SampleReports.category;
import static io.nightjar.report.SampleReports.quarantined;
import static io.nightjar.report.SampleReports.report;
import static io.nightjar.report.SampleReports.run;
import static org.assertj.core.api.Assertions.assertThat;

import io.nightjar.report.EvaluationReport;
import io.nightjar.report.FailedCategory;
import io.nightjar.report.RunInfo;
import io.nightjar.report.VisualizationRef;
import io.nightjar.report.page.PageContext;
import io.nightjar.report.published.Comparison;
import io.nightjar.report.published.PublishedResults;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

class HtmlReportTest {
  private static final String HOSTILE = EscapingTest.HOSTILE;
  private static final Comparison PUBLISHED = Comparison.with(PublishedResults.mvtecAdPixelAuprc());
  private static final Set<String> VOID = Set.of("meta", "img", "wbr", "br", "link", "input");
  private static final Pattern TAG =
      Pattern.compile("<(/?)([a-zA-Z0-9]+)((?:\"[^\"]*\"|[^\">])*?)(/?)>");

  @Test
  void closesEveryElement() {
    assertThat(page(EscapingTest.everywhere(HOSTILE))).satisfies(HtmlReportTest::balanced);
    assertThat(page(report(category("bottle", 0.789)))).satisfies(HtmlReportTest::balanced);
    assertThat(page(new EvaluationReport(run(), List.of(), List.of())))
        .satisfies(HtmlReportTest::balanced);
  }

  @Test
  void asksNothingOfTheNetwork() {
    String page = page(report(category("bottle", 0.789)));

    assertThat(page)
        .doesNotContain("<link", "@import", "src=\"http", "http:", "https:", "<iframe", "fetch(");
    assertThat(page).containsPattern("url\\(#").doesNotContainPattern("url\\([^#]");
  }

  @Test
  void showsFourDecimalsAndHasAll() {
    assertThat(page(report(category("bottle", 0.7889123456789012))))
        .contains("title=\"0.7889123456789012\">0.7889<");
  }

  @Test
  void showsAddressesWithoutUserPasswordAndQuery() {
    String address = "s3a://key:secret@bucket/data?signature=secret&x=1";
    String page =
        page(
            new EvaluationReport(
                new RunInfo(
                    address, List.of("of " + address), Map.of("data", Map.of("root", address))),
                List.of(),
                List.of(new FailedCategory("bottle", address + " is gone", List.of()))));

    assertThat(page).contains("s3a://bucket/data").doesNotContain("secret", "key:", "signature");
  }

  @Test
  void linksVisualizationsByEscapedRelativePaths() {
    String page =
        HtmlReport.render(
            report(category("a b", 0.5)),
            PUBLISHED,
            PageContext.of(
                List.of(
                    new VisualizationRef("a b", "worst", "pictures/a b/50%#1.png", 12.345678))));

    assertThat(page)
        .contains("src=\"pictures/a%20b/50%25%231.png\"", "title=\"12.345678\">score 12.3457<");
  }

  @Test
  void putsPublishedMethodsNextToTheRun() {
    String page = page(report(category("bottle", 0.789)));

    assertThat(page).contains("patchcore_<wbr>unified", "<title>resnet50_knn: 0.773</title>");
    assertThat(page).contains("+0.0160", "Table 2");
  }

  @Test
  void saysWhyThereIsNoComparison() {
    String page =
        HtmlReport.render(
            report(category("bottle", 0.789)),
            Comparison.none("The images are drawn."),
            PageContext.NONE);

    assertThat(page).contains("The images are drawn.").doesNotContain("resnet50_knn");
  }

  @Test
  void warnsAtTheTopAndAtTheFigures() {
    String page =
        page(
            new EvaluationReport(
                run("random weights"), List.of(category("bottle", 0.789)), List.of()));

    assertThat(page.indexOf("random weights")).isBetween(0, page.indexOf("Headline figures"));
    assertThat(page).contains("Pixel AUPRC<sup>*</sup>");
  }

  @Test
  void stacksTheStagesOnOneScale() {
    // 12.25 + 3.5 + 9.125 = 24.875 s fill the width.
    assertThat(page(report(category("bottle", 0.789))))
        .contains(
            "x=\"0.000%\" width=\"49.246%\"",
            "x=\"49.246%\" width=\"14.070%\"", "x=\"63.317%\" width=\"36.683%\"");
  }

  @Test
  void showsCurvesAndKindsOfDefectInTheCardOfACategory() {
    String page = page(report(category("bottle", 0.789)));
    String card = page.substring(page.indexOf("<article"), page.indexOf("</article>"));

    assertThat(card)
        .contains("Precision over recall", "ROC: recall over FPR", "Region overlap over FPR")
        .contains(">0.758–0.805<", ">score ≥ 12.346<", ">contamination<");
  }

  @Test
  void putsTheIntervalOfEachCategoryOnItsBar() {
    assertThat(page(report(category("bottle", 0.75))))
        .contains("x1=\"71.88%\" x2=\"76.56%\"", "The whisker on a bar");
  }

  @Test
  void listsFailuresQuarantinedFilesAndProvenance() {
    EvaluationReport report =
        new EvaluationReport(
            run(),
            List.of(),
            List.of(new FailedCategory("cable", "too many bad files", quarantined(12))));

    assertThat(page(report))
        .contains("too many bad files", "test/crack/0011.png", "resnet50_v1", "git commit");
  }

  @Test
  void readsTheSameInEveryLocale() {
    EvaluationReport report = report(category("bottle", 0.789));
    String expected = page(report);
    Locale before = Locale.getDefault();
    try {
      for (String locale : List.of("de-DE", "ar-EG", "tr-TR")) {
        Locale.setDefault(Locale.forLanguageTag(locale));
        assertThat(page(report)).isEqualTo(expected);
      }
    } finally {
      Locale.setDefault(before);
    }
  }

  private static String page(EvaluationReport report) {
    return HtmlReport.render(
        report,
        PUBLISHED,
        PageContext.of(
            List.of(new VisualizationRef(HOSTILE, HOSTILE, HOSTILE + "/" + HOSTILE, 1))));
  }

  private static void balanced(String page) {
    Deque<String> open = new ArrayDeque<>();
    Matcher tag = TAG.matcher(page.substring(page.indexOf("<html")));
    while (tag.find()) {
      String name = tag.group(2);
      if (VOID.contains(name) || !tag.group(4).isEmpty()) {
        continue;
      }
      if (tag.group(1).isEmpty()) {
        open.push(name);
      } else {
        assertThat(open.pop()).as("closed near %s", tag.start()).isEqualTo(name);
      }
    }
    assertThat(open).isEmpty();
  }
}
