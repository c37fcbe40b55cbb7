package io.nightjar.report;

/** The table of the run's own figures. */
final class HtmlTables {
  private HtmlTables() {}

  static String results(EvaluationReport report) {
    if (report.categories().isEmpty()) {
      return "";
    }
    String star = report.run().warnings().isEmpty() ? "" : "<sup>*</sup>";
    StringBuilder html =
        new StringBuilder(
            """
            <section>
            <h2>Results by category</h2>
            <div class="scroll panel">
            <table>
            <thead><tr><th scope="col">Category</th>\
            <th scope="col" class="n">Pixel AUPRC%1$s</th><th scope="col" class="bars"></th>\
            <th scope="col" class="n">Pixel AUROC%1$s</th><th scope="col" class="n">Image AUROC%1$s</th>\
            <th scope="col" class="n">AUPRC, trapezoid%1$s</th><th scope="col" class="n">Train</th>\
            <th scope="col" class="n">Test</th><th scope="col" class="n">Quarantined</th>\
            <th scope="col" class="n">Components</th><th scope="col" class="n">Bank rows</th>\
            <th scope="col" class="n">Seconds</th></tr></thead>
            <tbody>
            """
                .formatted(star));
    for (int i = 0; i < report.categories().size(); i++) {
      html.append(row(report.categories().get(i), i));
    }
    html.append("</tbody>\n<tfoot>").append(mean(report)).append("</tfoot>\n</table>\n</div>\n");
    if (!star.isEmpty()) {
      html.append("<p class=\"small\">* See the warning at the top of this page.</p>\n");
    }
    return html.append("</section>\n").toString();
  }

  private static String row(CategoryResult c, int index) {
    return "<tr><th scope=\"row\"><a href=\"#%s\">%s</a></th>"
            .formatted(Html.anchor(index), Html.escape(c.category()))
        + metrics(c.pixelAuprc(), c.pixelAuroc(), c.imageAuroc(), c.pixelAuprcTrapezoid())
        + Html.cell(c.trainImages())
        + Html.cell(c.testImages())
        + (c.quarantined().isEmpty()
            ? "<td class=\"n muted\">0</td>"
            : "<td class=\"n alarm\">" + Numbers.count(c.quarantined().size()) + "</td>")
        + Html.cell(c.components())
        + Html.cell(c.bankRows())
        + "<td class=\"n\" title=\"%s\">%s</td></tr>\n"
            .formatted(c.seconds(), Numbers.fixed(c.seconds(), 1));
  }

  private static String mean(EvaluationReport report) {
    return "<tr><th scope=\"row\">mean</th>"
        + metrics(
            ReportedMetric.PIXEL_AUPRC.mean(report),
            ReportedMetric.PIXEL_AUROC.mean(report),
            ReportedMetric.IMAGE_AUROC.mean(report),
            ReportedMetric.PIXEL_AUPRC_TRAPEZOID.mean(report))
        + "<td></td><td></td><td></td><td></td><td></td><td class=\"n\">"
        + Numbers.fixed(
            report.categories().stream()
                .mapToDouble(CategoryResult::seconds)
                .average()
                .orElseThrow(),
            1)
        + "</td></tr>";
  }

  private static String metrics(
      OptionalMetric auprc,
      OptionalMetric pixelAuroc,
      OptionalMetric imageAuroc,
      OptionalMetric trapezoid) {
    return Html.cell(auprc)
        + "<td class=\"bars\">"
        + bar(auprc)
        + "</td>"
        + Html.cell(pixelAuroc)
        + Html.cell(imageAuroc)
        + Html.cell(trapezoid);
  }

  private static String bar(OptionalMetric metric) {
    if (!metric.isPresent()) {
      return "";
    }
    return """
        <svg class="bar" width="100%%" height="10" aria-hidden="true"><rect class="track" width="100%%" height="10" rx="3"/>\
        <rect class="ours" width="%s%%" height="10" rx="3"/></svg>"""
        .formatted(Numbers.fixed(100 * metric.get(), 2));
  }
}
