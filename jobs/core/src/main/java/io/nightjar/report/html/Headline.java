package io.nightjar.report.html;

import io.nightjar.report.CategoryResult;
import io.nightjar.report.EvaluationReport;
import io.nightjar.report.Numbers;
import io.nightjar.report.ReportedMetric;
import io.nightjar.report.RunInfo;
import io.nightjar.report.published.Comparison;
import io.nightjar.report.published.PublishedResults;
import io.nightjar.text.Text;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * One of the numbers at the top of the page.
 *
 * @param label what it is
 * @param shown the number
 * @param figure the number with all of its digits, where it is rounded
 * @param difference what is added below, in front of the words
 * @param below words in small letters
 */
public record Headline(
    String label,
    String shown,
    Optional<Figure> figure,
    Optional<Difference> difference,
    String below) {

  static List<Headline> of(EvaluationReport report, Comparison comparison) {
    return List.of(
        auprc(report, comparison),
        metric(report, ReportedMetric.AUPRO_30),
        metric(report, ReportedMetric.IMAGE_AUROC),
        images(report),
        time(report));
  }

  private static Headline auprc(EvaluationReport report, Comparison comparison) {
    Headline mean = metric(report, ReportedMetric.PIXEL_AUPRC);
    OptionalDouble difference = comparison.meanDifference(report, PublishedResults.RESNET50_KNN);
    return difference.isEmpty()
        ? mean
        : new Headline(
            mean.label,
            mean.shown,
            mean.figure,
            Difference.of(difference),
            "against " + PublishedResults.RESNET50_KNN);
  }

  private static Headline metric(EvaluationReport report, ReportedMetric metric) {
    Figure mean = Figure.of(metric.mean(report));
    return new Headline(
        "Mean " + metric.labelInSentence(),
        mean.shown(),
        Optional.of(mean),
        Optional.empty(),
        over(report, metric));
  }

  private static String over(EvaluationReport report, ReportedMetric metric) {
    long having = report.categories().stream().filter(c -> metric.of(c).isPresent()).count();
    int all = report.categories().size() + report.failed().size();
    return having == all
        ? "over " + Numbers.counted(all, "category", "categories")
        : Text.format("over %s of %s categories", having, all);
  }

  private static Headline images(EvaluationReport report) {
    long train = report.categories().stream().mapToLong(CategoryResult::trainImages).sum();
    long test = report.categories().stream().mapToLong(CategoryResult::testImages).sum();
    return plain(
        "Images",
        Numbers.count(train + test),
        (train > 0 ? Numbers.count(train) + " train, " : "") + Numbers.count(test) + " test");
  }

  private static Headline time(EvaluationReport report) {
    if (report.run().details().get(RunInfo.WALL_SECONDS) instanceof Number wall) {
      return plain("Time", Numbers.duration(wall.doubleValue()), "from start to end");
    }
    double sum = report.categories().stream().mapToDouble(CategoryResult::seconds).sum();
    return plain("Time", Numbers.duration(sum), "summed over categories");
  }

  private static Headline plain(String label, String shown, String below) {
    return new Headline(label, shown, Optional.empty(), Optional.empty(), below);
  }
}
