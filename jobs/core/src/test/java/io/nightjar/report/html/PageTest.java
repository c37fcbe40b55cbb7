package io.nightjar.report.html;

import static io.nightjar.report.SampleReports.category;
import static io.nightjar.report.SampleReports.report;
import static org.assertj.core.api.Assertions.assertThat;

import io.nightjar.metric.result.Interval;
import io.nightjar.report.Definition;
import io.nightjar.report.Definitions;
import io.nightjar.report.OptionalMetric;
import io.nightjar.report.SampleMetrics;
import io.nightjar.report.SampleReports;
import io.nightjar.report.html.visualization.FileLink;
import io.nightjar.report.published.Comparison;
import io.nightjar.report.published.PublishedResults;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;

/** What the page shows, before it is laid out. */
class PageTest {
  @Test
  void putsTheIntervalOnTheBar() {
    assertThat(Bar.of(OptionalMetric.of(0.75), Optional.of(new Interval(0.7, 0.8125))))
        .contains(
            new Bar(
                "75.00%",
                Optional.of(new Bar.Whisker("70.00%", "81.25%", "95 % interval: 0.7 to 0.8125"))));
    assertThat(Bar.of(OptionalMetric.absent("no defects"))).isEmpty();
  }

  @Test
  void saysWhyAFigureIsAbsent() {
    assertThat(Figure.of(OptionalMetric.absent("no defects")))
        .isEqualTo(new Figure("–", "no defects"));
  }

  @Test
  void coloursADifferenceBySign() {
    assertThat(Difference.of(OptionalDouble.of(-0.125)))
        .contains(new Difference("down", new Figure("−0.1250", "-0.125")));
    assertThat(Difference.of(OptionalDouble.of(0)))
        .contains(new Difference("up", new Figure("+0.0000", "0.0")));
    assertThat(Difference.of(OptionalDouble.empty())).isEmpty();
  }

  @Test
  void listsTheKindsOfDefect() {
    List<SubsetTable> tables = SubsetTable.of(SampleMetrics.of(0.75));

    assertThat(tables)
        .singleElement()
        .satisfies(
            table -> {
              assertThat(table.kind()).isEqualTo("Defect");
              assertThat(table.labels())
                  .containsExactly("AUPRO 0.30", "Pixel AUROC", "Image AUROC");
              assertThat(table.rows())
                  .extracting(SubsetRow::name)
                  .containsExactly("contamination", "crack");
              assertThat(table.rows()).extracting(SubsetRow::images).containsExactly("21", "20");
              assertThat(table.rows().get(0).figures().get(2))
                  .isEqualTo(new Figure("–", "no good image was tested"));
            });
    assertThat(SubsetTable.of(SampleMetrics.without("no defects"))).isEmpty();
  }

  @Test
  void listsGroupsWithWhatTheDataSetStates() {
    SubsetTable groups = SubsetTable.of(SampleMetrics.ofGroups(0.75)).get(1);

    assertThat(groups.kind()).isEqualTo("Group");
    assertThat(groups.labels())
        .containsExactly("AUPRO 0.30", "AU-sPRO 0.05", "Pixel AUROC", "Image AUROC", "Image AP");
    assertThat(groups.rows()).extracting(SubsetRow::name).containsExactly("C1", "C2");
    assertThat(groups.rows()).extracting(SubsetRow::images).containsExactly("30", "10");
    assertThat(groups.rows().get(0).figures()).extracting(Figure::full).contains("0.5625");
  }

  @Test
  void definesEveryFigureThatIsAskedFor() {
    List<DefinitionEntry> all = DefinitionEntry.of(SampleReports.withGroups());

    assertThat(all)
        .extracting(DefinitionEntry::definition)
        .containsExactlyElementsOf(Definitions.byKey().values());
    assertThat(all)
        .contains(
            new DefinitionEntry(
                "Pixel AUPRC", "pixel_auprc", Definitions.byKey().get("pixel_auprc")),
            new DefinitionEntry("By defect", "by_defect", definition("by_defect")));
    assertThat(DefinitionEntry.of(report(category("bottle", 0.75))))
        .extracting(DefinitionEntry::key)
        .contains("aupro_0_05", "by_defect")
        .doesNotContain("au_spro_0_30", "au_spro_0_05", "item_auroc", "item_ap", "by_group");
  }

  @Test
  void marksTheBestPublishedFigureOfACategory() {
    PublishedResults published = PublishedResults.mvtecAdPixelAuprc();
    PublishedTable table =
        PublishedTable.of(
            report(category("bottle", 0.789), category("pear", 0.5)),
            Comparison.with(published),
            published);
    double best =
        published.methods().stream()
            .mapToDouble(m -> published.figure("bottle", m).orElse(0))
            .max()
            .orElseThrow();

    assertThat(table.rows()).hasSize(1);
    assertThat(table.rows().get(0).cells())
        .filteredOn(PublishedTable.Cell::best)
        .extracting(cell -> Double.parseDouble(cell.figure().full()))
        .containsOnly(best);
    assertThat(table.partial()).contains("1 of 2 categories");
    assertThat(table.methods()).contains(List.of("resnet50_", "knn"));
  }

  @Test
  void addsUpTheTimeOfAStage() {
    StageChart chart =
        StageChart.of(report(category("bottle", 0.5), category("cable", 0.5))).orElseThrow();

    // 2 x 12.25 of 2 x 24.875 seconds.
    assertThat(chart.legend().get(0))
        .isEqualTo(new StageChart.Stage("stage-0", "embed train", "24.5 s", "49"));
  }

  @Test
  void escapesAPathForItsUrl() {
    assertThat(FileLink.of("javascript:alert(1)//x?y#z"))
        .isEqualTo("javascript%3Aalert%281%29//x%3Fy%23z");
  }

  @Test
  void sortsWhatMakesARunReproducible() {
    Map<String, Object> details = new LinkedHashMap<>();
    details.put("git_commit", null);
    details.put("banks", Map.of());
    details.put("layers", Arrays.asList(2, 3, null));
    details.put("nested", List.of(Map.of("x", 1)));

    assertThat(ProvenanceValue.of(details))
        .isEqualTo(
            new ProvenanceValue.Group(
                List.of(
                    entry("git commit", new ProvenanceValue.Unknown()),
                    entry("banks", new ProvenanceValue.Empty()),
                    entry(
                        "layers",
                        new ProvenanceValue.Line(
                            List.of(scalar("2"), scalar("3"), new ProvenanceValue.Unknown()))),
                    entry(
                        "nested",
                        new ProvenanceValue.Items(
                            List.of(
                                new ProvenanceValue.Group(List.of(entry("x", scalar("1"))))))))));
  }

  private static Definition definition(String key) {
    return Definitions.byKey().get(key);
  }

  private static ProvenanceValue scalar(String text) {
    return new ProvenanceValue.Scalar(text);
  }

  private static ProvenanceValue.Entry entry(String name, ProvenanceValue value) {
    return new ProvenanceValue.Entry(name, value);
  }
}
