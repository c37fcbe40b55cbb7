package io.nightjar.report.html;

import static java.util.stream.Collectors.joining;

import io.nightjar.report.Definition;
import io.nightjar.report.Definitions;
import io.nightjar.report.ReportedInterval;
import io.nightjar.report.ReportedMetric;
import io.nightjar.text.Text;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/** What the figures mean: each in a sentence, with its formula and its source. */
final class HtmlDefinitions {
  private static final Map<String, String> LABELS = labels();

  private HtmlDefinitions() {}

  static String render() {
    return Definitions.byKey().entrySet().stream()
        .map(entry -> definition(entry.getKey(), entry.getValue()))
        .collect(
            joining(
                "",
                """
                <section>
                <h2>What the figures mean</h2>
                <p class="lead">Pixels of a mask are defective where its value is above 127; the \
                pixels of all test images of a category are pooled. The names in grey are those of \
                the files.</p>
                <dl class="definitions panel">
                """,
                "</dl>\n</section>\n"));
  }

  private static String definition(String key, Definition definition) {
    return Text.format(
        "<div><dt>%s <code>%s</code></dt>\n<dd>%s <span class=\"formula\">%s</span><span class=\"source\">%s</span></dd></div>\n",
        Html.escape(LABELS.getOrDefault(key, label(key))),
        Html.escape(key),
        Html.escape(definition.sentence()),
        Html.escape(definition.formula()),
        Html.escape(definition.source()));
  }

  private static String label(String key) {
    return key.substring(0, 1).toUpperCase(Locale.ROOT) + key.substring(1).replace('_', ' ');
  }

  private static Map<String, String> labels() {
    Map<String, String> labels = new LinkedHashMap<>();
    for (ReportedMetric metric : ReportedMetric.values()) {
      labels.put(metric.key(), metric.label());
    }
    for (ReportedInterval interval : ReportedInterval.values()) {
      labels.put(interval.key(), interval.label());
    }
    labels.put("pixel_auprc_exact", "Exact mode");
    labels.put("aupimo_by_image", "AUPIMO by image");
    return labels;
  }
}
