package io.nightjar.report.sweep.output;

import gg.jte.ContentType;
import gg.jte.TemplateEngine;
import gg.jte.output.StringOutput;
import io.nightjar.report.sweep.SweepReport;
import io.nightjar.text.Addresses;

/** A sweep as one HTML page without scripts; all drawings are inside. */
public final class SweepHtml {
  private static final TemplateEngine TEMPLATES =
      TemplateEngine.createPrecompiled(
          null,
          ContentType.Html,
          SweepHtml.class.getClassLoader(),
          "io.nightjar.report.html.template");

  private SweepHtml() {}

  /**
   * The page; every text is escaped, and addresses are redacted.
   *
   * @param report what was found
   * @return a whole HTML document
   */
  public static String render(SweepReport report) {
    StringOutput page = new StringOutput();
    TEMPLATES.render("sweep/page.jte", SweepPage.of(report), page);
    return Addresses.redacted(page.toString());
  }
}
