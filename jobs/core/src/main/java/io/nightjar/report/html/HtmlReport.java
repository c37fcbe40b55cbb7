package io.nightjar.report.html;

import static java.util.stream.Collectors.joining;

import io.nightjar.report.EvaluationReport;
import io.nightjar.report.Numbers;
import io.nightjar.report.VisualizationRef;
import io.nightjar.report.published.Comparison;
import io.nightjar.text.Text;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * The report as one HTML page for a person: its style and drawings are inside, it has no scripts,
 * and only the pictures lie beside it.
 */
public final class HtmlReport {
  private static final String CSS = "report.css";

  private final EvaluationReport report;
  private final Comparison comparison;
  private final List<VisualizationRef> pictures;

  private HtmlReport(
      EvaluationReport report, Comparison comparison, List<VisualizationRef> pictures) {
    this.report = report;
    this.comparison = comparison.appliedTo(report);
    this.pictures = List.copyOf(pictures);
  }

  /** The page; every text of the run is escaped. */
  public static String render(
      EvaluationReport report, Comparison comparison, List<VisualizationRef> pictures) {
    return new HtmlReport(report, comparison, pictures).page();
  }

  private String page() {
    String title = Html.escape(report.run().title());
    return """
        <!DOCTYPE html>
        <html lang="en">
        <head>
        <meta charset="utf-8">
        <meta name="viewport" content="width=device-width, initial-scale=1">
        <meta name="color-scheme" content="light dark">
        <title>"""
        + title
        + "</title>\n<style>\n"
        + css()
        + "</style>\n</head>\n<body>\n<main>\n"
        + header(title)
        + warnings()
        + failures()
        + HtmlHeadlines.render(report, comparison)
        + HtmlTables.results(report)
        + HtmlPublished.render(report, comparison)
        + HtmlStages.render(report)
        + HtmlCards.render(report, pictures)
        + HtmlDefinitions.render()
        + quarantined()
        + HtmlProvenance.render(report.run())
        + "</main>\n</body>\n</html>\n";
  }

  private static String header(String title) {
    return Text.format(
        """
        <header>
        <p class="brand"><svg viewBox="0 0 24 24" width="20" height="20" aria-hidden="true"><path \
        fill="currentColor" d="M20.5 14.6A8.6 8.6 0 0 1 9.4 3.5a8.6 8.6 0 1 0 11.1 11.1z"/></svg>\
        Nightjar</p>
        <h1>%s</h1>
        </header>
        """,
        title);
  }

  private String warnings() {
    return report.run().warnings().stream()
        .map(
            w ->
                "<p class=\"banner\" role=\"alert\"><strong>Warning.</strong> "
                    + Html.escape(w)
                    + "</p>\n")
        .collect(joining());
  }

  private String failures() {
    if (report.failed().isEmpty()) {
      return "";
    }
    return report.failed().stream()
        .map(
            f ->
                Text.format(
                    "<li><strong>%s</strong> %s</li>\n",
                    Html.escape(f.category()), Html.escape(f.reason())))
        .collect(
            joining(
                "",
                "<section class=\"banner failed\">\n<strong>"
                    + Numbers.counted(
                        report.failed().size(), "category failed", "categories failed")
                    + "; no mean counts "
                    + (report.failed().size() == 1 ? "it" : "them")
                    + ".</strong>\n<ul>\n",
                "</ul>\n</section>\n"));
  }

  private String quarantined() {
    List<EvaluationReport.Quarantine> quarantines = report.quarantines().toList();
    if (quarantines.isEmpty()) {
      return "";
    }
    int files = quarantines.stream().mapToInt(q -> q.files().size()).sum();
    return quarantines.stream()
        .map(HtmlReport::quarantined)
        .collect(
            joining(
                "",
                "<section>\n<h2>Quarantined files</h2>\n<p class=\"lead\">"
                    + Numbers.counted(files, "file was", "files were")
                    + " quarantined and took no part.</p>\n",
                "</section>\n"));
  }

  private static String quarantined(EvaluationReport.Quarantine quarantine) {
    return quarantine.files().stream()
        .map(
            f ->
                Text.format(
                    "<li><code>%s</code> %s</li>\n",
                    Html.escape(f.path()), Html.escape(f.reason())))
        .collect(
            joining(
                "",
                Text.format(
                    "<details class=\"panel\"%s><summary>%s <span class=\"muted\">%s</span></summary>\n<ul class=\"files\">\n",
                    quarantine.files().size() <= 10 ? " open" : "",
                    Html.escape(quarantine.category()),
                    quarantine.files().size()),
                "</ul>\n</details>\n"));
  }

  private static String css() {
    try (InputStream in = HtmlReport.class.getResourceAsStream(CSS)) {
      if (in == null) {
        throw new IllegalStateException("The class path lacks io/nightjar/report/" + CSS);
      }
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot read io/nightjar/report/" + CSS, e);
    }
  }
}
