package io.nightjar.report.html;

import static java.util.stream.Collectors.joining;

import io.nightjar.report.CategoryResult;
import io.nightjar.report.EvaluationReport;
import io.nightjar.report.Numbers;
import io.nightjar.report.OptionalMetric;
import io.nightjar.report.ReportedInterval;
import io.nightjar.report.ReportedMetric;
import io.nightjar.text.Text;
import java.util.List;

/** The table of the run's own figures. */
final class HtmlTables {
  /** The figures beside the pixel AUPRC, which has a bar; the cards show the others. */
  private static final List<ReportedMetric> SHOWN =
      List.of(
          ReportedMetric.AUPRO_30,
          ReportedMetric.AUPIMO,
          ReportedMetric.PIXEL_BEST_F1,
          ReportedMetric.PIXEL_AUROC,
          ReportedMetric.IMAGE_AUROC,
          ReportedMetric.IMAGE_AP);

  private final EvaluationReport report;
  private final boolean trained;

  private HtmlTables(EvaluationReport report) {
    this.report = report;
    this.trained = report.categories().stream().anyMatch(c -> c.trainImages() > 0);
  }

  static String results(EvaluationReport report) {
    return report.categories().isEmpty() ? "" : new HtmlTables(report).section();
  }

  private String section() {
    String star = report.run().warnings().isEmpty() ? "" : "<sup>*</sup>";
    StringBuilder html = new StringBuilder("<section>\n<h2>Results by category</h2>\n");
    html.append("<div class=\"scroll panel\">\n<table>\n").append(header(star)).append("<tbody>\n");
    for (int i = 0; i < report.categories().size(); i++) {
      html.append(row(report.categories().get(i), i));
    }
    html.append("</tbody>\n<tfoot>").append(mean()).append("</tfoot>\n</table>\n</div>\n");
    if (report.categories().stream()
        .anyMatch(c -> ReportedInterval.PIXEL_AUPRC_CI95.of(c).isPresent())) {
      html.append(
          "<p class=\"small bars-note\">The whisker on a bar is the 95 % confidence interval over test"
              + " images.</p>\n");
    }
    if (!star.isEmpty()) {
      html.append("<p class=\"small\">* See the warning at the top of this page.</p>\n");
    }
    return html.append("</section>\n").toString();
  }

  private String header(String star) {
    return SHOWN.stream()
        .map(metric -> head(metric.label() + star))
        .collect(
            joining(
                "",
                "<thead><tr><th scope=\"col\">Category</th>"
                    + head(ReportedMetric.PIXEL_AUPRC.label() + star)
                    + "<th scope=\"col\" class=\"bars\"></th>",
                (trained ? head("Train") : "")
                    + head("Test")
                    + head("Quaran&shy;tined")
                    + head("Seconds")
                    + "</tr></thead>\n"));
  }

  private static String head(String html) {
    return "<th scope=\"col\" class=\"n\">" + html + "</th>";
  }

  private String row(CategoryResult c, int index) {
    return Text.format(
            "<tr><th scope=\"row\"><a href=\"#%s\">%s</a></th>",
            Html.anchor(index), Html.escape(c.category()))
        + Html.cell(c.pixelAuprc())
        + bar(HtmlBar.of(c.pixelAuprc(), ReportedInterval.PIXEL_AUPRC_CI95.of(c)))
        + SHOWN.stream().map(metric -> Html.cell(metric.of(c))).collect(joining())
        + (trained ? Html.cell(c.trainImages()) : "")
        + Html.cell(c.testImages())
        + (c.quarantined().isEmpty()
            ? "<td class=\"n muted\">0</td>"
            : "<td class=\"n alarm\">" + Numbers.count(c.quarantined().size()) + "</td>")
        + Text.format(
            "<td class=\"n\" title=\"%s\">%s</td></tr>\n",
            c.seconds(), Numbers.fixed(c.seconds(), 1));
  }

  private String mean() {
    OptionalMetric auprc = ReportedMetric.PIXEL_AUPRC.mean(report);
    return "<tr><th scope=\"row\">mean</th>"
        + Html.cell(auprc)
        + bar(HtmlBar.of(auprc))
        + SHOWN.stream().map(metric -> Html.cell(metric.mean(report))).collect(joining())
        + "<td></td>".repeat(trained ? 3 : 2)
        + "<td class=\"n\">"
        + Numbers.fixed(
            report.categories().stream()
                .mapToDouble(CategoryResult::seconds)
                .average()
                .orElseThrow(),
            1)
        + "</td></tr>";
  }

  private static String bar(String svg) {
    return "<td class=\"bars\">" + svg + "</td>";
  }
}
