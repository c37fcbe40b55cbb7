package io.nightjar.report.html;

import io.nightjar.metric.result.Interval;
import io.nightjar.report.Numbers;
import io.nightjar.report.OptionalMetric;
import io.nightjar.text.Text;
import java.util.Optional;

/** A figure from 0 to 1 as a bar, its confidence interval as a whisker on it. */
final class HtmlBar {
  private HtmlBar() {}

  static String of(OptionalMetric metric) {
    return of(metric, Optional.empty());
  }

  static String of(OptionalMetric metric, Optional<Interval> interval) {
    if (!metric.isPresent()) {
      return "";
    }
    return Text.format(
        """
        <svg class="bar" width="100%%" height="14" aria-hidden="true"><rect class="track" y="2" width="100%%" height="10" rx="3"/>\
        <rect class="ours" y="2" width="%s" height="10" rx="3"/>%s</svg>""",
        percent(metric.get()), interval.map(HtmlBar::whisker).orElse(""));
  }

  private static String whisker(Interval interval) {
    String lower = percent(interval.lower());
    String upper = percent(interval.upper());
    return "<g class=\"whisker\">"
        + line(lower, upper, 7, 7)
        + line(lower, lower, 3, 11)
        + line(upper, upper, 3, 11)
        + Text.format(
            "<title>95 %% interval: %s to %s</title></g>", interval.lower(), interval.upper());
  }

  private static String line(String x1, String x2, int y1, int y2) {
    return Text.format("<line x1=\"%s\" x2=\"%s\" y1=\"%s\" y2=\"%s\"/>", x1, x2, y1, y2);
  }

  private static String percent(double share) {
    return Numbers.fixed(100 * share, 2) + "%";
  }
}
