package io.nightjar.report.html;

import io.nightjar.report.CategoryResult;
import io.nightjar.report.EvaluationReport;
import io.nightjar.report.Numbers;
import io.nightjar.report.ReportedMetric;
import io.nightjar.report.RunInfo;
import io.nightjar.report.published.Comparison;
import io.nightjar.report.published.PublishedResults;
import io.nightjar.text.Text;
import java.util.OptionalDouble;

/** The figures at the top of the page. */
final class HtmlHeadlines {
  private HtmlHeadlines() {}

  static String render(EvaluationReport report, Comparison comparison) {
    long train = report.categories().stream().mapToLong(CategoryResult::trainImages).sum();
    long test = report.categories().stream().mapToLong(CategoryResult::testImages).sum();
    return "<section class=\"headlines\" aria-label=\"Headline figures\">\n"
        + metric(report, ReportedMetric.PIXEL_AUPRC, againstPublished(report, comparison))
        + metric(report, ReportedMetric.AUPRO_30, over(report, ReportedMetric.AUPRO_30))
        + metric(report, ReportedMetric.IMAGE_AUROC, over(report, ReportedMetric.IMAGE_AUROC))
        + card(
            "Images",
            Numbers.count(train + test),
            (train > 0 ? Numbers.count(train) + " train, " : "") + Numbers.count(test) + " test")
        + time(report)
        + "</section>\n";
  }

  private static String metric(EvaluationReport report, ReportedMetric metric, String below) {
    String star = report.run().warnings().isEmpty() ? "" : "<sup>*</sup>";
    return card("Mean " + metric.labelInSentence(), Html.span(metric.mean(report)) + star, below);
  }

  private static String againstPublished(EvaluationReport report, Comparison comparison) {
    OptionalDouble difference = comparison.meanDifference(report, PublishedResults.RESNET50_KNN);
    return difference.isPresent()
        ? Html.signed(difference) + " against " + PublishedResults.RESNET50_KNN
        : over(report, ReportedMetric.PIXEL_AUPRC);
  }

  private static String over(EvaluationReport report, ReportedMetric metric) {
    long having = report.categories().stream().filter(c -> metric.of(c).isPresent()).count();
    int all = report.categories().size() + report.failed().size();
    return having == all
        ? "over " + Numbers.counted(all, "category", "categories")
        : Text.format("over %s of %s categories", having, all);
  }

  private static String time(EvaluationReport report) {
    if (report.run().details().get(RunInfo.WALL_SECONDS) instanceof Number wall) {
      return card("Time", Numbers.duration(wall.doubleValue()), "from start to end");
    }
    double sum = report.categories().stream().mapToDouble(CategoryResult::seconds).sum();
    return card("Time", Numbers.duration(sum), "summed over categories");
  }

  private static String card(String label, String value, String below) {
    return Text.format(
        "<div class=\"headline\"><p class=\"label\">%s</p><p class=\"value\">%s</p><p class=\"below\">%s</p></div>\n",
        label, value, below);
  }
}
