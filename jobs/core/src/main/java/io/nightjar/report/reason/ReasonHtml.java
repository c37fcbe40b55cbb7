package io.nightjar.report.reason;

import gg.jte.ContentType;
import gg.jte.TemplateEngine;
import gg.jte.output.StringOutput;
import io.nightjar.text.Addresses;

/** Reasons as one HTML page without scripts; all cut-outs are inside. */
public final class ReasonHtml {
  private static final TemplateEngine TEMPLATES =
      TemplateEngine.createPrecompiled(
          null,
          ContentType.Html,
          ReasonHtml.class.getClassLoader(),
          "io.nightjar.report.html.template");

  private ReasonHtml() {}

  /**
   * The page; every text is escaped, and addresses are redacted.
   *
   * @param data where the images are
   * @return a whole HTML document
   */
  public static String render(String data, RunReasons reasons) {
    StringOutput page = new StringOutput();
    TEMPLATES.render("reason/page.jte", ReasonPage.of(data, reasons), page);
    return Addresses.redacted(page.toString());
  }
}
