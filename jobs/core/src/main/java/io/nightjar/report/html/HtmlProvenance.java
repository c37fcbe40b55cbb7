package io.nightjar.report.html;

import static java.util.stream.Collectors.joining;

import io.nightjar.report.RunInfo;
import io.nightjar.text.Text;
import java.util.List;
import java.util.Map;

/** Everything that makes the run reproducible, as nested lists. */
final class HtmlProvenance {
  private HtmlProvenance() {}

  static String render(RunInfo run) {
    if (run.details().isEmpty()) {
      return "";
    }
    return "<section>\n<h2>How this run was made</h2>\n<div class=\"panel provenance\">\n"
        + map(run.details())
        + "</div>\n</section>\n";
  }

  private static String value(Object value) {
    if (value instanceof Map<?, ?> map) {
      return map.isEmpty() ? "<span class=\"muted\">none</span>" : map(map);
    }
    if (value instanceof List<?> list) {
      return list(list);
    }
    return value == null
        ? "<span class=\"muted\">unknown</span>"
        : "<code>" + Html.escape(value.toString()) + "</code>";
  }

  private static String map(Map<?, ?> map) {
    return map.entrySet().stream()
        .map(
            e ->
                Text.format(
                    "<div%s><dt>%s</dt><dd>%s</dd></div>\n",
                    e.getValue() instanceof Map<?, ?> nested && !nested.isEmpty()
                        ? " class=\"group\""
                        : "",
                    Html.escape(String.valueOf(e.getKey()).replace('_', ' ')),
                    value(e.getValue())))
        .collect(joining("", "<dl>\n", "</dl>\n"));
  }

  private static String list(List<?> list) {
    if (list.isEmpty()) {
      return "<span class=\"muted\">none</span>";
    }
    boolean plain = list.stream().noneMatch(e -> e instanceof Map || e instanceof List);
    return plain
        ? list.stream().map(HtmlProvenance::value).collect(joining(", "))
        : list.stream()
            .map(e -> "<li>" + value(e) + "</li>\n")
            .collect(joining("", "<ul>\n", "</ul>\n"));
  }
}
