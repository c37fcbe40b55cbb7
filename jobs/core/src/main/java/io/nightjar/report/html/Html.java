package io.nightjar.report.html;

import static java.util.stream.Collectors.joining;

import io.nightjar.report.Numbers;
import io.nightjar.report.OptionalMetric;
import io.nightjar.text.Text;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.OptionalDouble;
import java.util.stream.Stream;

/** Pieces of HTML in which no text of the user can become markup. */
final class Html {
  private static final String UNRESERVED =
      "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~";

  private Html() {}

  /** Text as content or as the value of a quoted attribute. */
  static String escape(String text) {
    StringBuilder escaped = new StringBuilder(text.length() + 16);
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      switch (c) {
        case '&' -> escaped.append("&amp;");
        case '<' -> escaped.append("&lt;");
        case '>' -> escaped.append("&gt;");
        case '"' -> escaped.append("&quot;");
        case '\'' -> escaped.append("&#39;");
        default -> escaped.append(c);
      }
    }
    return escaped.toString();
  }

  /**
   * A relative path as a link: every other byte of a segment than RFC 3986's unreserved escaped.
   */
  static String link(String relativePath) {
    return Stream.of(relativePath.split("/", -1)).map(Html::segment).collect(joining("/"));
  }

  private static String segment(String segment) {
    StringBuilder encoded = new StringBuilder();
    for (byte b : segment.getBytes(StandardCharsets.UTF_8)) {
      if (UNRESERVED.indexOf(b) >= 0) {
        encoded.append((char) b);
      } else {
        encoded.append(String.format(Locale.ROOT, "%%%02X", b & 0xff));
      }
    }
    return encoded.toString();
  }

  /** An anchor name for the n-th category, whatever its name. */
  static String anchor(int index) {
    return "category-" + index;
  }

  /** A table cell that shows four decimals and tells all of them, or why there is no figure. */
  static String cell(OptionalMetric metric) {
    return Text.format("<td class=\"n\" title=\"%s\">%s</td>", full(metric), rounded(metric));
  }

  static String cell(OptionalDouble value, String shown) {
    String title = value.isPresent() ? Double.toString(value.getAsDouble()) : "not published";
    return Text.format("<td class=\"n\" title=\"%s\">%s</td>", title, dash(shown));
  }

  static String cell(long count) {
    return "<td class=\"n\">" + Numbers.count(count) + "</td>";
  }

  static String span(OptionalMetric metric) {
    return Text.format("<span title=\"%s\">%s</span>", full(metric), rounded(metric));
  }

  /** Up is good: a signed figure, coloured. */
  static String signed(OptionalDouble difference) {
    if (difference.isEmpty()) {
      return "–";
    }
    return Text.format(
        "<span class=\"%s\" title=\"%s\">%s</span>",
        difference.getAsDouble() < 0 ? "down" : "up",
        difference.getAsDouble(),
        Numbers.difference(difference).replace('-', '−'));
  }

  private static String full(OptionalMetric metric) {
    return metric.isPresent() ? Double.toString(metric.get()) : escape(metric.reason());
  }

  private static String rounded(OptionalMetric metric) {
    return dash(Numbers.metric(metric.value()));
  }

  private static String dash(String shown) {
    return shown.equals("-") ? "–" : shown;
  }
}
