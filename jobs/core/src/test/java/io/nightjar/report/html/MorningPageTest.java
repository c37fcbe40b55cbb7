package io.nightjar.report.html;

import static io.nightjar.report.SampleReports.category;
import static io.nightjar.report.SampleReports.quarantined;
import static io.nightjar.report.SampleReports.report;
import static org.assertj.core.api.Assertions.assertThat;

import io.nightjar.report.CategoryResult;
import io.nightjar.report.EvaluationReport;
import io.nightjar.report.FailedCategory;
import io.nightjar.report.RunInfo;
import io.nightjar.report.SampleReports;
import io.nightjar.report.VisualizationRef;
import io.nightjar.report.page.BaselineSummary;
import io.nightjar.report.page.CategoryParts;
import io.nightjar.report.page.CategoryParts.Part;
import io.nightjar.report.page.PageContext;
import io.nightjar.report.published.Comparison;
import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What a reader of the page asks first, and that the page is whole without any other file. */
class MorningPageTest {
  private static final Comparison NONE = Comparison.none("The images are drawn.");
  private static final int TEN_MEGABYTES = 10_000_000;
  private static final List<String> FIFTEEN =
      IntStream.range(0, 15).mapToObj(i -> "category " + i).toList();

  @Test
  void saysWhenOnWhatAndWithWhat() {
    Map<String, Object> details = new LinkedHashMap<>();
    details.put("started", "2026-11-30T06:12:59.123Z");
    details.put("data", Map.of("root", "s3a://factory/parts", "read_as", "VisA"));
    details.put(
        "backbone",
        Map.of(
            "weights", "w.pth", "architecture", "resnet50", "weights_sha256", "0123456789abcdef"));
    details.put("versions", Map.of("nightjar", "1.2.3", "nightjar_commit", "fedcba9876543210"));

    assertThat(RunFact.of(new RunInfo("t", List.of(), details)))
        .containsExactly(
            new RunFact("Started", "2026-11-30 06:12 UTC", ""),
            new RunFact("Data set", "s3a://factory/parts", "VisA"),
            new RunFact("Weights", "w.pth", "resnet50, SHA-256 0123456789ab"),
            new RunFact("Nightjar", "1.2.3", "commit fedcba987654"));
    assertThat(RunFact.of(new RunInfo("t", List.of(), Map.of()))).isEmpty();
  }

  @Test
  void putsVerdictFailuresAndQuarantinedFilesBeforeTheFigures() {
    EvaluationReport failed =
        new EvaluationReport(
            SampleReports.run(),
            List.of(category("bottle", 0.75)),
            List.of(new FailedCategory("cable", "too many bad files", quarantined(3))));
    String page = page(failed, PageContext.NONE.with(baseline()));
    int figures = page.indexOf("id=\"figures\"");

    assertThat(page.indexOf("too many bad files")).isBetween(0, figures);
    assertThat(page.indexOf("Not passed: it fell")).isBetween(0, figures);
    assertThat(page.indexOf("test/crack/002.png")).isBetween(0, figures);
    assertThat(page.indexOf("What changed since the baseline")).isGreaterThan(figures);
  }

  @Test
  void leavesOutWhatThereIsNothingOf() {
    String page = page(report(category("bottle", 0.75)), PageContext.NONE);

    assertThat(headings(page))
        .containsExactly(
            "Results by category",
            "Where the time went",
            "Category by category",
            "What the figures mean",
            "What makes this run reproducible");
    assertThat(page.toLowerCase(Locale.ROOT)).doesNotContain("verdict against");
    assertThat(page).doesNotContain("quarantined and took no part", "<dialog", "id=\"heat\"");
  }

  @Test
  void isWholeWhereAllCategoriesFailed() {
    EvaluationReport none =
        new EvaluationReport(
            SampleReports.run(),
            List.of(),
            List.of(new FailedCategory("cable", "no image", List.of())));

    assertThat(headings(page(none, PageContext.NONE)))
        .containsExactly("What makes this run reproducible");
  }

  @Test
  void staysBelowTenMegabytesWithFifteenCategories() {
    for (int each : new int[] {1, 3, 12, 40}) {
      String page = fifteen(each);
      assertThat(page.getBytes(StandardCharsets.UTF_8).length).isLessThan(TEN_MEGABYTES);
    }
  }

  @Test
  void linksImagesFirstAndThenMapsWhereThereIsNoRoom() {
    assertThat(fifteen(1)).contains("data:image/jpeg").doesNotContain("<img");
    assertThat(fifteen(12)).contains("data:image/png", "<img").doesNotContain("data:image/jpeg");
    assertThat(fifteen(60)).contains("<img").doesNotContain("data:image", "<dialog");
  }

  @Test
  void everyLinkWithinThePageHasItsTarget() {
    for (int each : new int[] {1, 12, 60}) {
      String page = fifteen(each);
      List<String> ids = all(page, "\\sid=\"([^\"]+)\"");
      Set<String> unique = new HashSet<>(ids);

      assertThat(unique).hasSameSizeAs(ids);
      assertThat(unique).containsAll(all(page, "href=\"#([^\"]+)\""));
      assertThat(unique).containsAll(all(markup(page), "url\\(#([^)]+)\\)"));
    }
  }

