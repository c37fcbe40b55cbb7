package io.nightjar.report.html;

import gg.jte.ContentType;
import gg.jte.TemplateEngine;
import gg.jte.output.StringOutput;
import io.nightjar.report.EvaluationReport;
import io.nightjar.report.page.PageContext;
import io.nightjar.report.published.Comparison;
import io.nightjar.text.Addresses;

/**
 * The report as one HTML page for a person, which needs no other file and asks nothing of the
 * network: style, script, drawings and, as far as there is room, images are inside. All figures can
 * be read where scripts are off.
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
  public static String render(EvaluationReport report, Comparison comparison, PageContext context) {
    StringOutput page = new StringOutput();
    TEMPLATES.render("page.jte", Page.of(report, comparison, context), page);
    return Addresses.redacted(page.toString());
  }
}
