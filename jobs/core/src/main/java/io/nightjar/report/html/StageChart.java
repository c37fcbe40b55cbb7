package io.nightjar.report.html;

import io.nightjar.report.CategoryResult;
import io.nightjar.report.EvaluationReport;
import io.nightjar.report.Numbers;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The time by stage: a stacked bar for each category, all on one scale.
 *
 * @param legend the stages, in the order in which they first ran
 * @param rows one for each category
 */
public record StageChart(List<Stage> legend, List<Row> rows) {
  private static final int COLOURS = 8;

  /**
   * A stage, over all categories.
   *
   * @param style the class that colours it
   * @param percent of the time of all stages
   */
  public record Stage(String style, String name, String duration, String percent) {}

  /** A category's bar. */
  public record Row(String category, String duration, List<Segment> segments) {}

  /**
   * A stage of a category.
   *
   * @param x where it starts, in percent of the longest bar
   * @param width likewise
   * @param title its name and duration
   */
  public record Segment(String style, String x, String width, String title) {}

  /** The chart; empty where no stage took any time. */
  static Optional<StageChart> of(EvaluationReport report) {
    Map<String, Double> totals = new LinkedHashMap<>();
    double longest = 0;
    for (CategoryResult category : report.categories()) {
      category
          .stageSeconds()
          .forEach((stage, seconds) -> totals.merge(stage, seconds, Double::sum));
      longest = Math.max(longest, sum(category));
    }
    if (longest == 0) {
      return Optional.empty();
    }
    List<String> stages = new ArrayList<>(totals.keySet());
    double scale = longest;
    return Optional.of(
        new StageChart(
            legend(totals, stages),
            report.categories().stream().map(category -> row(category, stages, scale)).toList()));
  }

  private static List<Stage> legend(Map<String, Double> totals, List<String> stages) {
    double all = totals.values().stream().mapToDouble(Double::doubleValue).sum();
    return stages.stream()
        .map(
            stage ->
                new Stage(
                    style(stage, stages),
                    stage,
                    Numbers.duration(totals.get(stage)),
                    Numbers.fixed(100 * totals.get(stage) / all, 0)))
        .toList();
  }

  private static Row row(CategoryResult category, List<String> stages, double longest) {
    List<Segment> segments = new ArrayList<>();
    double start = 0;
    for (Map.Entry<String, Double> stage : category.stageSeconds().entrySet()) {
      double width = 100 * stage.getValue() / longest;
      segments.add(
          new Segment(
              style(stage.getKey(), stages),
              Numbers.fixed(start, 3) + "%",
              Numbers.fixed(width, 3) + "%",
              stage.getKey() + ": " + Numbers.duration(stage.getValue())));
      start += width;
    }
    return new Row(category.category(), Numbers.duration(sum(category)), segments);
  }

  private static String style(String stage, List<String> stages) {
    return "stage-" + stages.indexOf(stage) % COLOURS;
  }

  private static double sum(CategoryResult category) {
    return category.stageSeconds().values().stream().mapToDouble(Double::doubleValue).sum();
  }
}