  @Test
  void everyControlHasALabel() {
    String page = fifteen(1);
    String markup = markup(page);

    assertThat(all(markup, "(<input)")).isNotEmpty();
    // Each input lies in a label of its own, which has text.
    assertThat(all(markup, "<label[^>]*>([^<]*<input[^>]*>[^<]*)</label>"))
        .hasSameSizeAs(all(markup, "(<input)"))
        .allSatisfy(label -> assertThat(label.replaceAll("<[^>]*>", "")).isNotBlank());
    assertThat(all(markup, "<button[^>]*>([^<]*)</button>"))
        .isNotEmpty()
        .noneMatch(String::isBlank);
    assertThat(all(markup, "<(?:img|image)( [^>]*)>"))
        .filteredOn(attributes -> attributes.contains(" src="))
        .allMatch(attributes -> attributes.contains(" alt="));
  }

  @Test
  void onlyTheScriptShowsWhatNeedsIt() {
    String page = fifteen(1);

    assertThat(page).contains("<div class=\"tools\" hidden>");
    assertThat(all(page, "(<script)")).hasSize(1);
    // All figures and visualizations are there before the script is.
    assertThat(page.indexOf("<script")).isGreaterThan(page.indexOf("</main>"));
  }

  @Test
  void drawsEachImageInItsOwnShape() {
    String page =
        page(
            report(category("tall", 0.5)),
            PageContext.of(
                List.of(
                    SamplePages.visualization(
                        "tall", "a.png", VisualizationRef.Kind.WORST, 500, 1260))));

    // 1260 pixels in blocks of 4 are 315, and 500 are 125.
    assertThat(page).contains("viewBox=\"0 0 125 315\"", "viewBox=\"0 0 256 315\"");
    assertThat(page).contains("data-width=\"125\" data-height=\"315\"");
  }

  @Test
  void listsPartsThatTheThresholdDecidesWrongly() {
    // SampleMetrics: the best F1 of images is reached at a score of 21.5.
    List<Part> parts =
        List.of(
            new Part("hit", "hit", "crack", 21.5f),
            new Part("low", "low", "crack", 3f),
            new Part("near", "near", "hole", 21.4f),
            new Part("good", "good", "", 21.25f),
            new Part("loud", "loud", "", 22f),
            new Part("louder", "louder", "", 21.5f));
    PartsSection section =
        PartsSection.of(
                report(category("bottle", 0.75), category("unknown", 0.5)),
                new PageContext(
                    List.of(
                        new VisualizationRef("bottle", "", "", 1),
                        SamplePages.visualization(
                            "bottle", "low", VisualizationRef.Kind.WORST, 4, 4)),
                    List.of(new CategoryParts("bottle", parts)),
                    Optional.empty()))
            .orElseThrow();

    assertThat(section.sentence())
        .isEqualTo("2 of 3 defective parts missed, 2 of 3 good parts rejected.");
    assertThat(section.rows()).hasSize(1);
    PartsSection.Row row = section.rows().get(0);
    assertThat(row.missedParts())
        .extracting(PartsSection.Wrong::name)
        .containsExactly("low", "near");
    assertThat(row.missedParts())
        .extracting(PartsSection.Wrong::visualization)
        .containsExactly(Optional.of(1), Optional.empty());
    assertThat(row.rejectedParts())
        .extracting(PartsSection.Wrong::name)
        .containsExactly("loud", "louder");
    assertThat(PartsSection.of(report(category("bottle", 0.75)), PageContext.NONE)).isEmpty();
  }

  @Test
  void aCategoryOfOneImageHasItsPart() {
    String page =
        page(
            report(category("single", 0.5)),
            new PageContext(
                SamplePages.visualizations(List.of("single"), 1),
                List.of(
                    new CategoryParts(
                        "single", List.of(new Part("WORST-0.png", "WORST-0.png", "dent", 1)))),
                Optional.empty()));

    assertThat(page).contains("1 of 1 defective part missed, 0 of 0 good parts rejected.");
    assertThat(page).contains("<a href=\"#picture-0\" data-picture=\"0\"><code>WORST-0.png</code>");
  }

  private static String fifteen(int each) {
    CategoryResult[] results =
        FIFTEEN.stream().map(name -> category(name, 0.5)).toArray(CategoryResult[]::new);
    List<CategoryParts> parts =
        FIFTEEN.stream()
            .map(
                name ->
                    new CategoryParts(
                        name,
                        IntStream.range(0, 150)
                            .mapToObj(
                                i -> new Part("test/crack/" + i + ".png", "x" + i, "crack", i % 30))
                            .toList()))
            .toList();
    return page(
        report(results),
        new PageContext(SamplePages.visualizations(FIFTEEN, each), parts, Optional.of(baseline())));
  }

  private static BaselineSummary baseline() {
    return new BaselineSummary(
        BaselineSummary.State.NOT_PASSED,
        "Not passed: it fell.",
        "file:/runs/1",
        "2026-11-29 06:12 UTC",
        List.of("it fell"),
        List.of(
            new BaselineSummary.Change(
                "bottle", "Pixel AUPRC", "0.8", "0.75", "-0.05", "worse", "down")),
        List.of("options.k: 1, now 3"),
        "compare.html");
  }

  private static String page(EvaluationReport report, PageContext context) {
    return HtmlReport.render(report, NONE, context);
  }

  private static String markup(String page) {
    return page.substring(0, page.indexOf("<script>"));
  }

  private static List<String> headings(String page) {
    return all(page, "<h2>([^<]*)</h2>");
  }

  private static List<String> all(String page, String pattern) {
    return Pattern.compile(pattern).matcher(page).results().map(found -> found.group(1)).toList();
  }
}
