package io.nightjar.report.html;

import gg.jte.ContentType;
import gg.jte.TemplateEngine;
import gg.jte.output.StringOutput;
import io.nightjar.report.EvaluationReport;
import io.nightjar.report.VisualizationRef;
import io.nightjar.report.published.Comparison;
import io.nightjar.text.Addresses;
import java.util.List;

/**
 * The report as one HTML page for a person: its style and drawings are inside, it has no scripts,
 * and only the visualizations are files of their own.
 *
 * <p>{@link Page} computes what is shown; the templates in {@code src/main/jte} lay it out. They
 * are compiled with the program and escape every value for its context.
 */
public final class HtmlReport {
  private static final TemplateEngine TEMPLATES =
      TemplateEngine.createPrecompiled(
          null,
          ContentType.Html,
          HtmlReport.class.getClassLoader(),
          HtmlReport.class.getPackageName() + ".template");

  private HtmlReport() {}

  /** The page; every text of the run is escaped, and addresses in it are redacted. */
  public static String render(
      EvaluationReport report, Comparison comparison, List<VisualizationRef> visualizations) {
    StringOutput page = new StringOutput();
    TEMPLATES.render("page.jte", Page.of(report, comparison, visualizations), page);
    return Addresses.redacted(page.toString());
  }
}
