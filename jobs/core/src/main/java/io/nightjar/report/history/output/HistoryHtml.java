package io.nightjar.report.history.output;

import gg.jte.ContentType;
import gg.jte.TemplateEngine;
import gg.jte.output.StringOutput;
import io.nightjar.report.history.HistoryOptions;
import io.nightjar.report.history.RunsHistory;
import io.nightjar.text.Addresses;
import org.apache.hadoop.fs.Path;

/** A history as one HTML page without scripts; all drawings are inside. */
final class HistoryHtml {
  private static final TemplateEngine TEMPLATES =
      TemplateEngine.createPrecompiled(
          null,
          ContentType.Html,
          HistoryHtml.class.getClassLoader(),
          "io.nightjar.report.html.template");

  private HistoryHtml() {}

  /**
   * The page; every text is escaped, and addresses are redacted.
   *
   * @param folder of the page, qualified
   */
  static String render(RunsHistory history, HistoryOptions options, Path folder) {
    StringOutput page = new StringOutput();
    TEMPLATES.render(
        "history/page.jte",
        HistoryPage.of(history, options, new ReportLinks(folder, history.root(), history.gone())),
        page);
    return Addresses.redacted(page.toString());
  }
}
