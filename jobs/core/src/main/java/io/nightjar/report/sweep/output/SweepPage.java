package io.nightjar.report.sweep.output;

import io.nightjar.metric.compare.Verdict;
import io.nightjar.metric.selection.Selection;
import io.nightjar.report.Numbers;
import io.nightjar.report.sweep.ConfigurationOutcome;
import io.nightjar.report.sweep.ConfigurationResult;
import io.nightjar.report.sweep.SweepReport;
import io.nightjar.report.sweep.SweptConfiguration;
import io.nightjar.report.table.ReportFiles;
import io.nightjar.text.Text;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.stream.Collectors;

/**
 * What the page of a sweep shows.
 *
 * @param data where the data set is
 * @param sentence the outcome
 * @param complete whether no configuration failed
 * @param figure that the configurations are chosen by
 * @param boxes what the choice is worth; none where nothing is chosen
 * @param reading how to read the boxes
 * @param explanation how to read the comparisons
 * @param rows a configuration each
 * @param categories whose figures have a column each; none where there is only one
 * @param failed configurations without a result
 * @param notes sentences that the figures cannot be understood without
 */
public record SweepPage(
    String data,
    String sentence,
    boolean complete,
    String figure,
    List<Box> boxes,
    String reading,
    String explanation,
    List<Row> rows,
    List<String> categories,
    List<Failure> failed,
    List<String> notes) {

  /** One number of the choice. */
  public record Box(String label, String value, String below) {}

  /**
   * One configuration.
   *
   * @param link to its report, from the folder of the page
   * @param best whether it has the best figure
   * @param style the class of the verdict
   * @param plot of the interval; empty where there is none
   */
  public record Row(
      String name,
      String link,
      String settings,
      boolean best,
      String value,
      List<String> categories,
      String wins,
      String difference,
      String interval,
      String p,
      String verdict,
      String style,
      Optional<Whisker> plot,
      String duration) {}

  /** An interval as a drawing 160 wide and 18 high, 0 in the middle. */
  public record Whisker(String sameFrom, String sameWidth, String from, String to, String at) {}

  /** A configuration without a result. */
  public record Failure(String name, String settings, String reason) {}

  private static final double WIDTH = 160;

  static SweepPage of(SweepReport report) {
    double tolerance = report.options().comparison().tolerance();
    double scale =
        report.results().stream()
                .flatMap(result -> result.comparison().stream())
                .mapToDouble(
                    compared ->
                        Math.max(
                            Math.abs(compared.test().lower()), Math.abs(compared.test().upper())))
                .reduce(2 * tolerance, Math::max)
            * 1.05;
    List<String> categories =
        report.categories().size() > 1 ? report.categories() : List.<String>of();
    return new SweepPage(
        report.data(),
        report.sentence(),
        report.failed().isEmpty(),
        report.figure().label(),
        report.selection().map(found -> boxes(report, found)).orElse(List.of()),
        report.selection().map(found -> reading(report, found)).orElse(""),
        Text.format(
            "Differences are those of the mean over the categories to the plain method, over the"
                + " same test images; intervals hold %s %% of the differences in paired resamples"
                + " (seed %d). Same means that the interval lies within %s of 0, worse and better"
                + " that 0 is excluded after Holm's correction for all configurations; anything"
                + " else is inconclusive.",
            Numbers.fixed(100 * (1 - report.options().comparison().alpha()), 0),
            report.options().comparison().seed(),
            tolerance),
        report.results().stream()
            .map(result -> row(result, report, categories, tolerance, scale))
            .toList(),
        categories,
        report.failed().stream().map(SweepPage::failure).toList(),
        report.notes());
  }

  private static List<Box> boxes(SweepReport report, Selection found) {
    return List.of(
        new Box(
            "Honest " + report.figure().labelInSentence(),
            Numbers.fixed(found.honest(), 4),
            Text.format(
                "%s to %s, on images that took no part in the choice",
                Numbers.fixed(found.lower(), 4), Numbers.fixed(found.upper(), 4))),
        new Box(
            "Best of all, naively",
            Numbers.fixed(found.naive(), 4),
            report.results().get(found.best()).configuration().name()),
        new Box(
            "Optimism",
            Numbers.signed(found.optimism(), 4),
            Text.format(
                "%s from choosing, %s from halves having fewer images",
                Numbers.signed(found.optimism() - found.halving(), 4),
                Numbers.signed(found.halving(), 4))),
        new Box(
            "Gain on the plain method",
            Numbers.difference(report.honestGain()),
            "on images that took no part in the choice"));
  }

  private static String reading(SweepReport report, Selection found) {
    return Text.format(
        "The best of several figures is also the luckiest. So %s times (seed %d) a configuration was"
            + " chosen on one half of the test images, stratified by kind of defect, and its figure"
            + " taken on the other half. The honest figure is the mean of these; the optimism is"
            + " what the best figure of all is better than that.",
        Numbers.count(found.choices()), report.options().splitSeed());
  }

  private static Row row(
      ConfigurationResult result,
      SweepReport report,
      List<String> categories,
      double tolerance,
      double scale) {
    Optional<ConfigurationResult.WithPlain> compared = result.comparison();
    int choices = report.selection().map(Selection::choices).orElse(0);
    SweptConfiguration configuration = result.configuration();
    return new Row(
        configuration.name(),
        SweepFiles.CONFIGURATIONS + "/" + configuration.name() + "/" + ReportFiles.HTML,
        settings(configuration),
        report.best().filter(result::equals).isPresent(),
        Numbers.fixed(result.value(), 4),
        categories.stream().map(name -> Numbers.fixed(result.categories().get(name), 4)).toList(),
        choices == 0 ? "" : Text.format("%d of %d", result.wins(), choices),
        Numbers.difference(
            compared.isPresent()
                ? OptionalDouble.of(compared.get().difference())
                : OptionalDouble.empty()),
        compared
            .map(test -> Text.format("%+.4f to %+.4f", test.test().lower(), test.test().upper()))
            .orElse(""),
        compared.map(test -> Text.format("%.2g", test.pDifferent())).orElse(""),
        compared
            .map(test -> test.verdict().word())
            .orElse(configuration.isPlain() ? "compared with" : "not compared"),
        compared.map(test -> style(test.verdict())).orElse("muted"),
        compared.map(test -> whisker(test, tolerance, scale)),
        Double.isNaN(result.wallSeconds()) ? "" : Numbers.duration(result.wallSeconds()));
  }

  private static String style(Verdict verdict) {
    return switch (verdict) {
      case FAILED, WORSE -> "down";
      case BETTER -> "up";
      case INCONCLUSIVE -> "alarm";
      case SAME, IDENTICAL -> "muted";
    };
  }

  private static String settings(SweptConfiguration configuration) {
    return configuration.settings().entrySet().stream()
        .map(Map.Entry::toString)
        .collect(Collectors.joining(", "));
  }

  private static Failure failure(ConfigurationOutcome failed) {
    return new Failure(
        failed.configuration().name(), settings(failed.configuration()), failed.reason());
  }

  private static Whisker whisker(
      ConfigurationResult.WithPlain compared, double tolerance, double scale) {
    return new Whisker(
        at(-tolerance, scale),
        Numbers.fixed(WIDTH * tolerance / scale, 1),
        at(compared.test().lower(), scale),
        at(compared.test().upper(), scale),
        at(compared.difference(), scale));
  }

  private static String at(double difference, double scale) {
    double position = WIDTH / 2 * (1 + difference / scale);
    return Numbers.fixed(Math.max(0, Math.min(WIDTH, position)), 1);
  }
}
