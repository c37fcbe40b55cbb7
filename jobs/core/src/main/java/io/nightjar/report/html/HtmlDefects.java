package io.nightjar.report.html;

import static java.util.stream.Collectors.joining;

import io.nightjar.metric.result.CategoryMetrics;
import io.nightjar.metric.result.DefectMetrics;
import io.nightjar.metric.result.Estimate;
import io.nightjar.report.OptionalMetric;
import io.nightjar.text.Text;

/** A category's figures by kind of defect. */
final class HtmlDefects {
  private HtmlDefects() {}

  /** The table, or nothing where the category has no defects. */
  static String render(CategoryMetrics metrics) {
    if (metrics.byDefect().isEmpty()) {
      return "";
    }
    return metrics.byDefect().entrySet().stream()
        .map(entry -> row(entry.getKey(), entry.getValue()))
        .collect(
            joining(
                "",
                """
                <div class="scroll defects">
                <table>
                <thead><tr><th scope="col">Defect</th><th scope="col" class="n">Images</th>\
                <th scope="col" class="n">Pixel AUPRC</th><th scope="col" class="bars"></th>\
                <th scope="col" class="n">AUPRO 0.30</th><th scope="col" class="n">Pixel AUROC</th>\
                <th scope="col" class="n">Image AUROC</th></tr></thead>
                <tbody>
                """,
                "</tbody>\n</table>\n</div>\n"));
  }

  private static String row(String defect, DefectMetrics metrics) {
    OptionalMetric auprc = OptionalMetric.of(metrics.pixelAuprc());
    return Text.format("<tr><th scope=\"row\">%s</th>", Html.escape(defect.replace('_', ' ')))
        + Html.cell(metrics.images())
        + Html.cell(auprc)
        + "<td class=\"bars\">"
        + HtmlBar.of(auprc)
        + "</td>"
        + cell(metrics.aupro30())
        + cell(metrics.pixelAuroc())
        + cell(metrics.imageAuroc())
        + "</tr>\n";
  }

  private static String cell(Estimate estimate) {
    return Html.cell(OptionalMetric.of(estimate));
  }
}
