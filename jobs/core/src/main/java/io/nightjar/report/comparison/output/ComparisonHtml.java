package io.nightjar.report.comparison.output;

import gg.jte.ContentType;
import gg.jte.TemplateEngine;
import gg.jte.output.StringOutput;
import io.nightjar.report.comparison.ComparisonReport;
import io.nightjar.report.comparison.RunComparison;
import io.nightjar.text.Addresses;
import java.util.List;
import org.apache.hadoop.conf.Configuration;

/** A comparison as one HTML page without scripts; all drawings are inside. */
public final class ComparisonHtml {
  private static final TemplateEngine TEMPLATES =
      TemplateEngine.createPrecompiled(
          null,
          ContentType.Html,
          ComparisonHtml.class.getClassLoader(),
          "io.nightjar.report.html.template");

  private ComparisonHtml() {}

  /**
   * The page; every text is escaped, and addresses are redacted.
   *
   * @param configuration names the file systems that the runs' maps are on
   */
  public static String render(ComparisonReport report, Configuration configuration) {
    List<ChangedImages> changes =
        report.comparisons().stream()
            .map((RunComparison runs) -> ChangedImages.of(runs, configuration))
            .toList();
    StringOutput page = new StringOutput();
    TEMPLATES.render("comparison/page.jte", ComparisonPage.of(report, changes), page);
    return Addresses.redacted(page.toString());
  }
}
