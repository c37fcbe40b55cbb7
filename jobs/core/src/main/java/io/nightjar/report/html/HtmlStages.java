package io.nightjar.report.html;

import static java.util.stream.Collectors.joining;

import io.nightjar.report.CategoryResult;
import io.nightjar.report.EvaluationReport;
import io.nightjar.report.Numbers;
import io.nightjar.text.Text;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Where the time went: a stacked bar for each category, all on one scale. */
final class HtmlStages {
  private static final int COLOURS = 8;

  private final Map<String, Double> totals = new LinkedHashMap<>();
  private final List<String> stages;
  private final double longest;

  private HtmlStages(EvaluationReport report) {
    double max = 0;
    for (CategoryResult category : report.categories()) {
      category
          .stageSeconds()
          .forEach((stage, seconds) -> totals.merge(stage, seconds, Double::sum));
      max = Math.max(max, sum(category));
    }
    this.stages = new ArrayList<>(totals.keySet());
    this.longest = max;
  }

  static String render(EvaluationReport report) {
    HtmlStages chart = new HtmlStages(report);
    if (chart.longest == 0) {
      return "";
    }
    return "<section>\n<h2>Where the time went</h2>\n"
        + chart.legend()
        + report.categories().stream()
            .map(chart::row)
            .collect(joining("", "<div class=\"panel chart\">\n", "</div>\n"))
        + "</section>\n";
  }

  private String legend() {
    double all = totals.values().stream().mapToDouble(Double::doubleValue).sum();
    return stages.stream()
        .map(
            stage ->
                Text.format(
                    "<span><svg width=\"14\" height=\"14\"><rect class=\"%s\" width=\"14\" height=\"14\" rx=\"3\"/></svg>%s&nbsp;<span class=\"muted\">%s, %s %%</span></span>",
                    colour(stage),
                    Html.escape(stage),
                    Numbers.duration(totals.get(stage)),
                    Numbers.fixed(100 * totals.get(stage) / all, 0)))
        .collect(joining("", "<p class=\"legend\">", "</p>\n"));
  }

  private String row(CategoryResult category) {
    StringBuilder bars = new StringBuilder();
    double start = 0;
    for (Map.Entry<String, Double> stage : category.stageSeconds().entrySet()) {
      double width = 100 * stage.getValue() / longest;
      bars.append(
          Text.format(
              "<rect class=\"%s\" x=\"%s%%\" width=\"%s%%\" height=\"14\"><title>%s: %s</title></rect>",
              colour(stage.getKey()),
              Numbers.fixed(start, 3),
              Numbers.fixed(width, 3),
              Html.escape(stage.getKey()),
              Numbers.duration(stage.getValue())));
      start += width;
    }
    return Text.format(
        "<div class=\"chart-row timed\"><span class=\"name\">%s</span><svg class=\"stack\" width=\"100%%\" height=\"14\" role=\"img\" aria-label=\"%s\">%s</svg><span class=\"n muted\">%s</span></div>\n",
        Html.escape(category.category()),
        Numbers.duration(sum(category)),
        bars,
        Numbers.duration(sum(category)));
  }

  private String colour(String stage) {
    return "stage-" + stages.indexOf(stage) % COLOURS;
  }

  private static double sum(CategoryResult category) {
    return category.stageSeconds().values().stream().mapToDouble(Double::doubleValue).sum();
  }
}
